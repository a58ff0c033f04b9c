"""Tables about the site, which the build makes, so that nobody has to type their numbers."""

import html

from machinery.content.compared_frameworks import RECORDED, differences
from machinery.content.functions_of_equations import functions


def insert(pages):
    """Put the tables into the pages with a place for them."""
    for page in pages:
        for place, table_of in TABLES.items():
            if place in page.content:
                table = table_of(pages, page.file)
                page.content, page.added.content = (text.replace(place, table) for text in (page.content, page.added.content))


def table_of_pages(pages, here):
    rows = []
    for page in in_reading_order(pages):
        counts = page.added.counts
        link = f'<a href="{page.file.url_relative_to(here)}">{html.escape(page.title)}</a>'
        numbers = len(page.added.report.claims), counts["blocks"], counts["outputs"]
        minutes = f"{counts['minutes']} in all" if page.meta.get("by_pieces") else counts["minutes"]
        rows.append([link, *(number or "" for number in numbers), minutes])
    totals = [sum(row[column] or 0 for row in rows) for column in range(1, 4)]
    totals.append(sum(page.added.counts["minutes"] for page in in_reading_order(pages)))
    heads = ["Page", "Equations evaluated", "Blocks run", "Outputs", "Minutes to read"]
    return table(heads, [*rows, ["All pages", *totals]])


def in_reading_order(pages):
    page = next(page for page in pages if page.next_page and not page.previous_page)
    while page:
        yield page
        page = page.next_page


def table_of_variants(pages, here):
    rows = [
        [name, *(f"{difference:.0e}".replace("0e+00", "0") for framework in RECORDED for difference in differences(name, framework))]
        for name in RECORDED["PyTorch"]
    ]
    return table(["Variant", *(f"{framework}: {part}" for framework in RECORDED for part in ("loss", "gradient"))], rows)


def table_of_functions(pages, here):
    """Return what the docstrings say: each function that computes equations of a page, with links to them."""
    addresses = {html.unescape(page.title): page.file.url_relative_to(here) for page in pages}
    rows = []
    for function in functions():
        for title, first, joint, last in function.equations:
            if address := addresses.get(title):
                first, last = (n and f'<a href="{address}#eq-{n}">({n})</a>' for n in (first, last))
                equations = " ".join(filter(None, (html.escape(title), first, joint, last)))
                rows.append(f"<tr><td><code>{function.name}</code></td><td>{equations}</td></tr>")
    return f"<table><thead><tr><th>Function</th><th>Equations</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"


def table(heads, rows):
    """Return a table in HTML: names in the first column, numbers in the others."""

    def line(kind, cells):
        name, *numbers = cells
        right = "".join(f'<{kind} style="text-align: right;">{number}</{kind}>' for number in numbers)
        return f"<tr><{kind}>{name}</{kind}>{right}</tr>"

    body = "".join(line("td", row) for row in rows)
    return f"<table><thead>{line('th', heads)}</thead><tbody>{body}</tbody></table>"


TABLES = {
    "<!-- table of the pages -->": table_of_pages,
    "<!-- table of the variants -->": table_of_variants,
    "<!-- table of the functions -->": table_of_functions,
}

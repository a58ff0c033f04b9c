"""Typeset the formulas of all pages while the site builds.

A reader's browser gets finished formulas: no script, nothing to wait for, nothing that can go
wrong. MathJax typesets the formulas in `page.added.formulas`, whose claims were evaluated, all in one
run, and nothing else.
"""

import hashlib
import html
import re

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from machinery.content import numbers_fold
from machinery.equations.formulas import Source, formulas_of, replaced
from machinery.seams import broken
from machinery.typeset import fonts, mathjax, symbols
from machinery.typeset.page_formulas import IN_TITLE, all_items, in_title, keys
from machinery.typeset.refused_formulas import find_errors

OTHER_SYMBOLS = re.compile(r'<div class="[^"]*\bother-symbols\b.*?</div>', re.DOTALL)  # where letters mean something else
COLOUR = re.compile(rf' class="(?:{"|".join(symbols.ROLES)})"')


def typeset_pages(files, config):
    """Number and typeset every formula; add the style sheet and the fonts to the site."""
    pages = [file.page for file in files.documentation_pages()]
    distinct = keys(pages)
    notation = files.get_file_from_path(symbols.PAGE).page
    table = symbols.read(notation.content)
    answer = mathjax.typeset(distinct, symbols.roles(table))
    results = dict(zip(distinct, answer["formulas"]))

    if errors := find_errors(pages, results):
        raise PluginError("\n".join(["these formulas can't be published", *errors]))
    for page in pages:
        if any(formula.display for formula in page.added.formulas) and not page.is_homepage:
            used = [tex for tex, _ in (formula.typeset for formula in page.added.formulas)]
            page.added.legend = symbols.legend(table, used, notation.file.url_relative_to(page.file))
        fill(page, results)
    add_files(answer, files, config)


def fill(page, results):
    """Put the formulas into the page: typeset for readers, and as plain text for everything else.

    Until now, `page.content` has had formulas as TeX. From here on it has them as plain text, which Material's search reads. Then
    `on_page_context` of hooks.py puts `page.added.content` in its place, which has them typeset, and this is written.
    """

    def plain(key):
        return html.escape(results[key]["plain"])

    def typeset(formula):
        if not formula.display:
            return results[formula.typeset]["html"]
        # The box scrolls where the formula is wider than the page; the number stays in sight.
        return (
            f'<div class="equation" id="eq-{formula.number}">'
            f'<div class="equation-box" tabindex="0" role="group" aria-label="Equation {formula.number}">'
            f"{results[formula.typeset]['html']}</div>"
            f'<a class="equation-number" href="#eq-{formula.number}">({formula.number})</a></div>'
            + numbers_fold.fold(page, formula, lambda tex: results[tex, False]["html"])
        )

    for item in all_items(page.toc):
        if IN_TITLE.search(item.title):
            item.typeset = {"title": IN_TITLE.sub(lambda match: results[in_title(match)]["html"], item.title)}
            item.title = IN_TITLE.sub(lambda match: plain(in_title(match)), item.title)
    page.title = IN_TITLE.sub(lambda match: plain(in_title(match)), page.title)
    # The legend comes above the first section, and in no search result. Its formulas are those of the notation page.
    content = OTHER_SYMBOLS.sub(lambda part: COLOUR.sub("", part[0]), replaced(page.content, page.added.formulas, typeset))
    above, section, rest = content.partition("<h2 ")
    legend = replaced(page.added.legend, formulas_of(Source(symbols.PAGE, page.added.legend)), typeset)
    page.added.content = above + legend + section + rest
    page.content = replaced(page.content, page.added.formulas, lambda formula: plain(formula.typeset))
    if not isinstance(getattr(page, "present_anchor_ids", None), set):
        raise broken("anchors of equations", f"{page.file.src_uri} has no set of `present_anchor_ids` when it is rendered")
    page.present_anchor_ids |= anchors(page.added.formulas)


def anchors(formulas):
    return {f"eq-{formula.number}" for formula in formulas if formula.display and formula.number}


def add_files(answer, files, config):
    """Publish the fonts and the style sheet under names with their hash, and let pages load them."""
    for name, font in answer["fonts"].items():
        stem, _, suffix = name.rpartition(".")
        new_name = f"{stem}.{hashlib.sha256(font).hexdigest()[:8]}.{suffix}"
        answer["css"] = answer["css"].replace(f'"./{name}"', f'"{new_name}"')
        files.append(File.generated(config, f"assets/math/{new_name}", content=font))
        if name == fonts.MAIN:  # so the browser should ask for it at once
            config.extra["math_font"] = f"assets/math/{new_name}"
    style = f"assets/math/math.{hashlib.sha256(answer['css'].encode()).hexdigest()[:8]}.css"
    files.append(File.generated(config, style, content=answer["css"]))
    files.append(File.generated(config, "assets/math/LICENSE", content=answer["licence"]))
    config.extra_css.insert(0, style)

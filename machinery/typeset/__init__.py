"""Typeset the formulas of all pages while the site builds.

A reader's browser gets finished formulas: no script, nothing to wait for, nothing to go
wrong. `pymdownx.arithmatex` marks what is math in a page; once all pages are rendered,
MathJax typesets every formula of the site in one run.
"""

import hashlib
import html
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url
from mkdocs.structure.pages import Page

from machinery.seams import broken
from machinery.sources import locate
from machinery.typeset import fonts, mathjax, symbols

# What arithmatex leaves in a page. A title keeps the delimiters and loses the element.
MARKED = re.compile(
    r'<(span|div) class="arithmatex">\s*\\(?P<open>[(\[])(?P<tex>.*?)\\[)\]]\s*</\1>', re.DOTALL
)
IN_TITLE = re.compile(r"\\(?P<open>\()(?P<tex>.*?)\\\)")
TAG = re.compile(r"\\tag\{(?P<number>[^}]*)\}")
COLOUR = re.compile(rf' class="(?:{"|".join(symbols.ROLES)})"')
# Letters in a row, outside commands and \text{...}: prose between two dollar signs.
NOT_PROSE = re.compile(r"\\(?:text|operatorname|mathrm|begin|end)\*?\{[^}]*\}|\\[A-Za-z]+")
PROSE = re.compile(r"[A-Za-z]{3,}")


@dataclass(frozen=True)
class Formula:
    tex: str
    display: bool
    number: str
    page: Page

    @classmethod
    def from_match(cls, match, page):
        tex = html.unescape(match["tex"]).strip()
        tags = TAG.findall(tex)
        return cls(TAG.sub("", tex).strip(), match["open"] == "[", ", ".join(tags), page)

    @property
    def key(self):
        return self.tex, self.display


def typeset_pages(files, config):
    """Number and typeset every formula; add the style sheet and the fonts to the site."""
    pages = [file.page for file in files.documentation_pages()]
    formulas = [formula for page in pages for formula in find(page)]
    distinct = list(dict.fromkeys(formula.key for formula in formulas))
    notation = files.get_file_from_path(symbols.PAGE).page
    table = symbols.read(notation.content)
    answer = mathjax.typeset([{"tex": tex, "display": display} for tex, display in distinct], symbols.roles(table))
    results = dict(zip(distinct, answer["formulas"]))

    if errors := list(find_errors(formulas, results)):
        raise PluginError("\n".join(["these formulas can't be published", *errors]))
    for page in pages:
        if any(formula.display for formula in find(page)) and not page.is_homepage:
            page.legend = symbols.legend(table, [formula.tex for formula in find(page)], get_relative_url(notation.url, page.url))
        fill(page, results)
    add_files(answer, files, config)


def find(page):
    if (marked := page.content.count('class="arithmatex"')) != (read := len(MARKED.findall(page.content))):
        raise broken("marked formulas", f"{read} of {marked} formulas of {page.file.src_uri} are marked as expected")
    texts = [(IN_TITLE, item.title) for item in all_items(page.toc)] + [(MARKED, page.content)]
    return [Formula.from_match(match, page) for kind, text in texts for match in kind.finditer(text)]


def all_items(items):
    for item in items:
        yield item
        yield from all_items(item.children)


def find_errors(formulas, results):
    """Name the place of each formula that MathJax refuses or that lacks a number of its own."""
    uses = Counter(formula.number for formula in formulas)
    for formula in formulas:
        if "error" in results[formula.key]:
            problem = results[formula.key]["error"]
        elif word := PROSE.search(NOT_PROSE.sub(" ", formula.tex)):
            problem = f"{word[0]!r} looks like prose: write \\text{{...}}, or \\$ for a dollar sign"
        elif not formula.display and formula.number:
            problem = r"only a displayed equation has a \tag"
        elif formula.display and not re.fullmatch(r"[A-Z]+\d+[a-z]?", formula.number):
            problem = r"a displayed equation ends with one \tag{...}, such as \tag{D4}"
        elif formula.display and uses[formula.number] > 1:
            problem = f"the number {formula.number} is taken"
        else:
            continue
        place = locate(Path(formula.page.file.abs_src_path), formula.tex)
        yield f"{place}: {problem}\n    {formula.tex}"


def fill(page, results):
    """Give the page its formulas: typeset for readers, as plain text for everything else.

    The search index is made from `page.content` after this and before `insert_formulas`, so
    that no search result shows TeX.
    """

    def plain(match):
        return html.escape(results[Formula.from_match(match, page).key]["plain"])

    def typeset(match):
        formula = Formula.from_match(match, page)
        typeset_html = results[formula.key]["html"]
        if page.meta.get("other_symbols"):  # where letters mean something else, they have no colour
            typeset_html = COLOUR.sub("", typeset_html)
        if not formula.display:
            return typeset_html
        # The box scrolls where the formula is wider than the page; the number stays in sight.
        return (
            f'<div class="equation" id="eq-{formula.number}">'
            f'<div class="equation-box" tabindex="0" role="group" aria-label="Equation {formula.number}">'
            f"{typeset_html}</div>"
            f'<a class="equation-number" href="#eq-{formula.number}">({formula.number})</a></div>'
        )

    for item in all_items(page.toc):
        if IN_TITLE.search(item.title):
            item.typeset = {"title": IN_TITLE.sub(typeset, item.title)}
            item.title = IN_TITLE.sub(plain, item.title)
    page.title = IN_TITLE.sub(plain, page.title)
    # The legend of the symbols stands above the first section, and in no search result.
    above, section, rest = page.content.partition("<h2 ")
    page.typeset_content = MARKED.sub(typeset, above + getattr(page, "legend", "") + section + rest)
    page.content = MARKED.sub(plain, page.content)
    if not isinstance(getattr(page, "present_anchor_ids", None), set):
        raise broken("anchors of equations", f"{page.file.src_uri} has no set of `present_anchor_ids` when it is rendered")
    page.present_anchor_ids |= set(re.findall(r'id="(eq-[^"]+)"', page.typeset_content))


def insert_formulas(page):
    page.content = page.typeset_content


def add_files(answer, files, config):
    """Publish the fonts and the style sheet, named by what they hold, and let pages load them."""
    for name, font in answer["fonts"].items():
        stem, _, suffix = name.rpartition(".")
        new_name = f"{stem}.{hashlib.sha256(font).hexdigest()[:8]}.{suffix}"
        answer["css"] = answer["css"].replace(f'"./{name}"', f'"{new_name}"')
        files.append(File.generated(config, f"assets/math/{new_name}", content=font))
        if name == fonts.MAIN:  # worth asking for at once
            config.extra["math_font"] = f"assets/math/{new_name}"
    style = f"assets/math/math.{hashlib.sha256(answer['css'].encode()).hexdigest()[:8]}.css"
    files.append(File.generated(config, style, content=answer["css"]))
    files.append(File.generated(config, "assets/math/LICENSE", content=answer["licence"]))
    config.extra_css.insert(0, style)

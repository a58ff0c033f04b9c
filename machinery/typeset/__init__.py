"""Typeset the formulas of all pages while the site builds.

A reader's browser gets finished formulas: no script, nothing to wait for, nothing that can go
wrong. MathJax typesets the formulas in `page.added.formulas`, whose claims were evaluated, all in one
run, and nothing else.
"""

import hashlib
import html
import itertools
import re
from collections import Counter
from string import ascii_uppercase

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from machinery.content import numbers_fold
from machinery.equations.formulas import TAG, Source, formulas_of, replaced
from machinery.seams import broken
from machinery.sources import texts
from machinery.typeset import fonts, mathjax, symbols

IN_TITLE = re.compile(r"\\\((?P<tex>.*?)\\\)")  # a title is the text of a heading, without its elements
OTHER_SYMBOLS = re.compile(r'<div class="[^"]*\bother-symbols\b.*?</div>', re.DOTALL)  # where letters mean something else
COLOUR = re.compile(rf' class="(?:{"|".join(symbols.ROLES)})"')
# Several letters in a row, outside of commands and \text{...}, are probably prose between two dollar signs.
NOT_PROSE = re.compile(r"\\(?:text|operatorname|mathrm|begin|end)\*?\{[^}]*\}|\\[A-Za-z]+")
PROSE = re.compile(r"[A-Za-z]{3,}")


def typeset_pages(files, config):
    """Number and typeset every formula; add the style sheet and the fonts to the site."""
    pages = [file.page for file in files.documentation_pages()]
    distinct = keys(pages)
    notation = files.get_file_from_path(symbols.PAGE).page
    table = symbols.read(notation.content)
    answer = mathjax.typeset([{"tex": tex, "display": display} for tex, display in distinct], symbols.roles(table))
    results = dict(zip(distinct, answer["formulas"]))

    if errors := find_errors(pages, results):
        raise PluginError("\n".join(["these formulas can't be published", *errors]))
    for page in pages:
        if any(formula.display for formula in page.added.formulas) and not page.is_homepage:
            used = [tex for tex, _ in (formula.typeset for formula in page.added.formulas)]
            page.added.legend = symbols.legend(table, used, notation.file.url_relative_to(page.file))
        fill(page, results)
    add_files(answer, files, config)


def keys(pages):
    """Return the formulas of pages and of the folds below them, each once, as MathJax gets them."""
    return list(dict.fromkeys(key for page in pages for formula in page.added.formulas for key in with_numbers(page, formula)))


def with_numbers(page, formula):
    found = [formula.typeset]
    numbers_fold.fold(page, formula, lambda tex: found.append((tex, False)) or "")
    return found


def find_errors(pages, results, others=()):
    """Return what stops these pages from being published, as messages.

    Parameters
    ----------
    pages : list of Page
    results : dict
        What MathJax answers for each of their `keys`.
    others : list of Formula
        Formulas of other pages, whose numbers are taken.
    """
    return [*find_errors_in_formulas(pages, results, others), *find_errors_in_titles(pages), *find_errors_in_numbers(pages, results)]


def find_errors_in_formulas(pages, results, others):
    found = [formula for page in pages for formula in page.added.formulas]
    holders = holders_of_numbers(found, others)
    for formula in found:
        tex, _ = formula.typeset
        if "error" in results[formula.typeset]:
            problem = results[formula.typeset]["error"]
        elif word := PROSE.search(NOT_PROSE.sub(" ", tex)):
            problem = f"{word[0]!r} looks like prose: write \\text{{...}}, or \\$ for a dollar sign"
        elif formula.mark is None and results[formula.typeset]["relations"] and not formula.is_statement:
            problem = f"nothing evaluates the relation {results[formula.typeset]['relations'][0]}: there are = < > \\le \\ge \\neq \\approx \\in"
        elif not formula.display and formula.number:
            problem = r"only a displayed equation has a \tag"
        elif formula.display and not re.fullmatch(r"[A-Z]+\d+[a-z]?", formula.number):
            problem = r"a displayed equation ends with one \tag{...}, such as \tag{D4}"
        elif formula.display and (holder := holders[formula.number]) is not formula:
            problem = f"the number {formula.number} is taken by {holder.at()}; {free_numbers(formula.number)} are free"
        else:
            continue
        yield f"{formula.at()}: {problem}\n    {tex}"


def holders_of_numbers(found, others):
    """Return the formula that keeps each number: one of the other pages, or of the page that has the most numbers with its letter."""
    letters = Counter((formula.page.source.name, formula.number[:1]) for formula in found)
    holders = {}
    for formula in sorted(found, key=lambda each: -letters[each.page.source.name, each.number[:1]]):
        holders.setdefault(formula.number, formula)
    return holders | {formula.number: formula for formula in others}


def find_errors_in_numbers(pages, results):
    """Name the equations whose numbers MathJax refuses."""
    for page in pages:
        for formula in page.added.formulas:
            for key in with_numbers(page, formula)[1:]:
                if "error" in results[key]:
                    yield f"{formula.at()}: the numbers of this equation: {results[key]['error']}\n    {key[0]}"


def free_numbers(number):
    """Return the next number with the same letter that no page has, and a letter that none has."""
    taken = set(TAG.findall("".join(texts().values()).replace("\\\\", "\\")))
    letter, first = re.fullmatch(r"([A-Z]+)(\d+)[a-z]?", number).groups()
    free = next(free for n in itertools.count(int(first)) if (free := f"{letter}{n}") not in taken)
    letters = {number[0] for number in taken}
    return f"{free} and all of {next((a for a in ascii_uppercase if a not in letters), letter * 2)}1, ..."


def find_errors_in_titles(pages):
    """Name each formula of a title that no heading of the page contains, because then nothing has evaluated it."""
    for page in pages:
        evaluated = {formula.typeset for formula in page.added.formulas}
        for title in [page.title, *(item.title for item in all_items(page.toc))]:
            for match in IN_TITLE.finditer(title):
                if in_title(match) not in evaluated:
                    yield f"docs/{page.file.src_uri}: a title has a formula that no heading of the page has\n    {match[0]}"


def in_title(match):
    return html.unescape(match["tex"]).strip(), False


def all_items(items):
    for item in items:
        yield item
        yield from all_items(item.children)


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
    return {f"eq-{formula.number}" for formula in formulas if formula.display}


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

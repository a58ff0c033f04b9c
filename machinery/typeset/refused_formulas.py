"""What is wrong with a formula: its TeX, a missing number or one that is taken, a relation that nothing evaluates, prose."""

import itertools
import re
from collections import Counter
from string import ascii_uppercase

from machinery.equations.formulas import numbers_in
from machinery.sources import texts
from machinery.typeset.page_formulas import IN_TITLE, all_items, in_title, with_numbers

# Several letters in a row, outside of commands and \text{...}, are probably prose between two dollar signs.
NOT_PROSE = re.compile(r"\\(?:text|operatorname|mathrm|begin|end)\*?\{[^}]*\}|\\[A-Za-z]+")
PROSE = re.compile(r"[A-Za-z]{3,}")
REFERENCE = re.compile(r"\\(?:label|ref|eqref)\b")
NUMBER = re.compile(r"([A-Z]+)(\d+)[a-z]?")


def find_errors(pages, results, others=()):
    """Return what stops these pages from being published, as messages.

    `results` is what MathJax answers for each of their `keys`, and `others` are formulas of other pages, whose numbers are taken.
    """
    return [*find_errors_in_formulas(pages, results, others), *find_errors_in_titles(pages), *find_errors_in_numbers(pages, results)]


def find_errors_in_formulas(pages, results, others):
    found = [formula for page in pages for formula in page.added.formulas]
    holders = holders_of_numbers(found, others)
    for formula in found:
        tex, _ = formula.typeset
        if REFERENCE.search(tex):
            problem = r"write \tag{D3} in place of \label{...}, and a link in the text, [(D3)](derivation.md#eq-D3), in place of \eqref{...}"
        elif "error" in results[formula.typeset]:
            problem = results[formula.typeset]["error"]
        elif word := PROSE.search(NOT_PROSE.sub(" ", tex)):
            problem = f"{word[0]!r} looks like prose: write \\text{{...}}, or \\$ for a dollar sign"
        elif formula.mark is None and results[formula.typeset]["relations"] and not formula.is_statement:
            problem = f"nothing evaluates the relation {results[formula.typeset]['relations'][0]}: there are = < > \\le \\ge \\neq \\approx \\in"
        elif not formula.display and formula.number:
            problem = r"only a displayed equation has a \tag"
        elif formula.display and not NUMBER.fullmatch(formula.number):
            near = next((other.number for other in found if other.page is formula.page and NUMBER.fullmatch(other.number)), "A1")
            problem = rf"a displayed equation ends with one \tag{{...}}; {free_numbers(near)} are free"
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
    taken = set(numbers_in("".join(texts().values())))
    letter, first = NUMBER.fullmatch(number).groups()
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

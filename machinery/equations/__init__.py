"""Equations that are executed: what a page claims is read from its LaTeX and evaluated.

    >>> reports = check_site({"notation.md": "...", "derivation.md": "..."})
    >>> reports["derivation.md"].summary
    '15 equalities on this page, each evaluated for k = 2…5 at 40 random points; largest error 3e-16'

`pages` finds the formulas, `tokens` and `reading` make trees of them, `statements` tells
definitions, conditions and claims apart, `evaluate` (with `shapes` and `ellipsis`) computes,
`check` compares.
"""

import functools
from dataclasses import dataclass, field

import numpy as np

from machinery.equations.check import Result, check, needed
from machinery.equations.evaluate import Scope, value
from machinery.equations.reading import read
from machinery.equations.report import located
from machinery.equations.shapes import AXES, constant
from machinery.equations.statements import Page
from machinery.equations.theory import Letter, Variable, functions
from machinery.equations.tokens import Refused

__all__ = ["NOTATION", "PageReport", "Relation", "check_page", "check_site", "definitions_of", "evaluate_at"]

NOTATION = "notation.md"  # the page whose definitions hold on every other page


@dataclass(frozen=True)
class Relation:
    """One relation of a page, or a definition, with what its evaluation showed.

    `kind` is "claim", "definition", "definition again" (compared with the notation page) or
    "shape". `message` is empty if it holds.
    """

    page: str
    line: int
    column: int
    tex: str
    sign: str
    kind: str
    message: str
    largest_error: float
    classes: tuple
    points: int
    number: int = 1  # among the relations of the same line

    @property
    def id(self):
        return f"{self.page}:{self.line}" + (f"#{self.number}" if self.number > 1 else "")


@dataclass
class PageReport:
    """All that was found on a page."""

    page: str
    relations: list = field(default_factory=list)
    refusals: list = field(default_factory=list)  # messages: what could not be read
    marks: list = field(default_factory=list)  # (line, reason): displays that are not claims
    assumptions: int = 0  # conditions and examples that the prose states, such as k = 3

    @property
    def claims(self):
        return [relation for relation in self.relations if relation.kind in ("claim", "definition again")]

    @property
    def definitions(self):
        return [relation for relation in self.relations if relation.kind in ("definition", "definition again")]

    @property
    def messages(self):
        return self.refusals + [relation.message for relation in self.relations if relation.message]

    @property
    def summary(self):
        """Return the line for readers, empty for a page without claims."""
        claims = self.claims
        if not claims:
            return ""
        general = [relation for relation in claims if len(relation.classes) > 1] or claims
        examples = len(claims) - len(general)
        classes = sorted({k for relation in general for k in relation.classes}) or [0]
        points = min((relation.points for relation in general if relation.points), default=0)
        exact = [relation.largest_error for relation in claims if relation.sign == "=" and "O(" not in relation.tex]
        largest = f"; largest error {max(exact):.0e}".replace("0e+00", "0") if exact else ""
        word = "equality" if len(claims) == 1 else "equalities" if all(r.sign == "=" for r in claims) else "relations"
        span = f"k = {classes[0]}" + (f"…{classes[-1]}" if len(classes) > 1 else "")
        each = ", each" if len(claims) > 1 and not examples else ","
        example = f", {examples} of them with the numbers of an example" if examples else ""
        return f"{len(claims)} {word} on this page{each} evaluated for {span} at {points} random points{example}{largest}"


def check_page(name, text, notation=None):
    """Check one page and return its `PageReport`.

    Parameters
    ----------
    name : str
        Its name, shown in messages; `.ipynb` for a notebook.
    text : str
        The content of the file.
    notation : Theory, optional
        What the notation page defines.
    """
    page = Page(name, text, notation)
    report = PageReport(name)
    report.assumptions = page.assumptions
    report.marks = [(formula.position()[0], formula.mark) for formula in page.marks]
    chains, lines = {}, {}
    for unfinished in page.claims:
        try:
            claim = page.completed(unfinished)
            result = check(claim)
        except Refused as error:
            claim = unfinished
            result = Result(located(claim, error.place, str(error)))
        chains.setdefault(claim.chain, []).append((claim, result))
    for members in chains.values():
        if not any(result.message for _, result in members):
            members[0][1].message = needed([claim for claim, _ in members]) or ""
        for claim, result in members:
            line, column = claim.formula.position(claim.offset)
            lines[line] = lines.get(line, 0) + 1
            report.relations.append(
                Relation(name, line, column, claim.row, claim.sign, claim.kind, result.message,
                         result.largest_error, result.classes, result.points, lines[line])
            )  # fmt: skip
    for formula, place, message in page.refusals:
        line, column = formula.position(place)
        row = formula.tex[:place].count("\n")
        shown = formula.tex.split("\n")[row].strip() if formula.tex else ""
        report.refusals.append(f"{name}:{line}:{column}: {message}" + (f"\n    row          {shown}" if shown else ""))
    return report


def definitions_of(name, text, notation=None):
    """Return what holds at the end of a page, as a `Theory`."""
    return Page(name, text, notation).theory


def evaluate_at(theory, tex, values):
    """Return the value of a formula at given numbers, to compare it with code.

    Parameters
    ----------
    theory : Theory
        From `definitions_of`.
    tex : str
        The formula, without a relation.
    values : dict
        An array for each variable, the numbers of index letters (from 1), and labels for
        a batch as `c_n`.

    Returns
    -------
    ndarray
        With the shape that the formula has.
    """
    (statement,) = read(tex, functions(theory))
    sizes, numbers, letters = {}, {}, {}
    for name, given in values.items():
        key = name[0] + "#" if name.endswith("_n") else name
        entry, array = theory.get(key), np.asarray(given, dtype=float)
        if isinstance(entry, Letter):
            letters[name] = np.full((1,) * AXES, int(given))
            continue
        sizes |= zip(entry.sizes, array.shape) if isinstance(entry, Variable) else ()
        numbers[key] = constant(array)
    scope = Scope(theory, sizes, np.ones(1), values=numbers, letters=letters, twins=0)
    with np.errstate(all="ignore"):
        return value(statement.sides[0], scope).reshape(-1)


def check_site(pages):
    """Check all pages.

    Parameters
    ----------
    pages : dict of str to str
        Name and content of each page. What `notation.md` defines holds on all of them.

    Returns
    -------
    dict of str to PageReport
    """
    notation = pages.get(NOTATION)
    return {name: _kept_report(name, text, None if name == NOTATION else notation) for name, text in pages.items()}


@functools.lru_cache(maxsize=256)
def _kept_report(name, text, notation):
    """Check a page once for each text: an edit under `mkdocs serve` changes one page of many."""
    return check_page(name, text, None if notation is None else _notation(notation))


@functools.lru_cache(maxsize=4)
def _notation(text):
    return definitions_of(NOTATION, text)

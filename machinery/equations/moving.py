"""Numbers that follow the logits and the true class: which quantity of a script each number of a fold is.

It is the one with which the number agrees, digit by digit, at random examples of each class. What looks different
for another class, such as a row with one special entry, has a form for each.
"""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from machinery.equations.formulas import Formula
from machinery.equations.formulas_with_values import decimal
from machinery.equations.numbers import numbers_of, texts, without_classes
from machinery.equations.relations import read
from machinery.equations.report import PageReport

Point = tuple[tuple[float, ...], int]  # logits, and the true class counted from 0
Known = list[list[tuple[str, str]]]  # of each quantity its sign and its size at each point, as they are written
CLASSES = range(3)
LOWEST, HIGHEST = -2, 4  # of the logits: no probability is so small that it is written with a power of ten
NUMBER = re.compile(r"(?P<sign>-?)(?:(?<=-)\{)?(?P<size>\d+(?:\.\d+)?(?: \\cdot 10\^\{-\d+\})?)")
STAYS = "-"


@dataclass(frozen=True)
class Form:
    """A text of a fold, with a mark for each number in it: the quantity that it is, after a ± if its sign changes."""

    tex: str
    marks: list[str]
    true_class: int | None  # for which it is, None if it is for each


def points(random: np.random.Generator, count: int) -> list[Point]:
    """Return logits that sliders can have, each with each class."""
    logits = [tuple(z) for z in random.uniform(LOWEST, HIGHEST, size=(count, 3)).round(1).tolist()]
    return [(z, c) for z in logits for c in CLASSES]


def moving(report: PageReport, start: tuple[float, ...], quantities: Callable[[list[Point]], list[list[float]]]) -> dict[Formula, list[list[Form]]]:
    """Return the forms of each text of each fold of a page, whose example has the logits `start`.

    `quantities` computes all quantities at each of several points. A number that is none of them is a ValueError.
    """
    at = [(start, c) for c in CLASSES] + points(np.random.default_rng(0), 2)
    known = [[("-" * (x < 0), decimal(abs(x))) for x in each] for each in zip(*quantities(at))]
    folds = [numbers_of(moved(report, point)) for point in at]
    found = {}
    for formula, numbers in numbers_of(report).items():
        written = [texts(numbers), *(texts(fold[formula]) for fold in folds)]
        if len({len(each) for each in written}) > 1:
            raise ValueError(f"{formula.at()}: the numbers of this equation can't follow: at other logits or for another class there are more of them")
        try:
            found[formula] = [forms_of(own, others, known) for own, *others in zip(*written)]
        except ValueError as error:
            raise ValueError(f"{formula.at()}: the numbers of this equation can't follow: no quantity is, at all logits, each number in\n    {error}") from None
    return found


def forms_of(own: str, written: list[str], known: Known) -> list[Form]:
    """Return the forms of a text, which is written like this at the points; its `own` form, the one that is shown first, leads."""
    if (marks := marks_of(written, known)) is not None:
        return [Form(own, marks, None)]
    found = []
    for c in CLASSES:
        here = slice(c, None, len(CLASSES))
        marks = marks_of(written[here], [each[here] for each in known])
        if marks is None:
            raise ValueError(own)
        found.append(Form(written[c], marks, c))
    return sorted(found, key=lambda form: form.tex != own)


def marks_of(written: list[str], known: Known) -> list[str] | None:
    """Return the mark of each number in a text, None if more than numbers change, or one of them is no quantity."""
    plain = [without_classes(text).replace(r"\approx", "=") for text in written]
    if len({re.sub("[{}]", "", NUMBER.sub("#", text)) for text in plain}) > 1:
        return None
    numbers = zip(*([match.groups() for match in NUMBER.finditer(text)] for text in plain))
    marks = [mark(number, known) for number in numbers]
    return None if None in marks else [each for each in marks if each]


def mark(number: tuple[tuple[str, ...], ...], known: Known) -> str | None:
    if len(set(number)) == 1:
        return STAYS
    signs, sizes = zip(*number)
    signed = len(set(signs)) > 1
    for place, quantity in enumerate(known):
        if number == tuple(quantity) if signed else sizes == tuple(size for _, size in quantity):
            return "±" * signed + str(place)
    return None


def moved(report: PageReport, point: Point) -> PageReport:
    """Return the report of a page with another example."""
    logits, c = point
    new = {"z": f"({', '.join(map(decimal, logits))})", "c": f"{c + 1}"}
    page = copy.copy(report.page)
    page.settings = []
    for old in report.page.settings:
        if old.name in new:
            tex = f"{old.formula.tex.partition('=')[0]}= {new[old.name]}"
            (statement,) = read(tex, frozenset())
            old = replace(old, value=statement.sides[1], formula=replace(old.formula, tex=tex))
        page.settings.append(old)
    return replace(report, page=page)

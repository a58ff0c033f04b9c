"""The numbers of the derivation follow its controls: at other examples, the script computes what the evaluator does."""

import re
from dataclasses import replace

import numpy as np
import pytest

from machinery.content import explorer
from machinery.equations.moving import NUMBER, STAYS, moved, moving, points
from machinery.equations.numbers import numbers_of, texts, without_classes
from tests.test_equations import REPORTS

REPORT = REPORTS["derivation.md"]
START = tuple(explorer.LOGITS)
OTHERS = points(np.random.default_rng(1), 3) + [(z, c) for z in [(0.0, 0.0, 0.0), (-2.0, 4.0, -2.0)] for c in range(3)]
WRITTEN = "data.map(([z, c]) => quantities(z, c).map((x) => [x < 0 ? '-' : '', decimal(x).join('e')]))"


def marked(script, *numbers):
    """Return the forms of the equations with these numbers, or of all equations."""
    outcomes = [outcome for outcome in REPORT.outcomes if not numbers or outcome.claim.formula.number in numbers]
    return moving(replace(REPORT, outcomes=outcomes), START, lambda points: explorer.quantities(points, script))


@pytest.fixture(scope="module")
def found():
    return marked(explorer.script())


def plain(tex):
    tex = re.sub(r"e(-\d+)", r" \\cdot 10^{\1}", without_classes(tex).replace(r"\approx", "="))
    return re.sub("[{} ]+", " ", tex).replace("- ", "-")


def followed(form, quantities):
    """Return the text of a form, with the script's numbers in place of those at the page's example."""
    marks = iter(form.marks)

    def number(match):
        mark = next(marks)
        sign, size = (match["sign"], match["size"]) if mark == STAYS else quantities[int(mark.lstrip("±"))]
        return (sign if mark[0] == "±" else match["sign"]) + size

    return plain(NUMBER.sub(number, without_classes(form.tex)))


def test_the_script_has_the_numbers_of_the_evaluator_at_other_examples(found):
    for point, quantities in zip(OTHERS, explorer.run(explorer.script(), WRITTEN, OTHERS), strict=True):
        for formula, numbers in numbers_of(moved(REPORT, point)).items():
            shown = [next(form for form in forms if form.true_class in (None, point[1])) for forms in found[formula]]
            assert [followed(form, quantities) for form in shown] == [plain(text) for text in texts(numbers)], (formula.number, point)


@pytest.mark.parametrize(("right", "wrong", "number"), [
    ("e[c] * (sum - e[c])", "e[c] * sum", r"\frac{168.50}{911.61}"),
    ("(i === j) - column", "(i === j) + column", "0.1848"),
    ("e[i] * e[c]", "e[i]", r"\frac{-20.086}{911.61}"),
])
def test_a_wrong_quantity_stops_the_build(right, wrong, number):
    assert explorer.script().count(right) == 1
    with pytest.raises(ValueError, match=re.escape(number)):
        marked(explorer.script().replace(right, wrong), "D6", "D7")

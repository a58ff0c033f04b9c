"""The numbers below an equation are its values at the example of the page."""

import functools
import re

import numpy as np
import pytest

from machinery.equations.environment import Environment
from machinery.equations.evaluator import value
from machinery.equations.numbers import SIGNS, numbers_of
from machinery.equations.relations import read
from machinery.equations.shapes import AXES
from snippets.cross_entropy import cross_entropy
from snippets.gradient import gradient
from snippets.softmax import softmax
from tests.test_equations import REPORTS
from tests.test_equations import page as page_with

NUMBER = re.compile(r"\d+\.?(?P<decimals>\d*)")
SIGN = re.compile("|".join(map(re.escape, ["=", *SIGNS.values()])))
WITHOUT = {"routes/log-sum-exp.md": {"F2", "F4"}}  # a differential has a value for each direction


@functools.cache
def shown(page):
    """Return the numbers below the equations of a page, computed only on demand: both workers collect these tests, but only one runs each."""
    return {formula.number: numbers for formula, numbers in numbers_of(REPORTS[page]).items()}


def plain(tex):
    return re.sub(r"\\class\{[^}]*\}(\{?)", r"\1", tex)


def lines_of(page, number):
    numbers = shown(page)[number]
    return [*numbers.sums, *(line for group in numbers.groups for line in group.lines)]


def number_in(tex):
    """Return the value of a formula that consists of numbers, or None if it contains names."""
    if re.search(r"(?<![A-Za-z\\])(?!e\^)[A-Za-z]|\\(?:partial|sum|delta|sigma|ell|mathbf)", re.sub(r"\\(?:begin|end)\{bmatrix\}", "", tex)):
        return None
    (statement,) = read(tex, frozenset())
    return value(statement.sides[0], Environment({}, {"k": 3}, noisy=False))[(0,) * AXES]


def unexplained(tex, number):
    """Return by how much a text differs from its number, beyond what rounding to the digits shown explains."""
    written = plain(tex)
    found = number_in(written)
    if found is None:
        return 0
    slack = np.zeros(np.shape(found))
    for match in NUMBER.finditer(written):
        if match["decimals"]:  # up to half a unit of the last digit is rounded away
            half = 0.5 * 10.0 ** -len(match["decimals"])
            other = f"{written[: match.start()]}{float(match[0]) + half:.8f}{written[match.end() :]}"
            slack = slack + np.abs(number_in(other) - found)
    return np.max(np.abs(np.ravel(found) - np.ravel(number)) - 1.01 * np.ravel(slack) - 1e-9)


@pytest.mark.parametrize("page", REPORTS)
def test_each_text_has_the_value_behind_it(page):
    for number in shown(page):
        for line in lines_of(page, number):
            for text in filter(None, (*line.steps, line.value)):
                parts = SIGN.split(text)
                assert unexplained(parts[-1], line.number) <= 0, f"({number}): {text} is shown for {line.number}"


@pytest.mark.parametrize("page", REPORTS)
def test_equal_sides_have_equal_values(page):
    for group in (group for numbers in shown(page).values() for group in numbers.groups):
        if all(SIGN.match(line.steps[0]) is None for line in group.lines) and not SIGN.search(group.lines[0].steps[0]):
            for line in group.lines:
                np.testing.assert_allclose(np.ravel(line.number), np.ravel(group.lines[0].number), rtol=1e-12, atol=1e-12)


EXPECTED = {
    "D1": [r"\approx <one> + <two> + <three>", r"\approx <sum>"] + [tex for i, e in enumerate(("one", "two", "three"), 1) for tex in (rf"s_{i} \approx \frac{{<{e}>}}{{<sum>}}", rf"\approx <s{i}>")],
    "D2": [r"L \approx -({0 \cdot \log <s1>} + {1 \cdot \log <s2>} + {0 \cdot \log <s3>})", r"\approx -(0 - <loss> + 0)", r"\approx <loss>"],
    "D6": [r"\frac{<two>}{<sum>} \cdot \frac{<sum> - <two>}{<sum>}", r"\approx <s2> \cdot <rest>", r"\approx <slope>", "<s2> (1 - <s2>)", r"\approx <s2> \cdot <rest>", r"\approx <slope>"],
    "D8": ["(<s1>, <s2> - 1, <s3>)", r"\approx \class{∂z}{(<g1>, <g2>, <g3>)}"],
}


def test_the_numbers_of_the_derivation_are_those_of_numpy():
    z = np.array([1.0, 2.0, 3.0])
    e, s = np.exp(z), softmax(z)
    found = shown("derivation.md")
    texts = {number: [re.sub(r"\\class\{.\}\{([\d.]*)\}", r"\1", tex) for line in lines_of("derivation.md", number) for tex in (*line.steps, line.value)] for number in found}
    digits = {"one": f"{e[0]:.4f}", "two": f"{e[1]:.4f}", "three": f"{e[2]:.3f}", "sum": f"{e.sum():.3f}", "loss": f"{cross_entropy(z, label=1):.4f}"}
    digits |= {f"s{i}": f"{p:.4f}" for i, p in enumerate(s, 1)} | {"rest": f"{1 - s[1]:.4f}", "slope": f"{s[1] * (1 - s[1]):.4f}"}
    digits |= {f"g{i}": f"{p:.4f}" for i, p in enumerate(gradient(z, label=1), 1)}
    for number, expected in EXPECTED.items():
        assert texts[number][-len(expected) :] == [re.sub(r"<(\w+)>", lambda name: digits[name[1]], tex) for tex in expected], f"below ({number})"


@pytest.mark.parametrize(("right", "wrong"), [("7.3891", "7.3991"), ("30.193", "30.293"), ("-", "+"), (r"\cdot", "+")])
def test_a_wrong_number_is_noticed(right, wrong):
    line = lines_of("derivation.md", "D6")[-3]
    assert right in line.steps[0]
    assert unexplained(line.steps[0], line.number) <= 0 < unexplained(line.steps[0].replace(right, wrong, 1), line.number)


@pytest.mark.parametrize("page", [page for page, report in REPORTS.items() if any(each.formula.opening for each in report.page.settings)])
def test_a_page_with_an_example_has_numbers_below_each_display(page):
    displays = {formula.number for formula in REPORTS[page].page.formulas if formula.display}
    assert displays - shown(page).keys() == WITHOUT.get(page, set())


def test_displays_that_the_example_leaves_open_or_that_state_numbers_have_none_below_them():
    displays = "s_i > 0", "s_c > 0", r"s_2 \approx 0.2447", r"\frac{\partial z_i}{\partial z_i} = 1"
    report = page_with("Take \\(\\mathbf z = (1, 2, 3)\\).\n\n" + "\n\n".join(rf"\[ {tex} \]" for tex in displays))
    assert report.messages == [] and [formula.tex for formula in numbers_of(report)] == ["s_i > 0"]


def test_numbers_follow_the_example_the_definition_and_the_text():
    text = "\\(x \\in \\mathbb R\\), \\(f := x + 1\\). Take \\(x = 3\\).\n\n\\[ 5 f - 5 = 5 x \\]"
    for old, new, last in [("", "", "= 15"), ("Take", "Words. Take", "= 15"), ("x = 3", "x = 4", "= 20"), ("5 f - 5 = 5 x", "6 f - 6 = 6 x", "= 18")]:
        (numbers,) = numbers_of(page_with(text.replace(old, new, 1))).values()
        (group,) = numbers.groups
        assert group.lines[-1].value == last
    (numbers,) = numbers_of(page_with(text.replace("x + 1", "x + 2").replace("5 f - 5 = 5 x", "f - 1 = x + 1"))).values()
    assert numbers.groups[0].lines[0].value == "= 4"

"""Hypothesis draws formulas. No false claim about one is accepted, and no claim at all about one that has no value.

`pytest --whole tests/test_equation_random.py` tries thousands of formulas instead of fifty.
"""

import re

from hypothesis import assume, event, given
from hypothesis import strategies as st
from mpmath import mp

from machinery.content.check_equations import source
from machinery.equations import check_page
from tests.random_formulas import FORMULAS, LOGITS, exact

SOFTMAX = r"\(\mathbf z \in \mathbb R^k\), \(s_i := \frac{e^{z_i}}{\sum_j e^{z_j}}\)."


def accepts(logits, claim):
    """Tell whether a claim about an example is accepted, that is, published."""
    page = source.__wrapped__("page.md", rf"{SOFTMAX} With \(\mathbf z = ({', '.join(logits)})\), \({claim}\).")
    report = check_page.__wrapped__(page)
    assert len(report.claims) + len(report.messages) > 0
    return not report.messages


@given(FORMULAS, LOGITS, st.integers(1, 4), st.sampled_from([1, -2, 3, 8250]))
def test_a_wrong_number_is_refused(formula, logits, digits, steps):
    assume(not re.fullmatch(r"[-.\d]*", re.sub(r"\\left\(|\\right\)", "", formula[0])))  # a decimal number is a formula, too, but it may be the other number rounded
    value = exact(formula, logits)
    if value is None:
        event("no value")
        assert not accepts(logits, rf"{formula[0]} \approx 8.25")
        return
    assume(abs(value) < 1e6)
    unit = mp.mpf(10) ** -digits
    shown = mp.nint(value / unit)
    assume(abs(value / unit - shown) < 0.49)  # half a unit is rounded either way
    right, wrong = (f"{float(number * unit):.{digits}f}" for number in (shown, shown + steps))
    accepted = accepts(logits, rf"{formula[0]} \approx {right}")
    event(f"the right number is accepted: {accepted}")
    assert not accepts(logits, rf"{formula[0]} \approx {wrong}"), f"{formula[0]} is {right}, but {wrong} is accepted"


@given(FORMULAS, FORMULAS, LOGITS, st.sampled_from(["=", "<", ">", r"\le", r"\ge", r"\neq"]))
def test_a_wrong_relation_is_refused(formula, other, logits, sign):
    values = exact(formula, logits), exact(other, logits)
    if None not in values:
        assume(max(map(abs, values)) < 1e6)
        gap = values[0] - values[1]
        equal, large = abs(gap) < mp.mpf(10) ** -50, abs(gap) > 1e-6
        assume(equal or large)
        holds = {"=": equal, r"\neq": large, "<": large and gap < 0, ">": large and gap > 0, r"\le": equal or gap < 0, r"\ge": equal or gap > 0}
        if holds[sign]:
            accepted = accepts(logits, f"{formula[0]} {sign} {other[0]}")
            event(f"a right {sign} is accepted: {accepted}")
            return
    event("a wrong one" if None not in values else "no value")
    assert not accepts(logits, f"{formula[0]} {sign} {other[0]}"), f"this is accepted, but the exact values of its sides are {values}"

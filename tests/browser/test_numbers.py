"""The numbers below the equations of the derivation, moved as a reader moves them."""

from types import SimpleNamespace

from bs4 import BeautifulSoup

from machinery.equations.moving import moved
from machinery.equations.numbers import numbers_of
from machinery.page_data import PageData
from machinery.typeset import mathjax
from machinery.typeset.page_formulas import with_numbers
from tests.test_moving import REPORT

SHOWN = """() => [...document.querySelectorAll("details.numbers")].map((fold) => {
  const copy = fold.cloneNode(true)
  for (const part of copy.querySelectorAll("form, [hidden]")) part.remove()
  const text = (formula, part) => formula.querySelector(part).textContent.replaceAll(" ", "") // where a line may end
  return [...copy.querySelectorAll("mjx-container")].map((formula) => [text(formula, "mjx-math"), text(formula, "math"), formula.dataset.tex])
})"""


def typeset(reports):
    """Return the glyphs, the MathML and the TeX of the formulas in each fold of each report, as the build writes them."""
    keys = [[[tex for tex, _ in with_numbers(page_of(report), formula)[1:]] for formula in numbers_of(report)] for report in reports]
    wanted = list(dict.fromkeys(key for folds in keys for fold in folds for key in fold))
    answer = mathjax.ask([(tex, False) for tex in wanted], {})["formulas"]
    shown = {}
    for tex, formula in zip(wanted, answer, strict=True):
        page = BeautifulSoup(formula["html"], "html.parser")
        shown[tex] = [page.select_one("mjx-math").get_text().replace(" ", ""), page.select_one("math").get_text(), page.select_one("mjx-container")["data-tex"]]
    return [[[shown[key] for key in fold] for fold in folds] for folds in keys]


def page_of(report):
    return SimpleNamespace(content="", added=PageData(report, {}))


def test_folds_that_were_moved_are_those_of_the_build_at_the_same_example(tab):
    tab.go("derivation/")
    before = tab.page.evaluate(SHOWN)
    tab.unfold()
    assert tab.violations() == []
    form = tab.page.locator("#eq-D6 + details form")
    others = tab.page.locator("#eq-D8 + details form")
    examples = [((-1.3, 2.0, 0.4), 0), ((0.0, 0.0, 0.0), 2)]  # where probabilities are rounded, and the sum is not
    for (z, c), built in zip(examples, typeset([moved(REPORT, example) for example in examples])):
        for slider, logit in zip(form.get_by_role("slider").all(), z):
            slider.fill(str(logit))
        form.get_by_role("radio").nth(c).check()
        assert tab.page.evaluate(SHOWN) == built
        assert others.get_by_role("slider").first.input_value() == f"{z[0]:g}"
    place = form.bounding_box()["y"]
    form.get_by_role("slider").first.press("ArrowRight")
    form.get_by_role("button").click()
    tab.page.wait_for_function("document.querySelector('#eq-D6 + details').textContent.includes('0.1848')")
    assert tab.page.evaluate(SHOWN) == before
    assert abs(form.bounding_box()["y"] - place) < 1  # pages scroll by whole pixels
    assert tab.problems == []

"""The home page: an answer in one screen, and the explorer, moved as a reader moves it."""

import pytest

# Each of these must end above the bottom of the window: the result, the reason, the code's first lines.
ANSWER = {"result": "#eq-H1", "reason": ".result p:has(strong)", "code": ".code .highlight code > span:first-child"}


def below_the_window(tab):
    height = tab.page.viewport_size["height"]
    boxes = {name: tab.page.locator(selector).first.bounding_box() for name, selector in ANSWER.items()}
    return [name for name, box in boxes.items() if box["y"] + box["height"] > height]


@pytest.mark.parametrize("width", [1280, 390])
def test_result_reason_and_code_are_in_the_first_screen(tab, width):
    tab.go("")
    tab.appear("light", width)
    tab.page.add_style_tag(content=".md-banner { display: none }")  # a course's announcement, which may be as long as it likes
    assert below_the_window(tab) == []
    tab.page.add_style_tag(content=".home { padding-top: 10rem }")  # a banner above would push the code out
    assert below_the_window(tab) == ["code"]


@pytest.fixture
def explorer(tab):
    tab.page.emulate_media(reduced_motion="reduce")
    tab.go("")
    return tab.page.locator("form.explorer")


def shown(form):
    """Return the numbers on the bars of the gradient, and the loss."""
    return form.locator(".gradient .bar").all_inner_texts(), form.locator("output").inner_text()


def test_the_keyboard_moves_a_logit_and_the_class(explorer):
    assert shown(explorer) == (["0.09", "−0.76", "0.67"], "1.4076")
    explorer.get_by_label("Logit z 2").press("ArrowRight")
    assert explorer.locator(".value").all_inner_texts() == ["1.0", "2.1", "3.0"]
    assert shown(explorer) == (["0.09", "−0.74", "0.65"], "1.3330")
    explorer.locator("[type=radio]:checked").press("ArrowDown")
    assert shown(explorer) == (["0.09", "0.26", "−0.35"], "0.4330")


def test_a_step_downhill_lowers_the_loss_and_the_start_comes_back(explorer):
    explorer.get_by_text("A step downhill").click()
    assert float(shown(explorer)[1]) < 1.4076
    explorer.get_by_text("Back to the start").click()
    explorer.page.wait_for_function("document.querySelector('form.explorer output').textContent === '1.4076'")
    assert shown(explorer)[0] == ["0.09", "−0.76", "0.67"]


def test_the_explorer_moves_on_a_page_that_instant_navigation_loaded(tab):
    tab.go("derivation/")
    tab.page.evaluate("window.sameDocument = true")
    tab.page.locator(".md-header .md-logo").click()
    slider = tab.page.locator("form.explorer [type=range]:enabled >> nth=0")
    slider.press("ArrowRight")
    assert tab.page.evaluate("window.sameDocument")
    assert tab.page.locator("form.explorer .value").first.inner_text() == "1.1"


def test_the_explorer_is_readable_without_a_script(without_javascript):
    without_javascript.go("")
    form = without_javascript.page.locator("form.explorer")
    assert shown(form) == (["0.09", "−0.76", "0.67"], "1.4076")
    assert form.get_by_label("Logit z 1").is_disabled()

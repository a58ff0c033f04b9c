"""'Paste your numbers' as a reader uses it: with the keyboard, and what a screen reader is given."""

import numpy as np
import pytest

from machinery.content import paste
from snippets.loss_and_gradient import loss_and_gradient

LOSS, GRADIENT = loss_and_gradient(paste.LOGITS, paste.LABELS)
N = len(GRADIENT)


@pytest.fixture
def form(tab):
    tab.go("is-mine-right/")
    return tab.page.locator("form#paste")


def typed(form, loss, gradient):
    """Fill the form in and send it with the keyboard alone; return what the live region says."""
    form.get_by_label("Loss").focus()
    keyboard = form.page.keyboard
    for text in (loss, gradient):
        keyboard.press("Control+A")
        keyboard.insert_text(text)
        keyboard.press("Tab")
    keyboard.press("Enter")
    return form.get_by_role("status").inner_text()


def test_the_keyboard_is_enough_and_a_screen_reader_is_given_the_answer(form):
    assert typed(form, "", "[[0.1, 2.5,\n 1/3]]") == "Gradient, line 2, column 2: can't read “1/3”."
    gradient = form.get_by_label("Gradient")
    assert gradient.get_attribute("aria-invalid") == "true" and form.get_by_label("Loss").get_attribute("aria-invalid") == "false"
    marked = "field => document.activeElement === field && field.value.slice(field.selectionStart, field.selectionEnd)"
    assert gradient.evaluate(marked) == "1/3"

    assert typed(form, str(LOSS), str(GRADIENT)).startswith("Loss and gradient are right")
    assert gradient.get_attribute("aria-invalid") == "false"
    assert typed(form, str(LOSS), str(-GRADIENT)).startswith("Wrong.")
    heard = form.aria_snapshot()
    for part in ('- form "Paste your numbers"', '- textbox "Loss"', '- textbox "Gradient, 3 rows of 4"', '- button "Compare"',
                 "- status:", '- link "Wrong sign"'):
        assert part in heard, heard
    description = gradient.evaluate(
        "field => field.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent).join(' ')"
    )
    assert "into one field" in description and "Wrong." in description

    form.page.keyboard.press("Tab")
    assert form.page.evaluate("document.activeElement.textContent") == "Wrong sign"
    form.page.keyboard.press("Enter")
    form.page.wait_for_url("**/mistakes/#wrong-sign")


def test_what_is_pasted_is_answered_at_once(form):
    texts = {"Loss": str(LOSS), "Gradient": str(-GRADIENT), "both": "\n".join(map(str, [LOSS, *-GRADIENT.ravel()]))}
    for pasted in ({"Loss": "Loss", "Gradient": "Gradient"}, {"Gradient": "Gradient", "Loss": "Loss"}, {"Loss": "both"}):
        form.evaluate("form => { form.reset(); form.querySelector('#paste-answer').replaceChildren() }")
        for label, text in pasted.items():
            paste_into(form.get_by_label(label), texts[text])
        form.get_by_text("Wrong sign").wait_for()
    form.get_by_label("Gradient").fill("")
    paste_into(form.get_by_label("Loss"), str(LOSS))
    form.get_by_text("The loss is right").wait_for()


def paste_into(field, text):
    """Do as a browser does: it says that something is pasted, and puts it there."""
    field.evaluate("""(field, text) => {
        field.dispatchEvent(new Event("paste"))
        field.value = text
        field.dispatchEvent(new Event("input"))
    }""", text)


def test_an_answer_goes_when_its_text_changes(form):
    answer = form.get_by_role("status")
    for label in ("Loss", "Gradient"):
        assert typed(form, "", "1/3").startswith("Gradient, line 1")
        form.get_by_label(label).press_sequentially("5")
        assert answer.inner_text() == "" and form.get_by_label("Gradient").get_attribute("aria-invalid") == "false"


def test_enter_compares_where_there_is_one_line_and_with_control_everywhere(form):
    loss, gradient, answer = form.get_by_label("Loss"), form.get_by_label("Gradient"), form.get_by_role("status")
    loss.fill(f"{LOSS}")
    loss.press("Enter")
    assert answer.inner_text().startswith("The loss is right") and loss.input_value() == f"{LOSS}"
    gradient.fill(f"{GRADIENT}")
    gradient.press("Enter")
    assert answer.inner_text() == "" and gradient.input_value() == f"{GRADIENT}\n"
    gradient.press("Control+Enter")
    assert answer.inner_text().startswith("Loss and gradient are right")


@pytest.mark.parametrize("where", ["start", "end"])
def test_the_answer_is_in_sight(form, where):
    for loss, gradient in [(LOSS, -GRADIENT), (LOSS, "1/3"), (-1, GRADIENT + 0.1)]:
        form.get_by_label("Loss").fill(f"{loss}")
        form.get_by_label("Gradient").fill(f"{gradient}")
        button = form.get_by_role("button", name="Compare")
        button.evaluate("(button, block) => button.scrollIntoView({ block, behavior: 'instant' })", where)
        button.evaluate("button => button.click()")
        top, bottom, height = form.get_by_role("status").evaluate("""async (answer) => {
            await new Promise(requestAnimationFrame)
            const { top, bottom } = answer.getBoundingClientRect()
            return [top, bottom, innerHeight]
        }""")
        assert 0 <= top and bottom <= height, (gradient, top, bottom)


BROKEN = """answer => [...answer.querySelectorAll("code")].filter((code) => {
    const lines = code.getClientRects().length
    code.style.whiteSpace = "nowrap"
    return lines > 1 && code.offsetWidth < 0.9 * answer.clientWidth
}).map((code) => code.textContent)"""


@pytest.mark.parametrize("width", [390, 320])
def test_a_formula_breaks_only_if_it_is_longer_than_a_line(tab, form, width):
    tab.page.set_viewport_size({"width": width, "height": 844})
    log10 = LOSS / np.log(10)
    for loss, gradient in [(log10, GRADIENT), (-log10, GRADIENT), (LOSS, 4 / 3 * GRADIENT), (LOSS, recycled()), (LOSS, focal()), (LOSS, None)]:
        typed(form, f"{loss}", f"{gradient}")
        assert tab.page.evaluate("document.documentElement.scrollWidth") == width
        answer = form.get_by_role("status")
        assert answer.locator("code").count() and answer.evaluate(BROKEN) == []
        assert not answer.evaluate("answer => [...answer.querySelectorAll('span')].some((one) => /^[,.:;]/.test(one.nextSibling?.data))")


def recycled():
    exponentials = np.exp(paste.LOGITS)
    return (exponentials / np.resize(exponentials.sum(axis=1), (3, 4)) - np.eye(4)[paste.LABELS]) / N


def focal():
    s = GRADIENT * N + np.eye(4)[paste.LABELS]
    s_c = s[range(N), paste.LABELS][:, np.newaxis]
    return ((1 - s_c) ** 2 - 2 * s_c * (1 - s_c) * np.log(s_c)) * GRADIENT


def test_the_letters_of_an_answer_are_explained_below_it(form):
    assert typed(form, f"{LOSS / np.log(10)}", f"{GRADIENT}").endswith("Letters: N examples, true class c.")
    assert typed(form, "", f"{-GRADIENT}").endswith("Letters: probabilities s = softmax(z), one-hot labels y, true class c.")
    assert "Letters" not in typed(form, f"{LOSS}", f"{GRADIENT}")


def test_right_wrong_and_refused_look_different(form):
    first = "answer => getComputedStyle(answer.firstChild, '::before').content"
    seen = []
    for loss, gradient in [(LOSS, GRADIENT), (LOSS, -GRADIENT), (3, (N * GRADIENT).round().astype(int)), (LOSS, "x")]:
        typed(form, f"{loss}", f"{gradient}")
        seen.append(form.get_by_role("status").evaluate(first))
    assert len(set(seen)) == 4, seen


def test_the_form_answers_each_time_that_instant_navigation_loads_the_page(tab):
    tab.go("mistakes/")
    tab.page.evaluate("window.sameDocument = true")
    for _ in range(2):
        tab.page.locator(".md-nav--primary a[href$='/is-mine-right/']").click()
        tab.page.wait_for_url("**/is-mine-right/")
        tab.page.locator("#paste-table").wait_for(state="attached")
        tab.page.wait_for_load_state("networkidle")
        assert typed(tab.page.locator("form#paste"), "", str(GRADIENT)).startswith("The gradient is right")
        tab.page.locator(".md-nav--primary a[href$='/mistakes/']").click()
        tab.page.wait_for_url("**/mistakes/")
    assert tab.page.evaluate("window.sameDocument")

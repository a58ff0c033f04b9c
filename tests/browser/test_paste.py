"""'Paste your numbers' as a reader uses it: with the keyboard, and what a screen reader is given."""

import pytest

from machinery.content import paste
from snippets.loss_and_gradient import loss_and_gradient

LOSS, GRADIENT = loss_and_gradient(paste.LOGITS, paste.LABELS)


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


def test_the_keyboard_is_enough(form):
    assert typed(form, str(LOSS), str(GRADIENT)).startswith("Loss and gradient are right")
    answer = typed(form, str(LOSS), str(-GRADIENT))
    assert answer.startswith("Wrong.") and "Wrong sign" in answer
    form.page.keyboard.press("Tab")
    assert form.page.evaluate("document.activeElement.textContent") == "Wrong sign"
    form.page.keyboard.press("Enter")
    form.page.wait_for_url("**/mistakes/#wrong-sign")


def test_what_cannot_be_read_is_marked_where_it_stands(form):
    assert typed(form, "", "[[1, 2,\n 3, what]]") == "Gradient, line 2, column 5: can't read “what”."
    gradient = form.get_by_label("Gradient")
    assert gradient.get_attribute("aria-invalid") == "true" and form.get_by_label("Loss").get_attribute("aria-invalid") == "false"
    marked = "field => document.activeElement === field && field.value.slice(field.selectionStart, field.selectionEnd)"
    assert gradient.evaluate(marked) == "what"
    typed(form, "", str(GRADIENT))
    assert gradient.get_attribute("aria-invalid") == "false"


@pytest.mark.parametrize("first, second", [("Loss", "Gradient"), ("Gradient", "Loss")])
def test_what_is_pasted_is_answered_at_once(form, first, second):
    texts = {"Loss": str(LOSS), "Gradient": str(GRADIENT * 3)}
    for label in (first, second):
        field = form.get_by_label(label)
        field.evaluate("(field, text) => { field.value = text; field.dispatchEvent(new Event('paste')) }", texts[label])
    form.get_by_text("Forgot the batch mean").wait_for()


def test_a_screen_reader_is_given_names_a_hint_and_the_answer(form):
    typed(form, str(LOSS), str(-GRADIENT))
    heard = form.aria_snapshot()
    for part in ('- form "Paste your numbers"', '- textbox "Loss"', '- textbox "Gradient, 3 rows of 4"', '- button "Compare"',
                 "- status:", '- link "Wrong sign"'):  # fmt: skip
        assert part in heard, heard
    description = form.get_by_label("Gradient").evaluate(
        "field => field.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent).join(' ')"
    )
    assert "Brackets, commas" in description and "Wrong." in description


def test_it_answers_on_a_page_that_instant_navigation_brought(tab):
    tab.go("mistakes/")
    tab.page.evaluate("window.sameDocument = true")
    tab.page.locator(".md-nav--primary a", has_text="Is mine right?").click()
    tab.page.wait_for_url("**/is-mine-right/")
    assert typed(tab.page.locator("form#paste"), "", str(GRADIENT)).startswith("The gradient is right")
    assert tab.page.evaluate("window.sameDocument")

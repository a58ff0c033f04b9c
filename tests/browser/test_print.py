"""The summary fits on one printed page."""

import io

import pytest
from pypdf import PdfReader


def printed(tab):
    """Return the text of each sheet of A4."""
    # The style sheet sets the margins; no colours of the screen are printed.
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(tab.page.pdf(format="A4"))).pages]


@pytest.fixture
def summary(new_tab):
    tab = new_tab()
    tab.go("summary/")
    return tab


def test_the_summary_fits_on_one_sheet(summary):
    (sheet,) = printed(summary)
    for part in ("On one page", "Jacobian of the softmax", "def loss_and_gradient", "Look here first"):
        assert part in sheet


def test_a_summary_that_is_too_long_is_noticed(summary):
    summary.page.evaluate("document.querySelector('article').append(document.querySelector('article table').cloneNode(true))")
    assert len(printed(summary)) == 2

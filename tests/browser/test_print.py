"""Pages on paper."""

import io
import re

import pytest
from pypdf import PdfReader

from tests.browser.tab import PAGES, page_id
from tests.conftest import SITE_URL
from tests.fail_with_message import refuse

A4_INSIDE_MARGINS = 688  # px: 210 mm less twice the 14 mm of the style sheet, at 96 px an inch

CUT = """(width) => [...document.querySelectorAll("article mjx-container, article pre code, article table, article figure svg")]
  .filter((box) => box.checkVisibility() && box.getBoundingClientRect().width)
  .filter((box) => box.getBoundingClientRect().right > width + 1 || box.scrollWidth > Math.max(width, box.clientWidth + 1))
  .map((box) => box.dataset.tex || box.outerHTML.slice(0, 100))"""


def paper(tab):
    """Lay the page out as for an A4 sheet, with all folds closed; return what is cut off at its right edge."""
    tab.unfold(False)
    tab.page.emulate_media(media="print")
    tab.page.set_viewport_size({"width": A4_INSIDE_MARGINS, "height": 1000})
    tab.settle()
    return [f"cut on paper: {box}" for box in tab.page.evaluate(CUT, A4_INSIDE_MARGINS)]


def printed(tab):
    """Print the page; return its sheets."""
    return PdfReader(io.BytesIO(tab.page.pdf(format="A4", prefer_css_page_size=True))).pages


def text(sheets):
    return re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in sheets))


def addresses_on(sheets):
    notes = [note.get_object() for sheet in sheets for note in sheet.get("/Annots") or []]
    return [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]


NAVIGATION = ["Skip to content", "Type to start searching", "Table of contents", "Back to top", "Report an error on this page", "Copy to clipboard"]


# Hide what pypdf takes longest to read, and what contains neither navigation nor addresses.
UNREAD = "@media print { article :is(mjx-container, figure svg, pre code) { visibility: hidden } }"


def faults_on_paper(tab):
    found = paper(tab)
    tab.page.add_style_tag(content=UNREAD)
    sheets = printed(tab)
    words = text(sheets)
    found += [f"navigation on paper: {phrase}" for phrase in NAVIGATION if phrase in words]
    links = tab.page.locator("article a[href]:visible").evaluate_all("(links) => links.map((link) => link.href)")
    lost = {link for link in links if not link.startswith(tab.page.url + "#")} - set(addresses_on(sheets))
    found += [f"a link without its address: {link}" for link in sorted(lost)]
    readable = words.replace(" ", "")  # an address may go on in the next line
    own = tab.page.locator("link[rel=canonical]").get_attribute("href")
    outside = {link for link in links if not link.startswith(SITE_URL)}
    return found + [f"an address that is not printed: {address}" for address in sorted({own, *outside}) if address not in readable]


# The sample is every sixth page, with a notebook and plots among them.
@pytest.mark.sampled(6, 5)
@pytest.mark.parametrize("visited", PAGES, ids=page_id, indirect=True)
def test_on_paper_nothing_is_cut_off_and_each_link_has_its_address(visited):
    if wrong := faults_on_paper(visited):
        refuse(*(f"{visited.page.url}: {each}" for each in wrong))


LINK = '<td><a rel="external" href="https://example.org/{}/{}">x</a></td>'
ROWS = "".join(f"<tr>{LINK.format('left', f'{n:0300}')}{LINK.format('right', f'{n:0300}')}</tr>" for n in range(10))  # three sheets


@pytest.mark.parametrize("planted", [False, True])
def test_an_address_in_a_table_is_on_one_sheet(tab, plant, planted):
    split = "<style>.md-typeset tr { break-inside: auto !important }</style>" * planted
    tab.go(plant(f'<table style="width: 300px; table-layout: fixed">{ROWS}</table>{split}', "summary/"))
    assert any("https://example.org/" in fault for fault in faults_on_paper(tab)) == planted


@pytest.fixture
def summary(tab):
    tab.go("summary/")
    return tab


def test_the_summary_fits_on_one_sheet(summary):
    (sheet,) = printed(summary)
    for part in ("Formulas on one page", "Jacobian of the softmax", "def loss_and_gradient", "look here first"):
        assert part in text([sheet])
    width, height = map(float, sheet.mediabox[2:])
    assert abs(width - 595) <= 1 and abs(height - 842) <= 1  # A4 in points, rounded up from pixels


def test_a_summary_that_is_too_long_is_noticed(summary):
    summary.page.evaluate("document.querySelector('article').append(document.querySelector('article table').cloneNode(true))")
    assert len(printed(summary)) == 2


def test_faults_on_paper_are_noticed(tab, plant):
    tab.go(plant("""
        <mjx-container data-tex="planted" style="display: block; width: 900px">x</mjx-container> <p>Skip to content</p>
        <a id="planted" href="https://example.org/1">x</a> <a href="https://example.org/2">x</a>
        <script>
        addEventListener('beforeprint', () => planted.removeAttribute('href'))
        addEventListener('afterprint', () => planted.href = 'https://example.org/1')
        </script>
        <style>.md-typeset .address { display: none }</style>""", "summary/"))
    assert {
        "cut on paper: planted", "navigation on paper: Skip to content", "a link without its address: https://example.org/1",
        "an address that is not printed: https://example.org/2", f"an address that is not printed: {SITE_URL}summary/",
    } <= set(faults_on_paper(tab))

"""What is different on a phone: code beneath the copy button, hairlines that would show, the cells of a table name their columns, and the table of contents is in the drawer."""

import io

import pytest
from PIL import Image  # comes with matplotlib

LINES = """() => {
  const table = document.querySelector(".by-column table")
  const heads = [...table.querySelectorAll("th")].slice(1).map((head) => head.textContent)
  const lines = [...table.querySelectorAll("tbody tr:first-child td")].slice(1)
  return lines.map((line, i) => [heads[i], getComputedStyle(line, "::before").content.replaceAll('"', "")])
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_each_cell_names_its_column_on_a_phone_only(tab, width):
    tab.resize(width)
    tab.go("notation/")
    lines = tab.page.evaluate(LINES)
    assert len(lines) == 6
    assert [(head, name) for head, name in lines if width == 390 and not (name and head.startswith(name)) or width == 1280 and name != "none"] == []


SIZES = """() => {
  const texts = document.querySelectorAll(".md-nav--primary .md-nav--secondary .md-nav__link :is(.md-ellipsis, .md-typeset)")
  return [...new Set([...texts].map((text) => `${getComputedStyle(text).fontSize} ${getComputedStyle(text).lineHeight}`))]
}"""


def test_entries_of_the_contents_with_formulas_are_as_large_as_the_others(tab):
    tab.resize(390)
    tab.go("derivation/")
    assert tab.page.locator(".md-nav--primary .md-nav--secondary .md-typeset mjx-container").count()
    assert len(tab.page.evaluate(SIZES)) == 1
    tab.page.add_style_tag(content=".md-nav__link .md-typeset { font-size: 0.7rem }")
    assert len(tab.page.evaluate(SIZES)) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_hairline_shows_beside_a_formula_that_fits(new_tab, scheme):
    """On a phone, the edges of its box are between two pixels of the screen, and the shade of what goes on must not show there."""
    tab = new_tab(device_scale_factor=2)
    tab.go("")
    tab.appear(scheme, 390)
    image = Image.open(io.BytesIO(tab.page.locator(".equation-box").first.screenshot())).convert("RGB")
    edges = [image.crop((left, 0, left + 30, image.height)) for left in (0, image.width - 30)]
    assert all(high - low <= 2 for edge in edges for low, high in edge.getextrema()), [edge.getextrema() for edge in edges]  # 2: dithering


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_long_line_does_not_show_through_the_copy_button_and_its_end_can_be_scrolled_to(tab, scheme):
    tab.go("")
    tab.appear(scheme, 390)
    block = tab.page.locator("article .language-pytorch.highlight")
    block.scroll_into_view_if_needed()
    code, button = block.locator("code"), block.locator(".md-code__nav").bounding_box()
    assert code.evaluate("(code) => code.scrollWidth - code.clientWidth") > 60, "this line is no longer long enough to test it"
    corner = {key: button[key] for key in ("x", "y", "height")} | {"width": 390 - button["x"]}
    with_code = tab.page.screenshot(clip=corner)
    code.evaluate("(code) => { code.scrollLeft = code.scrollWidth }")
    assert code.evaluate("(code) => { const text = new Range(); text.selectNodeContents(code); return text.getBoundingClientRect().right }") <= button["x"]
    assert tab.page.screenshot(clip=corner) == with_code

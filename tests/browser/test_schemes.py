"""The colours of the reader's system: light or dark, followed until a reader chooses, and forced ones."""

import io

import numpy as np
import pytest
from PIL import Image  # comes with matplotlib

from tests.browser.tab import page_id

SCHEME = "document.body.dataset.mdColorScheme"


def test_the_system_is_followed_until_a_reader_chooses(tab):
    page = tab.page
    page.emulate_media(color_scheme="dark")
    tab.go("")
    assert page.evaluate(SCHEME) == "slate"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{SCHEME} === 'default'")
    page.reload()
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{SCHEME} === 'slate'")

    page.get_by_title("Switch to light mode").click()
    page.wait_for_function(f"{SCHEME} === 'default'")
    page.reload()
    assert page.evaluate(SCHEME) == "default"
    page.get_by_title("Switch to dark mode").click()
    page.get_by_title("Follow the system's mode").click()
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{SCHEME} === 'default'")


@pytest.mark.parametrize("planted", [False, True])
def test_a_dark_page_is_dark_before_the_theme_s_script_is_there(tab, swap, planted):
    without_script = swap("", '__md_get("__palette") || ', "0 && ")
    tab.page.emulate_media(color_scheme="dark")
    tab.page.route("**/bundle.*.js", lambda route: route.abort())
    tab.go(without_script if planted else "")
    assert tab.page.evaluate(SCHEME) == ("default" if planted else "slate")


def test_header_and_focus_have_the_colours_that_the_configuration_names(tab):
    tab.go("")

    def colours(primary, accent):
        tab.page.evaluate("(data) => Object.assign(document.body.dataset, data)", {"mdColorPrimary": primary, "mdColorAccent": accent})
        tab.page.keyboard.press("Tab")
        tab.page.locator(".md-header .md-logo").focus()
        tab.settle()
        return tab.page.evaluate(FRAME)

    assert colours("indigo", "pink") == ["rgb(64, 81, 181)", "rgb(255, 255, 255)", "rgb(245, 0, 86)"]  # Material's
    ours = colours("custom", "custom")
    tab.page.add_style_tag(content="[data-md-color-scheme] { --header: #010203; --on-header: #040506; --accent: #070809 }")
    assert colours("custom", "custom") == ["rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgb(7, 8, 9)"] != ours


FRAME = """(() => {
  const { backgroundColor, color } = getComputedStyle(document.querySelector(".md-header"))
  return [backgroundColor, color, getComputedStyle(document.activeElement).outlineColor]
})()"""


# What is drawn as a background, which forced colours remove. For each page: the element, how many pixels of its width
# count if not all, and which share of them must differ from the page.
DRAWN = {
    "": [(".probabilities .bar >> nth=2", None, 0.1), (".explorer .loss", None, 0.9), (".key.logits", 10, 0.3)],
    "derivation/": [(".md-code__button >> nth=0", None, 0.02)],
    "mistakes/": [("article summary >> nth=0", 20, 0.02)],
}
AS_FORCED = "*, *::before, *::after { forced-color-adjust: auto !important; background-color: #777 !important }"


def ink(page, selector, width):
    """Return the share of an element's pixels that differ from the page, which is black or white."""
    element = page.locator(selector)
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    shot = Image.open(io.BytesIO(page.screenshot(clip={**box, "width": width or box["width"]}))).convert("L")
    paper = 0 if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else 255
    return np.mean(abs(np.asarray(shot, int) - paper) > 60)


@pytest.mark.parametrize("address", DRAWN, ids=page_id)
def test_what_is_drawn_as_a_background_is_visible_with_forced_colours(tab, address):
    page, elements = tab.page, DRAWN[address]
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    tab.go(address)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        tab.settle()
        seen = {selector: ink(page, selector, width) for selector, width, _ in elements}
        assert [selector for selector, _, least in elements if seen[selector] < least] == []
        planted = page.add_style_tag(content=AS_FORCED)
        assert [selector for selector, width, least in elements if ink(page, selector, width) > seen[selector] - least / 2] == []
        planted.evaluate("(style) => style.remove()")

"""With the Tab key through a page: each stop is seen, and the last one is left again."""

import pytest

from tests.browser.tab import HEIGHTS
from tests.conftest import SITE_URL

# What has the focus, and whether it is seen: in the window, and covered by nothing. A switch without a size has a
# label that is drawn in its place, and an empty box of results has nothing to show yet.
STOP = """async () => {
  for (const frame of [1, 2]) await new Promise(requestAnimationFrame) // what slides into view is there then
  const focused = document.activeElement
  if (focused === document.body) return null
  const seen = focused.matches("input.md-option") ? focused.nextElementSibling : focused
  const { x, y, width, height } = seen.getBoundingClientRect()
  const top = document.elementFromPoint(x + width / 2, y + Math.min(height, innerHeight) / 2)
  const empty = focused.matches(".md-search__scrollwrap")
  return { name: `${focused.className} ${focused.textContent.trim()}`, seen: empty || (top !== null && (seen.contains(top) || top.contains(seen))) }
}"""


def unseen_stops(page):
    """Press Tab until the focus leaves the page; return the stops that nobody sees."""
    found = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return found
        if not stop["seen"]:
            found.append(stop["name"])
    raise AssertionError(f"the focus does not leave the page: {stop}")


@pytest.mark.parametrize("address, width", [("", 390), ("", 1280), ("is-mine-right/", 390)])
def test_each_stop_of_the_tab_key_is_seen(new_tab, address, width):
    page = new_tab(reduced_motion="reduce").page
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.goto(SITE_URL + address, wait_until="networkidle")
    assert unseen_stops(page) == []


def test_a_drawer_that_stays_closed_is_noticed(new_tab):
    page = new_tab(reduced_motion="reduce").page
    page.set_viewport_size({"width": 390, "height": HEIGHTS[390]})
    page.goto(SITE_URL, wait_until="networkidle")
    page.add_style_tag(content=".md-sidebar--primary { transform: none !important }")
    assert any("md-nav__link" in stop for stop in unseen_stops(page))


def test_the_skip_link_leads_past_the_navigation_and_folds_open(tab):
    page = tab.page
    page.goto(SITE_URL + "derivation/", wait_until="networkidle")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#the-derivation")
    page.wait_for_timeout(300)  # the theme moves to the anchor when it has noted the address
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")
    fold = page.locator("details.symbols")
    fold.locator("summary").press("Enter")
    assert fold.evaluate("(fold) => fold.open")

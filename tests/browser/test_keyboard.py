"""Walk through a page with the Tab key: each stop is visible, and in the end the focus leaves the page."""

import pytest

# What has the focus, and whether it is visible, at once or after it has slid into view: inside the window, and not
# covered by anything. For a switch without a size, its label counts, and an empty box of results need not be visible.
STOP = """async () => {
  const focused = document.activeElement
  if (focused === document.body) return null
  const stop = focused.matches("input.md-option") ? focused.nextElementSibling : focused
  const seen = () => {
    const { x, y, width, height } = stop.getBoundingClientRect()
    const top = document.elementFromPoint(x + width / 2, y + Math.min(height, innerHeight) / 2)
    return focused.matches(".md-search__scrollwrap") || (top !== null && (stop.contains(top) || top.contains(stop)))
  }
  for (let frame = 0; frame < 30 && !seen(); frame++) await new Promise(requestAnimationFrame)
  return { name: `${focused.className} ${focused.textContent.trim()}`, seen: seen() }
}"""


def unseen_stops(page):
    """Press Tab until the focus leaves the page; yield the stops that are not visible."""
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return
        if not stop["seen"]:
            yield stop["name"]
    raise AssertionError(f"after 200 presses of Tab, the focus is still on the page: {stop}")


@pytest.fixture
def still(tab):
    """A tab in which nothing moves."""
    tab.page.emulate_media(reduced_motion="reduce")
    return tab


@pytest.mark.parametrize("page, width", [("", 390), ("", 1280), ("is-mine-right/", 390)])
def test_each_stop_of_the_tab_key_is_seen(still, page, width):
    still.go(page)
    still.appear("light", width)
    assert list(unseen_stops(still.page)) == []


def test_a_drawer_that_stays_closed_is_noticed(still):
    still.go("")
    still.appear("light", 390)
    still.page.add_style_tag(content=".md-sidebar--primary { transform: none !important }")
    assert any("md-nav__link" in stop for stop in unseen_stops(still.page))


def test_the_skip_link_leads_past_the_navigation_and_folds_open(tab):
    tab.go("derivation/")
    page = tab.page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#the-derivation")
    page.wait_for_timeout(300)  # the theme moves to the anchor when it has noted the address
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")
    fold = page.locator("details.symbols")
    fold.locator("summary").press("Enter")
    assert fold.evaluate("(fold) => fold.open")

"""The same checks for each page on a laptop and on a phone, light and dark."""

from itertools import product

import pytest

from tests.browser.tab import HEIGHTS, PAGES, page_id
from tests.browser.test_copy import faults_of_copies

LOOKS = list(product(("light", "dark"), HEIGHTS))


def name(look):
    return "{}-{}".format(*look)


# The sample checks each page in one of the four looks, and its neighbours in the others; but it always checks both widths.
@pytest.mark.sampled
@pytest.mark.parametrize("look", LOOKS, ids=name)
def test_a_page_has_no_faults(visited, look):
    scheme, width = look
    (other,) = HEIGHTS.keys() - {width}
    visited.appear(scheme, other)  # while the folds are closed, because what is inside them is not drawn anew
    visited.unfold()
    found = [*misplaced(visited, other), *misplaced(visited, width), *visited.problems, *visited.raw_tex(), *visited.violations(), *visited.math()]
    assert not found, "\n".join([f"{visited.page.url}, {name(look)} px wide:", *found])


def misplaced(tab, width):
    tab.resize(width)
    tab.settle()  # the drawer slides
    return [f"{fault} of {width} px" for fault in [*tab.overflow(), *tab.covered()]]


# The sample is every second page, in whichever look it has. All blocks of all pages are run as their authors wrote them; here they come from
# the buttons.
@pytest.mark.sampled(2, 1)
@pytest.mark.parametrize("visited", PAGES, ids=page_id, indirect=True)
def test_what_copy_buttons_give_runs_alone_and_prints_what_the_page_shows(visited, site, tmp_path):
    assert faults_of_copies(visited, visited.weight.page, site, tmp_path) == []


def test_what_is_wrong_in_one_look_alone_is_noticed_there(tab, plant):
    styles = "".join(
        f"@media ({'min' if width == 1280 else 'max'}-width: 800px) {{ [data-md-color-scheme={'default' if scheme == 'light' else 'slate'}] "
        f"#{scheme}-{width} {{ color: #888; background: #999; min-width: 2000px }} }}"
        for scheme, width in LOOKS
    )
    tab.go(plant(f"<style>{styles}</style>" + "".join(f'<p id="{name(look)}">faint</p>' for look in LOOKS), "variants/"))
    for look in LOOKS:
        tab.appear(*look)
        for found in (misplaced(tab, look[1]), tab.violations()):
            assert len(found) == 1 and f'id="{name(look)}"' in found[0], found


def test_a_page_that_is_switched_to_dark_looks_like_one_that_is_loaded_dark(tab):
    tab.page.emulate_media(color_scheme="dark")
    tab.go("summary/")
    loaded = tab.page.evaluate(DRAWN_AS)
    tab.page.emulate_media(color_scheme="light")
    tab.go("summary/")
    assert tab.page.evaluate(DRAWN_AS) != loaded
    tab.appear("dark", 1280)
    assert tab.page.evaluate(DRAWN_AS) == loaded


# Left out are the button of the scheme, which shows the next scheme, and the inside of closed folds, which is not drawn.
DRAWN_AS = """[...document.querySelectorAll("body, body :not([for^=__palette])")].filter((element) => !element.closest("details:not([open]) > :not(summary)")).map((element) => {
  const { color, backgroundColor, backgroundImage, borderTopColor, fill, stroke, opacity, display } = getComputedStyle(element)
  return [element.localName, color, backgroundColor, backgroundImage, borderTopColor, fill, stroke, opacity, display].join()
})"""

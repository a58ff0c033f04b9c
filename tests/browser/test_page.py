"""Each page as it appears on a laptop and on a phone, by day and by night, by the same checks in each look."""

import pytest

from tests.browser.tab import COLOURS, STANDARDS

# Two looks have each scheme and each width; the other two differ from them in nothing but colours.
LOOKS = {("light", 1280): STANDARDS, ("dark", 390): STANDARDS, ("dark", 1280): COLOURS, ("light", 390): COLOURS}
FIRST, OTHERS = list(LOOKS)[:2], list(LOOKS)[2:]


def name(look):
    return "{}-{}".format(*look)


@pytest.mark.parametrize("look", FIRST, ids=name)
def test_page(visited, look):
    check(visited, *look)


@pytest.mark.sampled
@pytest.mark.parametrize("look", OTHERS, ids=name)
def test_colours(visited, look):
    check(visited, *look)


def check(visited, scheme, width):
    visited.unfold()
    visited.appear(scheme, width)
    found = [*visited.problems, *visited.raw_tex(), *visited.overflow(), *visited.violations(LOOKS[scheme, width])]
    found += visited.math() if scheme == "light" else []  # a scheme has no fonts of its own
    assert not found, "\n".join([f"{visited.page.url}, {scheme}, {width} px wide:", *found])


@pytest.mark.parametrize("only", LOOKS)
def test_what_is_wrong_in_one_look_alone_is_noticed_there(tab, plant, only):
    scheme, width = only
    selector = f"[data-md-color-scheme={'default' if scheme == 'light' else 'slate'}] .planted"
    media = f"({'min' if width == 1280 else 'max'}-width: 800px)"
    tab.go(plant(f"""<style>@media {media} {{ {selector} {{ color: #888; background: #999; min-width: 2000px }} }}</style>
        <p class="planted">faint</p>""", "variants/"))
    for look in LOOKS:
        tab.appear(*look)
        assert bool(tab.overflow()) == (look == only)
        assert any(found.startswith("axe color-contrast: ") for found in tab.violations(LOOKS[look])) == (look == only)


def test_a_page_that_turns_dark_is_the_one_that_is_loaded_dark(tab):
    tab.page.emulate_media(color_scheme="dark")
    tab.go("derivation/")
    loaded = tab.page.evaluate(DRAWN_AS)
    tab.page.emulate_media(color_scheme="light")
    tab.go("derivation/")
    assert tab.page.evaluate(DRAWN_AS) != loaded
    tab.appear("dark", 1280)
    assert tab.page.evaluate(DRAWN_AS) == loaded


# But for the scheme's button, which says what comes next, and what is inside a closed fold, which is not drawn.
DRAWN_AS = """[...document.querySelectorAll("body, body :not([for^=__palette])")].filter((element) => !element.closest("details:not([open]) > :not(summary)")).map((element) => {
  const { color, backgroundColor, backgroundImage, borderTopColor, fill, stroke, opacity, display } = getComputedStyle(element)
  return [element.localName, color, backgroundColor, backgroundImage, borderTopColor, fill, stroke, opacity, display].join()
})"""

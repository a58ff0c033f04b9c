"""Plant each defect that a check in the browser is there for, and see whether it is noticed."""

import re

import pytest

from tests.browser import conftest
from tests.browser.tab import MISSING


@pytest.fixture
def planted(tab, plant):
    """A function that returns a tab with a page and a piece of HTML in it."""

    def planted(html):
        tab.go(plant(html, "variants/"))
        tab.appear("light", 390)
        return tab

    return planted


def test_errors_and_requests_are_noticed(planted):
    tab = planted("""
        <script>console.error('planted')</script> <script>throw Error('thrown')</script>
        <img src="nowhere.png" alt="x"> <img src="https://cdn.example/1" alt="x"> <script>fetch('https://cdn.example/2')</script>
    """)
    tab.page.wait_for_function("document.readyState === 'complete'")
    for problem in ["console error: planted", "script error: thrown", "failed request: 404"] + [f"request to another host: https://cdn.example/{n}" for n in (1, 2)]:
        assert any(found.startswith(problem) for found in tab.problems), (problem, tab.problems)


AXE_FINDS = {
    '<img src="assets/images/favicon.png">': "image-alt",
    '<button class="planted"></button>': "button-name",
    '<p style="color: #aaa; background: #fff">faint</p>': "color-contrast",
    '<div style="background: #444"><p id="same">a text as all others, on another ground</p></div>': "color-contrast",
    "<h5>skips two levels</h5>": "heading-order",
    '<div style="overflow: auto; width: 9em; height: 2em"><p style="width: 30em">x</p></div>': "scrollable-region-focusable",
    '<p>A text with <a href="x" style="color: #222; text-decoration: none">a hidden link</a> in it.</p>': "link-in-text-block",
}


def test_what_axe_must_find_is_found(planted):
    found = planted("".join(AXE_FINDS)).violations()
    assert sorted(line.split(": ")[0] for line in found) == sorted(f"axe {rule}" for rule in AXE_FINDS.values()), found


def test_what_is_wider_than_the_window_is_noticed_unless_it_is_in_a_box_that_scrolls(planted):
    found = planted("""
        <div id="1" style="width: 2000px">wide</div> <p id="2" style="position: relative; left: 300px">moved</p>
        <div id="3" style="overflow: auto" tabindex="0"><p style="width: 2000px">x</p></div>""").overflow()
    assert [re.search('id="(.)', line)[1] for line in found] == ["1", "2"]
    assert planted('<p style="white-space: nowrap">' + 50 * "a line that does not break ").overflow() == ["wider than the window: the page"]


def test_controls_that_lie_on_each_other_are_noticed(planted):
    found = planted("""
        <form style="position: relative"><label>below <input type="radio"></label> <button style="position: absolute; left: 0">upon</button></form>
        <form><label>beside <input type="radio"></label> <button>another</button></form>""").covered()
    assert len(found) == 1 and "upon" in found[0] and "below" in found[0], found


def test_raw_tex_is_noticed(planted):
    found = planted(r"""<p>\(x\)</p> <p title="\frac{1}{2}">x</p> <script>document.title = '$$x$$'</script>""").raw_tex()
    assert sorted(found) == ["raw TeX: $$x$$", r"raw TeX: \(x\)", r"raw TeX: \frac{1}{2}"]


def test_missing_fonts_are_noticed(tab):
    tab.page.route("**/*.woff2", lambda route: route.abort())
    tab.go("summary/")
    assert any(re.match(r"formula: . is drawn in ", found) for found in tab.math())
    assert any(found.startswith("failed request: ") for found in tab.problems)


def test_formulas_that_are_not_drawn_are_noticed(tab):
    tab.go("summary/")
    tab.page.add_style_tag(content="mjx-math { display: none !important }")
    assert tab.math() == ["no formula is drawn"]


def test_a_missing_page_is_no_problem_but_a_missing_style_sheet_is(tab):
    tab.page.route("**/*.css", lambda route: route.abort())
    tab.go(MISSING)
    assert tab.problems and all("failed request" in found or "console" in found for found in tab.problems)


def test_without_a_browser_tests_are_skipped_and_in_ci_they_fail(monkeypatch):
    monkeypatch.setattr(conftest.shutil, "which", lambda command: None)
    monkeypatch.setattr(conftest, "PLACES", ())
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt install chromium"):
        conftest.find_chromium()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt install chromium"):
        conftest.find_chromium()

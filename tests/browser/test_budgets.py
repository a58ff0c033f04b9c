"""Each page keeps to the budget of bytes and of layout shift in budgets.py, and whatever breaks it is noticed.

A table at the end of the run shows what was measured.
"""

import random
import re

import pytest

from tests.browser import budgets
from tests.browser.budgets import SHIFT, weigh
from tests.browser.tab import source
from tests.browser.test_reading import follow_next
from tests.conftest import SITE_URL
from tests.fail_with_message import refuse


def test_a_page_is_within_the_budget(visited, record_property):
    record_property("weight", visited.weight.row())
    if wrong := visited.weight.over_budget():
        refuse(*(f"{SITE_URL}{visited.weight.page}: {each}" for each in wrong))


def test_the_next_page_is_one_request(tab):
    with (  # a busy machine may get to these only after the network was idle
        tab.page.expect_request_finished(lambda request: request.url.endswith("/sitemap.xml")),
        tab.page.expect_request_finished(lambda request: request.url.endswith("/search_index.json")),
    ):
        tab.page.goto(SITE_URL + "derivation/", wait_until="networkidle")
    requests = []
    tab.page.on("request", lambda request: requests.append(request.url))
    page = follow_next(tab)
    tab.page.wait_for_load_state("networkidle")
    icon = tab.page.locator("link[rel=icon]").evaluate("(link) => link.href")  # whatever a course calls it; the browser has it already
    assert [url for url in requests if url != icon] == [SITE_URL + page]


def test_the_search_is_fetched_with_the_first_question(tab):
    fetched = []
    parts = re.compile(r"softmax/search/full_index\.json$|softmax/assets/javascripts/workers/.*")
    tab.page.on("response", lambda response: fetched.extend(parts.findall(response.url)))
    tab.page.goto(SITE_URL, wait_until="networkidle")
    assert fetched == []
    tab.page.keyboard.press("/")
    for question, page in [("jacobian", "routes/jacobian/"), ("temperature", "variants/soft-labels/")]:
        tab.page.keyboard.press("Control+A")
        tab.page.keyboard.type(question)
        tab.page.locator(f".md-search-result__item a[href*='{page}']").first.wait_for()
    assert len(fetched) == 2


def test_a_search_that_failed_without_a_network_works_when_the_network_is_back(new_tab):
    tab = new_tab()  # with an empty cache
    tab.page.goto(SITE_URL, wait_until="networkidle")
    tab.page.context.set_offline(True)
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("jaco")
    tab.page.wait_for_timeout(200)
    tab.page.context.set_offline(False)
    tab.page.keyboard.type("bian")
    tab.page.locator(".md-search-result__item").first.wait_for()


NOISE = "".join(random.Random(0).choices("0123456789abcdef", k=40_000))  # 4 bits each: gzip makes 20 kB of it
LATE = """<script>addEventListener("load", () => document.querySelector("article").prepend(
Object.assign(document.createElement("p"), { style: "height: 10rem" })))</script>"""


@pytest.mark.parametrize(
    "where, with_what, found",
    [
        ("</article>", f"<!-- {NOISE} --></article>", "page: "),
        ('<div class="md-sidebar md-sidebar--secondary"', f'<!-- {NOISE} --><div class="md-sidebar md-sidebar--secondary"', "navigation: "),
        ("</body>", f"{LATE}</body>", "shift: "),
        ("</head>", '<script src="javascripts/copy.js"></script></head>', "no text is drawn without javascripts/copy.js"),
    ],
    ids=["20 kB more", "20 kB more in the navigation", "an element that comes late", "a script before the text"],
)
def test_what_breaks_the_budget_is_noticed(tab, server, site, monkeypatch, where, with_what, found):
    if found.startswith("no text"):
        monkeypatch.setattr(budgets, "PATIENCE", 1000)  # it never comes
    page = source(site, "")
    assert page.count(where) == 1
    html = page.replace(where, with_what)
    problems = weigh(tab.page, server.plant("", html), html).over_budget()
    assert any(problem.startswith(found) for problem in problems), problems


def test_new_pages_break_the_budget_of_no_other(tab, server, site):
    page = "is-mine-right/"  # the one with the least room
    lines = "".join(f'<li class="md-nav__item"><a href="../new-{n}/" class="md-nav__link">A new page, {n}</a></li>' for n in range(10))
    html = source(site, page).replace('<ul class="md-nav__list"', f"<ul>{lines}</ul><ul class=\"md-nav__list\"", 1)
    assert weigh(tab.page, server.plant(page, html), html).over_budget() == []


# The styles that keep a long table's columns in their place, and a table's cells below each other on a phone
ROWS, BELOW = "fixed-columns", ".rows table"


@pytest.mark.parametrize(
    "page, width, without",
    [
        ("notation/", 1280, ""), ("notation/", 1280, ROWS), ("notation/", 390, ""),
        ("summary/", 390, ""), ("summary/", 390, BELOW), ("", 1280, ""),
    ],
)
def test_the_first_part_of_a_page_does_not_move_while_the_rest_arrives(tab, site, page, width, without):
    tab.resize(width)
    if without:
        css = (site / "stylesheets/site.css").read_text("utf-8")
        assert without in css
        css = css.replace(without, ".planted")
        tab.page.route("**/stylesheets/site.css", lambda route: route.fulfill(body=css, content_type="text/css"))
    tab.page.goto(SITE_URL + page + "?slowly")
    tab.settle()
    shift, moved = tab.page.evaluate("[seen.shift, seen.moved]")
    assert (shift > SHIFT / 2) == bool(without), (shift, moved)


FONTS_AT_THE_ARTICLE = """new MutationObserver(() => {
  if (document.querySelector("article")) window.fonts ??= [...document.fonts].map((font) => font.status)
}).observe(document, { subtree: true, childList: true })"""


@pytest.mark.parametrize("planted", [False, True])
def test_the_fonts_of_formulas_are_loaded_before_the_text(new_tab, swap, planted):
    without_script = swap("summary/", "document.fonts.forEach(font => font.load())", "")
    tab = new_tab()
    tab.page.add_init_script(FONTS_AT_THE_ARTICLE)
    tab.go(without_script if planted else "summary/")
    assert ("unloaded" in tab.page.evaluate("fonts")) == planted

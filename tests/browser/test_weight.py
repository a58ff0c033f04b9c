"""Each page within the budget of bytes and of shift; planted, what would break it is noticed.

The table of what was measured stands at the end of the run.
"""

import random
import re

import pytest

from tests.browser.tab import MISSING, addresses, page_id
from tests.browser.weight import OBSERVE, SHIFT, weigh
from tests.conftest import SITE_URL

PAGES = ["404.html" if page == MISSING else page for page in addresses()]


def html(site, page):
    return (site / page / "index.html" if page.endswith("/") or not page else site / page).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_page_is_within_the_budget(browser, site, page, record_property):
    weight = weigh(browser, page, html(site, page))
    record_property("weight", weight.row())
    assert weight.over_budget() == []


def test_the_next_page_is_one_request(new_tab):
    tab = new_tab()
    tab.page.goto(SITE_URL + "notation/", wait_until="networkidle")
    requests = []
    tab.page.on("request", lambda request: requests.append(request.url))
    tab.page.locator(".md-footer__link--next").click()
    tab.page.wait_for_function("document.querySelector('h1').textContent.startsWith('The derivation')")
    tab.page.wait_for_load_state("networkidle")
    assert [url for url in requests if "favicon" not in url] == [SITE_URL + "derivation/"]  # the icon it has


def test_the_search_is_fetched_with_the_first_question(new_tab):
    tab = new_tab()
    fetched = []
    parts = re.compile(r"softmax/search/full_index\.json$|softmax/assets/javascripts/workers/.*")
    tab.page.on("response", lambda response: fetched.extend(parts.findall(response.url)))
    tab.page.goto(SITE_URL, wait_until="networkidle")
    assert fetched == []
    tab.page.keyboard.press("/")
    for question, page in [("jacobian", "routes/jacobian/"), ("temperature", "variants/temperature/")]:
        tab.page.keyboard.press("Control+A")
        tab.page.keyboard.type(question)
        tab.page.locator(f".md-search-result__item a[href*='{page}']").first.wait_for()
    assert len(fetched) == 2


# Without the network, the first question brings nothing, a later one does.
def test_a_search_without_a_network_is_made_up_for(new_tab):
    tab = new_tab()
    tab.page.goto(SITE_URL, wait_until="networkidle")
    tab.context.set_offline(True)
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("jaco")
    tab.page.wait_for_timeout(200)
    tab.context.set_offline(False)
    tab.page.keyboard.type("bian")
    tab.page.locator(".md-search-result__item").first.wait_for()


NOISE = "".join(random.Random(0).choices("0123456789abcdef", k=40_000))  # 4 bits each: gzip makes 20 kB of it
LATE = """<script>addEventListener("load", () => document.querySelector("article").prepend(
Object.assign(document.createElement("p"), { style: "height: 10rem" })))</script>"""


@pytest.mark.parametrize(
    "where, with_what, found",
    [
        ("</article>", f"<!-- {NOISE} --></article>", "page: "),
        ("</body>", f"{LATE}</body>", "shift: "),
        ("</head>", '<script src="javascripts/copy-tex.js"></script></head>', "no text is drawn without javascripts/copy-tex.js"),
    ],
    ids=["20 kB more", "an element that comes late", "a script before the text"],
)
def test_what_breaks_the_budget_is_noticed(browser, site, where, with_what, found):
    page = html(site, "")
    assert page.count(where) == 1
    problems = weigh(browser, "", page.replace(where, with_what), planted=True).over_budget()
    assert any(problem.startswith(found) for problem in problems), problems


@pytest.mark.parametrize(
    "page, planted",
    [("notation/", False), ("notation/", True), ("glossary/", False)],
    ids=["notation", "columns as wide as their rows so far", "glossary"],
)
def test_a_long_table_does_not_move_while_its_rows_arrive(new_tab, site, page, planted):
    tab = new_tab()
    if planted:
        (sheet,) = (site / "assets/stylesheets").glob("site.*.css")
        css = sheet.read_text("utf-8")
        assert "fixed-columns" in css
        tab.page.route(f"**/{sheet.name}", lambda route: route.fulfill(body=css.replace("fixed-columns", "planted"), content_type="text/css"))
    tab.page.add_init_script(OBSERVE)
    tab.page.goto(SITE_URL + page + "?slowly")
    tab.settle()
    shift, moved = tab.page.evaluate("[seen.shift, seen.moved]")
    assert (shift > SHIFT) == planted, (shift, moved)

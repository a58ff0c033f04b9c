"""Reading from page to page: by clicking, back and forward, without JavaScript, and from the folder without a server."""

import re
from urllib.parse import urljoin

import pytest

from tests.browser.tab import PAGES, page_id, source
from tests.conftest import SITE_URL

CONTENTS = ".md-sidebar--secondary .md-nav__link"
NEXT = re.compile(r'<a href="([^"]*)" class="md-footer__link md-footer__link--next"')


def follow_next(tab):
    """Click on the link to the next page; return its address."""
    link = tab.page.locator(".md-footer__link--next")
    url = link.evaluate("(link) => link.href")
    link.click()
    arrive(tab, url)
    return url.removeprefix(SITE_URL)


def arrive(tab, url):
    """Wait until the page at url is there, title and formulas included."""
    tab.page.wait_for_url(url)
    tab.page.wait_for_function("(url) => document.querySelector('link[rel=canonical]').href === url", arg=url)
    tab.settle()


def missing_math(tab):
    """Return what is wrong with the formulas, and whether the whole page was loaded instead of its content."""
    tab.unfold()
    found = tab.math()
    if not tab.page.evaluate("window.stillHere"):
        found.append("the page was loaded as a whole: instant navigation did not work")
    return [*found, *tab.problems]


def chain(site):
    """Return the pages in the order in which the link to the next page leads through them."""
    pages = [""]
    while link := NEXT.search(source(site, pages[-1])):
        pages.append(urljoin(SITE_URL + pages[-1], link[1]).removeprefix(SITE_URL))
    return pages


def test_the_links_to_the_next_page_reach_every_page(site):
    assert {*PAGES} - {*chain(site)} == {"checked/", "contributing/"}  # each page links them at its foot


def test_a_link_within_a_page_closes_nothing(tab):
    tab.go("derivation/")
    opened = tab.page.locator("article details").first
    opened.locator("summary").click()
    for entry in (2, 1):
        tab.page.locator(CONTENTS).nth(entry).click()
        tab.page.wait_for_function("number => document.querySelectorAll('article h2')[number].matches(':target')", arg=entry)
    tab.page.go_back()
    tab.page.wait_for_function("document.querySelectorAll('article h2')[2].matches(':target')")
    tab.settle()
    assert opened.evaluate("fold => fold.open")


def test_the_contents_mark_the_section_that_was_chosen(tab):
    tab.go("variants/weights/")
    tab.page.locator(CONTENTS).nth(1).click()
    wait_until_marked(tab, 1)
    tab.page.evaluate("""document.body.insertAdjacentHTML(
        'beforeend', '<style>body .md-typeset :target { --md-scroll-margin: 3.6rem }</style>')""")  # as the theme has it
    wait_until_marked(tab, 0)


def wait_until_marked(tab, number):
    """Scroll away and to the section again, until the contents mark their entry `number` some frames later.

    The entry is looked up each time: the theme fetches the page anew at the first click.
    """
    tab.page.wait_for_function(MARKED, arg=[CONTENTS, number])


MARKED = """([contents, number]) => {
  window.frame = ((window.frame ?? -1) + 1) % 8
  if (window.frame) document.querySelector(":target")?.scrollIntoView()
  else scrollBy(0, -300)
  return window.frame === 7
    && document.querySelectorAll(contents)[number]?.classList.contains("md-nav__link--active")
}"""


@pytest.mark.sampled(6, 3)
@pytest.mark.parametrize("part", range(6))
def test_pages_reached_by_clicking_and_back_and_forward(tab, site, part):
    """A sixth of the pages, one after another."""
    pages = chain(site)
    first, last = part * len(pages) // 6, (part + 1) * len(pages) // 6
    tab.go(pages[first])
    tab.page.evaluate("window.stillHere = true")
    seen, found = pages[first : first + 1], {}
    while seen[-1] != pages[min(last, len(pages) - 1)]:
        seen.append(follow_next(tab))
        found[f"clicked to /{seen[-1]}"] = missing_math(tab)

    assert len(seen) > 3
    for page in seen[-2:-5:-1]:
        tab.page.go_back()
        arrive(tab, SITE_URL + page)
        found[f"back to /{page}"] = missing_math(tab)
    for page in seen[-3:]:
        tab.page.go_forward()
        arrive(tab, SITE_URL + page)
        found[f"forward to /{page}"] = missing_math(tab)
    assert {place: problems for place, problems in found.items() if problems} == {}


def test_a_page_that_is_loaded_without_instant_navigation_is_noticed(tab):
    tab.page.route("**/sitemap.xml", lambda route: route.fulfill(status=200, body="<urlset/>"))
    tab.go("")
    tab.page.evaluate("window.stillHere = true")
    follow_next(tab)
    assert "the page was loaded as a whole: instant navigation did not work" in missing_math(tab)


# The article's text, without controls and without programs that can be downloaded, and for each plot whether it is large enough to read
CONTENT = """() => {
  const style = document.head.appendChild(document.createElement("style"))
  style.textContent = "button, .numbers form, .headerlink, .brought:has(a[download]) pre { display: none !important }"
  const text = document.querySelector("article").innerText
  style.remove()
  return [text, [...document.querySelectorAll("article figure svg, article img")].map((plot) => plot.getBoundingClientRect().width > 200)]
}"""


def lost_without_javascript(with_it, without):
    """Return the lines of a page that need JavaScript, and what is wrong with its formulas and plots."""
    contents = []
    for tab in (with_it, without):
        tab.unfold()
        text, plots = tab.page.evaluate(CONTENT)
        contents.append(([line.strip() for line in text.split("\n") if line.strip()], plots))
    (lines, plots), (lines_without, plots_without) = contents
    lost = sorted(set(lines) - set(lines_without))
    if plots != plots_without:
        lost.append("a plot")
    return lost + without.math()


# The sample is every eighth page. It has each kind of part that a script could write: formulas, code, folds, tables, a plot, a form.
@pytest.mark.sampled(8, 1)
@pytest.mark.parametrize("visited", PAGES, ids=page_id, indirect=True)
def test_a_page_is_complete_without_javascript(visited, without_javascript):
    visited.appear("light", 1280)
    without_javascript.page.goto(visited.page.url)
    without_javascript.settle()
    assert lost_without_javascript(visited, without_javascript) == []


def test_text_that_only_a_script_writes_is_noticed(tab, without_javascript, plant):
    page = plant("<p id=late></p><script>late.textContent = 'written late'</script>")
    tab.go(page)
    without_javascript.go(page)
    assert lost_without_javascript(tab, without_javascript) == ["written late"]


def test_pages_opened_from_the_folder_have_styles_and_formulas_and_lead_to_each_other(new_tab, site):
    tab = new_tab(offline=True)
    tab.page.goto((site / "index.html").as_uri())
    for selector in (".md-footer__link--next", ".md-nav a[href$='/']:not(.md-nav__link--active)", ".md-logo"):
        link = tab.page.locator(f"{selector}:visible").first
        url = link.evaluate("(link) => link.href")
        link.click()
        tab.page.wait_for_url(url + "index.html")
        tab.settle()
        assert tab.math() == []
        assert tab.page.locator(".md-header").evaluate("(header) => getComputedStyle(header).position") == "sticky"


def test_from_the_folder_there_is_no_search_and_the_page_says_why(tab, site):
    page = tab.page
    for address, there in [(SITE_URL, True), ((site / "index.html").as_uri(), False)]:
        page.goto(address)
        for width in (1280, 390):
            tab.resize(width)
            assert (page.locator(".md-search__input:visible, .md-header__button[for=__search]:visible").count() > 0) == there, f"{address}, {width} px"
            assert ("Search needs a server" in page.locator("article").inner_text()) != there, f"{address}, {width} px"


def test_from_the_folder_code_can_be_copied_and_the_explorer_moves(new_tab, site):
    tab = new_tab(offline=True)
    tab.page.goto((site / "index.html").as_uri())
    tab.page.locator(".highlight .md-code__button").first.wait_for()
    tab.page.get_by_label("Logit z 1").fill("3")
    assert tab.page.locator(".explorer output").inner_text() != "1.4076"

"""The page for an address that is not there, and the pages at old addresses."""

import pytest

from tests.browser.tab import MISSING
from tests.conftest import SITE_URL


def test_a_missing_page_offers_a_search_and_links_into_the_site(tab):
    tab.go(MISSING)
    assert tab.page.locator("article a").evaluate_all("(links) => links.map((link) => link.href)") == [
        SITE_URL + page for page in ("", "derivation/", "code/", "is-mine-right/", "notation/")
    ]
    tab.page.get_by_label("Words to search for").fill("one hot")
    tab.page.get_by_label("Words to search for").press("Enter")
    tab.page.locator(".md-search-result__item").first.wait_for()
    assert tab.page.url == SITE_URL + "?q=one+hot"


@pytest.mark.parametrize(("old", "new"), [("training/", "network/"), ("large-arrays/", "cost/#why"), ("large-arrays/#the-digits", "cost/#the-digits")])
def test_an_old_address_leads_to_the_new_page_and_to_the_anchor_that_is_asked_for(tab, old, new):
    tab.page.goto(SITE_URL + old)
    tab.page.wait_for_url(SITE_URL + new)

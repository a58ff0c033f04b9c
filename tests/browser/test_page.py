"""Each page as it appears on a laptop and on a phone, by day and by night."""

import pytest

from tests.browser.tab import addresses, page_id


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", addresses(), ids=page_id)
def test_page(visit, page, scheme, width):
    tab = visit(page, scheme, width)
    found = [*tab.problems, *tab.raw_tex(), *tab.overflow(), *tab.math()]
    found += tab.violations(["color-contrast"] if scheme == "dark" else None)  # by night only colours differ
    assert not found, "\n".join([f"/{page}, {scheme}, {width} px wide:", *found])

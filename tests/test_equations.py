"""Every relation of every page, evaluated."""

import pytest

from machinery.equations import check_site
from machinery.pages import DOCS, notebooks

PAGES = {path.relative_to(DOCS).as_posix(): path for path in [*sorted(DOCS.rglob("*.md")), *notebooks()]}
REPORTS = check_site({name: path.read_text("utf-8") for name, path in PAGES.items()})


@pytest.mark.parametrize("relation", [r for report in REPORTS.values() for r in report.relations], ids=lambda r: r.id)
def test_relation_holds(relation):
    if relation.message:
        pytest.fail(relation.message, pytrace=False)


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_passed_over(name):
    assert not REPORTS[name].refusals, "\n".join(REPORTS[name].refusals)

"""A course makes the site its own by changing `mkdocs.yml` and `docs/`: name, logo, colours, announcement, fewer pages."""

import re
import shutil
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from pathspec import GitIgnoreSpec

from machinery.content import dropped
from machinery.sources import ROOT, texts
from tests import built_site, course


def test_a_course_shows_its_own_name_logo_and_announcement_and_none_of_the_pages_that_it_drops(copy):
    copy.keep()
    copy.add_cell("Read [why *not*](numbers.ipynb#first-aid), [then](variants/hessian.md) [this](why.md).", kind="markdown")
    copy.append("docs/notation.md", "\nAnd [the bend\nof it](variants/hessian.md#a-covariance-matrix).\n")
    course.make(copy.root)
    code, output = copy.build()
    assert code == 0, output
    site = copy.root / "site"
    assert built_site.dead_links(site, course.ADDRESS) == []
    pages = [re.sub(r"(index)?\.(md|ipynb)$", "", name) for name in course.DROPPED]
    assert not [page for page in pages if (site / page).exists()]

    home = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    assert home.title.get_text() == course.NAME and course.ANNOUNCEMENT in str(home.select_one(".md-banner"))
    assert (site / home.select_one(".md-logo img")["src"]).read_text("utf-8") == course.LOGO
    assert [link["href"] for link in home.select(".md-nav a[href]") if any(page in link["href"] for page in pages)] == []

    line = len((copy.root / "docs/notation.md").read_text("utf-8").splitlines()) - 1
    assert f"\ndocs/notation.md:{line}: [the bend of it](variants/hessian.md#a-covariance-matrix)\n" in output, output
    assert "\ndocs/gradient-check.ipynb, cell 2: [why *not*](numbers.ipynb#first-aid)\n" in output, output
    for text in (site / "gradient-check/index.html", site / "gradient-check/gradient-check.ipynb"):
        assert re.search(r"Read why (<em>|\*)not", text.read_text("utf-8"))
    assert f"then [this]({course.ADDRESS}why/)" in text.read_text("utf-8")


@pytest.mark.parametrize(("lines", "message"), [
    ("pictures/\ncost.ipynb\nvariants/hessian.md", ""),
    ("costs.ipynb", "nothing in docs/ is called costs.ipynb"),
    ("notation.md", "notation.md can't be dropped, because the legend of every page leads to it"),
    ("mistakes.ipynb", "mistakes.ipynb can't be dropped, because is-mine-right.md leads to it"),
    ("mistakes.ipynb\nis-mine-right.md", ""),
])
def test_what_cannot_be_dropped_is_named(lines, message):
    files = Files([File(name, "docs", "site", True) for name in (*texts(), "pictures/push.py")])
    config = SimpleNamespace(exclude_docs=GitIgnoreSpec.from_lines(lines.split("\n")))
    if not message:
        return dropped.refuse_wrong(files, config)
    with pytest.raises(PluginError, match=re.escape(message)):
        dropped.refuse_wrong(files, config)


def test_dropped_pages_come_back_for_the_tests_that_look_at_them(tmp_path):
    (tmp_path / "docs/assets").mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    course.make(tmp_path)
    once = (tmp_path / "mkdocs.yml").read_text("utf-8")
    course.make(tmp_path)
    assert (tmp_path / "mkdocs.yml").read_text("utf-8") == once, "making a course of a course has changed it once more"
    assert sorted(course.dropped(tmp_path)) == sorted(course.DROPPED)
    course.take_back(tmp_path)
    assert not course.dropped(tmp_path)

"""The tables that the build makes count what the tests run."""

from types import SimpleNamespace

import pytest
from pytest_codeblocks.main import extract_from_file

from machinery.content import tables
from machinery.content.compared_frameworks import RECORDED
from machinery.content.minutes import count, too_long
from machinery.sources import DOCS, read_notebook
from tests import built_site
from tests.fail_with_message import refuse
from tests.pages import navigation
from tests.test_equations import REPORTS


def rows(site, head):
    page = built_site.page(site, "checked")
    (table,) = [table for table in page.find_all("table") if table.th.get_text() == head]
    return [[cell.get_text() for cell in row.find_all("td")] for row in table.tbody.find_all("tr")]


def test_the_table_of_pages_counts_what_the_tests_run(site):
    *pages, total = rows(site, "Page")
    assert [row[0] for row in pages] == list(navigation().values())
    for name, (title, equations, blocks, outputs, minutes) in zip(navigation(), pages):
        path = DOCS / name
        assert int(equations or 0) == len(REPORTS[name].claims), title
        if path.suffix == ".ipynb":
            assert int(blocks) == sum(cell.cell_type == "code" for cell in read_notebook(path).cells), title
        else:
            run = [block for block in extract_from_file(path) if block.syntax == "python"]
            assert int(blocks or 0) == len(run), title
            assert int(outputs or 0) == sum(block.expected_output is not None for block in run), title
        assert int(minutes.removesuffix(" in all")) >= 1
    assert total[1:] == [str(sum(int(row[column].removesuffix(" in all") or 0) for row in pages)) for column in range(1, 5)]


def long_pages(pages):
    """Return a message for each page that is read from beginning to end, and takes too long."""
    rows = [(title, int(minutes.removesuffix(" in all")), minutes.endswith("in all")) for title, *_, minutes in pages]
    return {title: message for title, *page in rows if (message := too_long(*page))}


def test_a_page_is_read_in_ten_minutes(site):
    *pages, _ = rows(site, "Page")
    if found := long_pages(pages):
        refuse(*(f"{title}: {message}" for title, message in found.items()))
    long = [[title, *cells, minutes.removesuffix(" in all")] for title, *cells, minutes in pages]
    assert {"Mistakes", "Exercises"} <= long_pages(long).keys()


def test_the_table_of_variants_has_each_with_its_differences(site):
    assert [row[0] for row in rows(site, "Variant")] == list(RECORDED["PyTorch"])
    assert all(len(row) == 5 and 0 <= float(number) < 1e-14 for row in rows(site, "Variant") for number in row[1:])


def test_a_page_shows_its_minutes(site):
    minutes = {row[0]: row[4] for row in rows(site, "Page")}
    page = built_site.page(site, "derivation")
    assert page.select_one(".minutes").get_text() == f"{minutes['Derivation']} min"
    assert not built_site.page(site, "").select(".minutes")
    for title, path in [("Mistakes", "mistakes"), ("Exercises", "exercises")]:
        page = built_site.page(site, path)
        assert page.select_one(".minutes").get_text() == minutes[title].replace(" ", " min ", 1)


@pytest.mark.parametrize(("content", "counts"), [
    ("<p>" + "word " * 400 + "</p>", (0, 0, 2)),
    ("<p>" + "word " * 401 + "</p>", (0, 0, 3)),
    ('<div class="language-python highlight"><pre>' + "x = 1\n" * 500 + "</pre></div>", (1, 0, 1)),
    ('<div class="language-text highlight"></div><figure class="plot"></figure>' + '<div class="arithmatex">\\[x\\]</div>' * 4, (0, 2, 2)),
    ('<div class="highlight"><div><div></div>' + "x " * 300 + "</div></div><p>" + "word " * 200, (0, 0, 1)),
    ("<p>" + r'<span class="arithmatex">\(a b c\)</span> ' * 200 + "</p>", (0, 0, 1)),
])
def test_words_and_blocks_make_minutes(content, counts):
    assert tuple(count(content).values()) == counts


def test_a_page_without_a_place_for_a_table_is_not_changed():
    page = SimpleNamespace(content="<p>Text</p>", added=SimpleNamespace(content="<p>Typeset</p>"))
    tables.insert([page])
    assert (page.content, page.added.content) == ("<p>Text</p>", "<p>Typeset</p>")

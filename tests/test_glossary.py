"""The glossary is in order, and leads to pages that use the word."""

import re
from itertools import pairwise

import pytest

from machinery.sources import DOCS, read_notebook
from tests.fail_with_message import refuse

ROW = re.compile(r"^\| (?P<word>[\w -]+) \| .+ \| (?P<links>\[.+\)) \|$", re.MULTILINE)
GLOSSARY = (DOCS / "notation.md").read_text("utf-8").partition("## Words\n")[2]
TERMS = {row["word"]: re.findall(r"\]\(([^)#]+)", row["links"]) for row in ROW.finditer(GLOSSARY)}


def prose(path):
    if path.endswith(".ipynb"):
        text = "".join(cell.source for cell in read_notebook(DOCS / path).cells)
    else:
        text = (DOCS / path).read_text("utf-8")
    return re.sub(r"\W+", " ", text).lower()


@pytest.mark.parametrize("page", ["notation.md"])
def test_every_row_is_read_and_in_order(page):
    rows = sum(line.startswith("| ") for line in GLOSSARY.splitlines()) - 1  # without the head
    assert len(TERMS) == rows, "a row of the glossary is not: | word | meaning | links |"
    for above, below in pairwise(TERMS):
        if below.lower() < above.lower():
            refuse(f"docs/{page}: {below!r} belongs above {above!r}")


def test_each_page_that_the_glossary_links_uses_the_word():
    for word, pages in TERMS.items():
        for page in pages:
            if re.sub(r"\W+", " ", word).lower() not in prose(page):
                refuse(f"docs/{page} does not use the word {word!r}, which leads there")

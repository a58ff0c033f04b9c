"""Every row of the notation table is of use: its symbol and its names in code occur on other pages."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from machinery.sources import DOCS, expand_includes, renderer, texts
from machinery.typeset import symbols

NOTATION = renderer().reset().convert((DOCS / symbols.PAGE).read_text("utf-8"))
SYMBOLS = symbols.read(NOTATION)
ROWS = [row.find_all("td") for row in BeautifulSoup(NOTATION, "html.parser").tbody.find_all("tr")]


def others():
    """Yield the text of the other pages, with the code that they include, and the formulas in it."""
    for name, text in texts().items():
        if name.endswith(".ipynb"):
            text = "\n\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
            yield text, re.findall(r"\$\$?([^$]+)\$", text)
        elif name not in (symbols.PAGE, "notations.md"):
            yield expand_includes(text), re.findall(r"\\[(\[](.+?)\\[)\]]", text, re.DOTALL)


PAGES = list(others())
TEXT = "\n\n".join(text for text, _ in PAGES)
TOKENS = " ; ".join(symbols.spaced(formula) for _, formulas in PAGES for formula in formulas)


def test_every_row_is_read():
    assert len(SYMBOLS) == len(ROWS) > 30


@pytest.mark.parametrize("symbol", SYMBOLS, ids=lambda symbol: ", ".join(symbol.names))
def test_a_page_uses_the_symbol(symbol):
    assert symbol.is_in(TOKENS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].get_text(strip=True))
def test_a_page_uses_the_names_in_code(row):
    for code in row[3].find_all("code"):
        assert code.get_text() in TEXT, f"no page has {code.get_text()!r} in its code"


def test_a_symbol_or_name_of_no_page_is_noticed():
    assert not symbols.Symbol((r"\xi",), None, ()).is_in(TOKENS)
    assert "lgoits" not in TEXT

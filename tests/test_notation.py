"""Every row of the notation table is needed: its symbol and its names in code occur on other pages."""

import pytest
from bs4 import BeautifulSoup

from machinery.content.check_equations import source
from machinery.equations import formulas_of
from machinery.includes import expanded
from machinery.sources import DOCS, render, texts
from machinery.typeset import symbols

NOTATION = render((DOCS / symbols.PAGE).read_text("utf-8"))
SYMBOLS = symbols.read(NOTATION)
ROWS = [row.find_all("td") for row in BeautifulSoup(NOTATION, "html.parser").tbody.find_all("tr")]


OTHERS = {name: text for name, text in texts().items() if name != symbols.PAGE}
TEXT = "\n\n".join(expanded(text) for text in OTHERS.values())
FORMULAS = [formula for name, text in OTHERS.items() for formula in formulas_of(source(f"docs/{name}", text))]
TOKENS = " ; ".join(symbols.spaced(formula.tex) for formula in FORMULAS)


def test_every_row_is_read():
    assert len(SYMBOLS) == len(ROWS) > 30


@pytest.mark.parametrize("symbol", SYMBOLS, ids=lambda symbol: ", ".join(symbol.names))
def test_a_page_uses_the_symbol(symbol):
    assert symbol.is_in(TOKENS), f"no other page uses {', '.join(symbol.names)}: delete its row in docs/notation.md"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].get_text(strip=True))
def test_a_page_uses_the_names_in_code(row):
    for code in row[3].find_all("code"):
        assert code.get_text() in TEXT, f"no page has {code.get_text()!r} in its code"


def test_a_symbol_of_no_page_is_noticed():
    assert not symbols.Symbol((r"\xi",), None, ()).is_in(TOKENS)

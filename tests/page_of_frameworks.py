"""The page "PyTorch, JAX, Keras": its programs, the messages that it explains, and the record of both."""

import re

from bs4 import BeautifulSoup
from mkdocs.utils.meta import get_data

from machinery.sources import DOCS, renderer

PAGE = (DOCS / "frameworks.md").read_text("utf-8")
RECORD_PATH = DOCS / "data" / "frameworks.json"
SECTIONS = [
    "PyTorch", "JAX with Optax", "Keras", "scikit-learn",
    "A custom autograd function in PyTorch", "A custom gradient in JAX",
]


def section(page, name):
    """Return the section of a page under a heading, rendered."""
    body = get_data(page)[0]
    text = re.search(rf"^## {re.escape(name)}.*?(?=^## |\Z)", body, re.MULTILINE | re.DOTALL)[0]
    return BeautifulSoup(renderer().reset().convert(text), "html.parser")


def program(page, name):
    """Return the one program of a section."""
    (block,) = section(page, name).select(".language-pytorch, .language-framework")
    return block.get_text()


def printed(code):
    """Return what a program is said to print: its comments after `#>`, one a line."""
    return "".join(line + "\n" for line in re.findall(r"#> ?(.*?)\s*$", code, re.MULTILINE))


def messages(page, name):
    """Return the message in each heading of a section, by the call in the first words below it."""
    found = {}
    for heading in section(page, name).find_all("h3"):
        found[heading.find_next_sibling("p").code.get_text()] = heading.code.get_text()
    return found

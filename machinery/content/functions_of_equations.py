"""Which function of `snippets/` computes which equations: its docstring says so.

    Derived on the page "KL, focal and other losses", equation (B6).

A docstring that says `Used on the page "..."`, without an equation, belongs to a helper that computes no formula of the page.
"""

import ast
import re
from dataclasses import dataclass

from machinery.equations.formulas import TAG
from machinery.sources import SNIPPETS, navigation, parse, texts

REFERENCE = re.compile(r'page\s+"([^"]+)"(?:,\s+(?:above\s+)?equations?\s+\((\w+)\)(?:\s+(to|and)\s+\((\w+)\))?)?')
PROGRAMS = "diagnose"  # a program that judges others; its own tests compare it with the snippets


@dataclass(frozen=True)
class Function:
    module: str
    name: str
    docstring: str

    @property
    def references(self):
        """Tuples of a page's title, an equation, "to" or "and", and another equation; all but the title may be empty."""
        return REFERENCE.findall(self.docstring)

    @property
    def equations(self):
        return [reference for reference in self.references if reference[1]]


def functions():
    """Return the public functions of the snippets, in order of their files."""
    return [
        Function(path.stem, node.name, ast.get_docstring(node) or "")
        for path in sorted(SNIPPETS.glob("[!_]*.py")) if path.stem != PROGRAMS
        for node in parse(path.read_text("utf-8"), path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def wrong_references(text):
    """Return what is wrong with the pages and equations that the docstrings in a text name."""
    numbers = {title: TAG.findall(texts()[path].replace("\\\\", "\\")) for path, title in navigation().items()}
    wrong = []
    for page, first, _, last in REFERENCE.findall(text):
        if page not in numbers:
            wrong.append(f'no page is called "{page}". Titles are those of nav in mkdocs.yml, where a page that a course drops keeps its line')
            continue
        for number in {first, last} - {"", *numbers[page]}:
            other = next((title for title, known in numbers.items() if number in known), None)
            there = f', but it is on the page "{other}"' if other else f", only {', '.join(numbers[page]) or 'none at all'}"
            wrong.append(f'the page "{page}" has no equation ({number}){there}')
    return wrong

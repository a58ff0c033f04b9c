"""Which function of `snippets/` computes which equations: its docstring says so.

    Derived on the page "KL, focal and other losses", equation (B6).

A docstring that says `Used on the page "..."`, without an equation, belongs to a helper that computes no formula of the page.
"""

import ast
import re
from dataclasses import dataclass

from machinery.sources import SNIPPETS, files_in, parse

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
        for path in files_in(SNIPPETS, "[!_]*.py") if path.stem != PROGRAMS
        for node in parse(path.read_text("utf-8"), path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]

"""The symbols of the notation page: what each stands for, and which of them a page uses.

They come from the first table in `docs/notation.md`, which decides the colour of each letter and
the words of each page's legend.
"""

import re
from dataclasses import dataclass

from mkdocs.exceptions import PluginError

from machinery.equations import Source, formulas_of
from machinery.equations.tokens import TOKEN

PAGE = "notation.md"
ROLES = "logits", "probabilities", "labels", "gradient"  # each has a colour, the same on every page

ROW = re.compile(r"<tr>\s*(<td.*?)</tr>", re.DOTALL)
CELL = re.compile(r'<td(?:[^>]* class="(?P<role>[^"]*)")?[^>]*>(?P<content>.*?)</td>', re.DOTALL)
NOT_SYMBOLS = "layout", "text", "word", "begin", "end"  # kinds of tokens
SET = re.compile(r"\\mathbb (?:\{ \w \}|\w)")


@dataclass(frozen=True)
class Symbol:
    names: tuple[str, ...]  # in LaTeX: two for "D, d"
    role: str | None
    cells: tuple[str, ...]  # symbol, meaning and shape, in the page's HTML

    def is_in(self, tokens):
        return any(re.search(pattern(name), tokens) for name in self.names)


def read(content):
    """Return the symbols of the rendered notation page."""
    symbols = []
    for row in ROW.findall(content.partition("</table>")[0]):
        cells = list(CELL.finditer(row))
        role, names = cells[0]["role"], []
        if role and role not in ROLES:
            raise PluginError(f"docs/{PAGE}: {{: .{role} }} is not one of {', '.join(ROLES)}, which have a colour")
        for formula in formulas_of(Source(PAGE, cells[0]["content"])):
            names += re.split(r":=|\\in\b", formula.tex)[0].split(",")
        symbols.append(Symbol(tuple(name.strip() for name in names), role, tuple(c["content"] for c in cells[:3])))
    return symbols


def roles(symbols):
    r"""Return the role of each letter: z has that of \mathbf z, because z_i is an entry of it."""
    letters = [(name.removeprefix(r"\mathbf").strip(), s.role) for s in symbols if s.role for name in s.names]
    return {letter: role for letter, role in letters if len(letter) == 1}


def pattern(name):
    """Return a pattern that finds a symbol among tokens; an entry of a vector counts as the vector."""
    tokens = spaced(name).split()
    parts = []
    for before, token in zip(["", *tokens], tokens):
        if before == r"\mathbf":
            parts.append(rf"(?:\\mathbf {token}|(?<!\\mathbf ){token} _ (?:\{{[^}}]*\}}|\S+))")
        elif before != r"\bar" and token.isalpha():
            parts.append(rf"(?<!\\mathbf )(?<!\\bar ){token}")
        elif token != r"\mathbf":
            parts.append(re.escape(token))
    return rf"(?<!\S){' '.join(parts)}(?!\S)"


def spaced(tex):
    r"""Return a formula's tokens with spaces between: `\bar L` for \bar{L}, without names and sets."""
    tokens = " ".join(match[0] for match in TOKEN.finditer(tex) if match.lastgroup not in NOT_SYMBOLS)
    return re.sub(r"\{ (\S+) \}", r"\1", SET.sub(" ", tokens))


def legend(symbols, formulas, notation):
    """Return the fold that explains the symbols of these formulas, shows their colours, and links to the notation."""
    tokens = " ; ".join(map(spaced, formulas))
    used = [symbol for symbol in symbols if symbol.is_in(tokens)]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in symbol.cells)}</tr>" for symbol in used)
    coloured = [role for role in ROLES if any(symbol.role == role for symbol in used)]
    key = "".join(f'<span class="key {role}">{role}</span>' for role in coloured)
    return (
        f'<details class="symbols"><summary>Symbols on this page <span class="colour-key">{key}</span></summary>'
        f"<table><thead><tr><th>Symbol</th><th>Meaning</th><th>Shape</th></tr></thead><tbody>{rows}</tbody></table>"
        f'<p><a href="{notation}">All symbols, and what they are called in code</a></p></details>'
    )

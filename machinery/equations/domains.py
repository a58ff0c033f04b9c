"""Declarations: what may be any number, vector or matrix of a set, as in `z \\in \\mathbb R^k`."""

import re

from machinery.equations.nodes import Node
from machinery.equations.reading import read
from machinery.equations.theory import SIZES, Theory, Variable, base_and_indices, size_of
from machinery.equations.tokens import Refused

MEMBER = re.compile(r"\\in(?![A-Za-z])")
FONTS = re.compile(r"\\(?:mathbf|boldsymbol)\s*\{([^{}]*,[^{}]*)\}")  # one font for several names
SETS = {  # written without spaces and fonts
    "real": re.compile(r"\{?R\}?(?:\^\{?(?:([kND])\\times)?([kND])\}?)?"),
    "positive": re.compile(r"\{?R\}?_\{?(?:>0|\+)\}?"),
    "simplex": re.compile(r"\\Delta[\^_]\{?(k)(?:-1)?\}?"),
    "interval": re.compile(r"([(\[])(-?[\d.]+),(-?[\d.]+)([)\]])"),
    "classes": re.compile(r"\\\{1,(?:2,)?(?:\\[lc]?dots[a-z]?|\.\.\.),([kND])\\\}"),
}


def declared(tex: str, theory: Theory) -> list[tuple[str, tuple[Node, ...], Variable]]:
    """Return what a formula declares: names with their index letters, and a `Variable` for each."""
    left, right = MEMBER.split(tex, maxsplit=1)
    domain, sizes = domain_of(right.strip().rstrip(".,; \n"))
    found = []
    for statement in read(FONTS.sub(r"\1", left), frozenset()):
        base, indices = base_and_indices(statement.sides[0])
        letters = tuple(size for part in indices if (size := size_of(part.args[0], theory)))
        plain = base.kind == "name" and len(letters) == len(indices)
        if not plain or base.args[0] in ("i", "j", "c", *SIZES) and not indices:
            hint = "with index letters, other than i, j, c, k, N and D"
            raise Refused(rf"on the left of \in stand names, {hint}", base.place)
        found.append((base.args[0], indices, Variable(base.args[0], sizes or letters, domain)))
    return found


def domain_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kind of a set with its limits, and the sizes of its elements."""
    plain = re.sub(r"\\(?:mathbb|left|right)(?![A-Za-z])|\\[,;:!]|\s", "", text)
    for kind, pattern in SETS.items():
        if found := pattern.fullmatch(plain):
            groups = tuple(filter(None, found.groups()))
            return ((kind, *groups), ()) if kind in ("interval", "classes") else ((kind,), groups)
    known = r"\mathbb R^k, \mathbb R^{N \times k}, \mathbb R_{>0}, \Delta^k, (0, 1), \{1, \dots, k\}"
    raise Refused(f"can't read the set {text!r}: {known} are known", 0)

"""Declarations such as `z \\in \\mathbb R^k`: names for any number, vector or matrix of a set."""

import re

from machinery.equations.hints import NO_CLAIM
from machinery.equations.nodes import Node
from machinery.equations.theory import SIZES, Theory, Variable, base_and_indices, size_of
from machinery.equations.tokens import Refused

SIZE = r"([kNDKC])"
POWER = rf"(?:\^\{{?(?:{SIZE}\\times)?{SIZE}\}}?)?"
SETS = {  # written without spaces and fonts
    "real": re.compile(r"\{?R\}?" + POWER),
    "positive": re.compile(r"(?:\{?R\}?_\{?(?:>0|\+)\}?|\(0,\+?\\infty\))" + POWER),
    "nonnegative": re.compile(r"(?:\{?R\}?_\{?\\(?:geq?|geqslant)0\}?|\[0,\+?\\infty\))" + POWER),
    "simplex": re.compile(rf"\\Delta[\^_]\{{?{SIZE}(?:-1)?\}}?"),
    "interval": re.compile(r"([(\[])(-?[\d.]+),(-?[\d.]+)([)\]])" + POWER),
    "binary": re.compile(r"\\\{0,1\\\}" + POWER),
    "classes": re.compile(rf"\\\{{1,(?:2,)?(?:\\[lc]?dots[a-z]?|\.\.\.),{SIZE}\\\}}"),
}
CLASSES = {"K": "k", "C": "k"}  # other letters for the number of classes, if a page uses them in a declaration


def declared(names: list[Node], text: str, theory: Theory) -> list[tuple[str, tuple[Node, ...], Variable]]:
    """Return what a set after `\\in` declares: names with their index letters, and a `Variable` for each."""
    domain, sizes = domain_of(text)
    found = []
    for node in names:
        base, indices = base_and_indices(node)
        if size_of(base.args[0], theory) in domain[1:] and not indices and domain[0] == "classes":
            continue  # i \in \{1, \dots, k\}, as known
        letters = tuple(size for part in indices if (size := size_of(part.args[0], theory)))
        plain = base.kind == "name" and len(letters) == len(indices)
        if not plain or base.args[0] in ("i", "j", "c", *SIZES) and not indices:
            raise Refused(r"on the left of \in stand names, with index letters, other than i, j, c, k, N and D", base.place)
        found.append((base.args[0], indices, Variable(base.args[0], sizes or letters, domain)))
    return found


def domain_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kind of a set with its limits, and the sizes of its elements."""
    plain = re.sub(r"\\(?:mathbb|left|right)(?![A-Za-z])|\\[,;:!]|\s", "", text)
    for kind, pattern in SETS.items():
        if found := pattern.fullmatch(plain):
            groups = tuple(CLASSES.get(group, group) for group in found.groups() if group)
            limits = {"interval": 4, "classes": 1}.get(kind, 0)
            return (kind, *groups[:limits]), groups[limits:]
    known = r"\mathbb R^k, \mathbb R^{N \times k}, \mathbb R_{>0}, \mathbb R_{\ge 0}, \Delta^k, (0, 1), \{0, 1\}, \{1, \dots, k\}"
    sizes = r"each size is k, N or D, and a sentence such as Take \(k = 3\) makes it a number"
    hint = r"an index is defined, as in r := \arg\max_j z_j" if re.search("arg", plain) else sizes if "^" in plain else NO_CLAIM
    raise Refused(f"can't read the set {text}: {known} are known; {hint}", 0)


def other_classes(text: str) -> set[str]:
    """Return the letters that a set uses for the number of classes in place of k."""
    return {letter for letter in CLASSES if re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", text)}

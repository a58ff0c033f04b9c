"""Declarations: what may be any number, vector or matrix of a set, as in `z \\in \\mathbb R^k`."""

import re

from machinery.equations.reading import read
from machinery.equations.theory import SIZES, Letter, Variable
from machinery.equations.tokens import Refused

MEMBER = re.compile(r"\\in(?![A-Za-z])")
FONTS = re.compile(r"\\(?:mathbf|boldsymbol)\s*\{([^{}]*,[^{}]*)\}")  # one font for several names
SIGN = r"(?:_\{?(>0|\+|\\geq?0)\}?)?"
SETS = {  # written without spaces and fonts
    "real": re.compile(r"\{?R\}?" + SIGN + r"(?:\^\{?(\w+)(?:\\times(\w+))?\}?)?" + SIGN),
    "simplex": re.compile(r"\\Delta[\^_](?:k|\{k(?:-1)?\})"),
    "interval": re.compile(r"[(\[](-?[\d.]+),(-?[\d.]+)[)\]]"),
    "classes": re.compile(r"\\\{1,(?:2,)?(?:\\[lc]?dots[a-z]?|\.\.\.),(k|N|D)\\\}"),
}


def declared(tex, theory):
    """Return the letters and variables that a formula declares, by their keys in the theory.

    The sizes of a variable may have a number, such as the 3 of \\mathbb R^3, in place of k.
    """
    left, *right = MEMBER.split(tex)
    if len(right) != 1:
        raise Refused(r"one \in for each formula", 0)
    domain, sizes = domain_of(right[0].strip().rstrip(".,; \n"))
    found = {}
    for statement in read(FONTS.sub(r"\1", left), frozenset()):
        node = statement.sides[0]
        base, subscripts = (node.args[0], node.args[1:]) if node.kind == "entry" else (node, ())
        letters = [theory.get(part.args[0]) for part in subscripts]
        if base.kind != "name" or not all(isinstance(letter, Letter) for letter in letters):
            raise Refused(r"on the left of \in stand names, with index letters", node.place)
        name = base.args[0]
        if domain[0] == "classes" and not subscripts:
            found[name] = Letter(domain[1])
            continue
        if name in ("i", "j", "c", *SIZES) and not subscripts:
            raise Refused(f"{name} is an index or a size everywhere on this site: use another letter", 0)
        key = name + "#" if subscripts and isinstance(theory.get(name), Letter) else name
        found[key] = Variable(key, sizes or tuple(letter.size for letter in letters), domain)
    return found


def domain_of(text):
    plain = re.sub(r"\\(?:mathbb|left|right)(?![A-Za-z])|\\[,;:!]|\s", "", text)
    for kind, pattern in SETS.items():
        if not (found := pattern.fullmatch(plain)):
            continue
        if kind == "real":
            sign = found[1] or found[4] or ""
            sizes = tuple(size for size in found.group(2, 3) if size)
            if not all(size in SIZES or size.isdigit() and size == sizes[-1] for size in sizes):
                raise Refused(f"the sizes in {text} are k, N and D", 0)
            return ("positive" if ">" in sign else "nonnegative" if sign else "real",), sizes
        if kind == "simplex":
            return (kind,), ("k",)
        return (kind, *(found.groups() if kind == "classes" else map(float, found.groups()))), ()
    known = r"\mathbb R^k, \mathbb R^{N \times k}, \mathbb R_{>0}, \Delta^k, (0, 1), \{1, \dots, k\}"
    raise Refused(f"can't read the set {text!r}: {known} are known", 0)

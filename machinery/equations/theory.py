"""What is known at one place of a page: a dict from a name to a letter, a variable or a definition.

The L of L_n and the number L may be two different names, so the first has the key `L[]`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from machinery.equations.nodes import Node

SIZES = ("k", "N", "D")


@dataclass(frozen=True)
class Letter:
    """An index, from 1 up to a size."""

    size: str


@dataclass(frozen=True)
class Variable:
    """A name that may have any value of a domain."""

    name: str
    sizes: tuple[str, ...]
    domain: tuple[str, ...]  # its kind, and its limits if it has any


@dataclass(frozen=True)
class Definition:
    """A name, a function or, with index letters, all entries of a name."""

    parameters: tuple[str, ...]
    indices: tuple[str, ...]
    sizes: tuple[str, ...]  # up to which the indices go
    body: Node
    where: str
    tex: str


Entry = Letter | Variable | Definition
Theory = dict[str, Entry]
LETTERS: Theory = {name: Letter(size) for name, size in (*zip("ijlc", "kkkk"), ("n", "N"), ("d", "D"))}


def factors(theory: Theory) -> frozenset[str]:
    """Return the names that are factors when brackets follow. Any other name is a function."""
    known = (name for name, entry in theory.items() if not getattr(entry, "parameters", ()))
    return frozenset([*known, *SIZES, "e", "pi", "I"])


def size_of(letter: str, theory: Theory) -> str | None:
    """Return the size up to which an index letter goes, or None if the name is no index letter."""
    entry = theory.get(letter)
    return entry.size if isinstance(entry, Letter) else None


def base_and_indices(node: Node) -> tuple[Node, tuple[Node, ...]]:
    return (node.args[0], node.args[1:]) if node.kind == "entry" else (node, ())


def with_indices(name: str) -> str:
    return name + "[]"


def key_of(node: Node, theory: Theory) -> str | None:
    """Return the key of the name that a formula is, is an entry of, or calls; None if it does not."""
    base, indices = base_and_indices(node)
    name = base.args[0] if base.kind in ("name", "call") else None
    return with_indices(name) if name and indices and with_indices(name) in theory else name


def names_in(theory: Theory, *nodes: Node) -> set[str]:
    return {key for node in nodes for part in node.walk() if (key := key_of(part, theory))}


def reachable(theory: Theory, *nodes: Node) -> set[str]:
    """Return all names that formulas depend on, through definitions."""
    found: set[str] = set()
    stack = list(names_in(theory, *nodes))
    while stack:
        name = stack.pop()
        entry = theory.get(name)
        if name not in found and isinstance(entry, Definition):
            # A function without arguments is evaluated at the arguments of its definition.
            stack += names_in(theory, entry.body) | set(entry.parameters)
        found.add(name)
    return found


def meaning(theory: Theory, names: Iterable[str]) -> tuple[tuple[str, Entry], ...]:
    """Return the part of a theory with these names and all index letters, without where it was written."""
    known = {name: theory[name] for name in {*names, *LETTERS} & theory.keys()}
    return tuple((name, replace(entry, where="") if isinstance(entry, Definition) else entry) for name, entry in sorted(known.items()))


def free_letters(theory: Theory, *nodes: Node) -> set[str]:
    """Return the index letters over which no sum or other operator of the formulas runs."""
    found: set[str] = set()
    for node in nodes:
        if node.kind == "name" and isinstance(theory.get(node.args[0]), Letter):
            found.add(node.args[0])
        bound = node.args[1] if node.kind == "big" else ()
        found |= free_letters(theory, *node.children()).difference(bound)
    return found


def bound_letters(node: Node) -> set[str]:
    return {letter for part in node.walk() if part.kind == "big" for letter in part.args[1]}

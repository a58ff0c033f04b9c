"""What is known at one place of a page: a dict from a name to a letter, a variable or a definition.

The L of L_n may be another than L alone, which is a number: it is known as `L#`.
"""

from dataclasses import dataclass

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
    sizes: tuple
    domain: tuple  # its kind, and its limits if it has any


@dataclass(frozen=True)
class Definition:
    """A name, a function or, with index letters, all entries of a name."""

    parameters: tuple
    indices: tuple
    sizes: tuple  # up to which the indices go
    body: Node
    where: str
    tex: str


LETTERS = {name: Letter(size) for name, size in (*zip("ijlc", "kkkk"), ("n", "N"), ("d", "D"))}


def factors(theory):
    """Return the names that are factors when brackets follow. Any other name is a function."""
    known = (name for name, entry in theory.items() if not getattr(entry, "parameters", ()))
    return frozenset([*known, *SIZES, "e", "pi", "I"])


def base_and_indices(node):
    return (node.args[0], node.args[1:]) if node.kind == "entry" else (node, ())


def key_of(node, theory):
    """Return the key of the name that a formula is, is an entry of, or calls; None if it does not."""
    base, indices = base_and_indices(node)
    name = base.args[0] if base.kind in ("name", "call") else None
    return f"{name}#" if indices and f"{name}#" in theory else name


def names_in(theory, *nodes):
    return {key_of(part, theory) for node in nodes for part in node.walk()} - {None}


def reachable(theory, *nodes):
    """Return all names that formulas depend on, through definitions."""
    found, stack = set(), list(names_in(theory, *nodes))
    while stack:
        name = stack.pop()
        entry = theory.get(name)
        if name not in found and isinstance(entry, Definition):
            # A function that stands without arguments is taken at its own.
            stack += names_in(theory, entry.body) | set(entry.parameters)
        found.add(name)
    return found


def free_letters(theory, *nodes):
    """Return the index letters that nothing in the formulas runs over."""
    found = set()
    for node in nodes:
        if node.kind == "name" and isinstance(theory.get(node.args[0]), Letter):
            found.add(node.args[0])
        bound = node.args[1] if node.kind == "big" else ()
        found |= free_letters(theory, *node.children()).difference(bound)
    return found


def bound_letters(node):
    return {letter for part in node.walk() if part.kind == "big" for letter in part.args[1]}

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
    name: str
    parameters: tuple
    indices: tuple
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
    """Return the key of the name that a formula is, or is an entry of; None if it is neither."""
    base, indices = base_and_indices(node)
    name = base.args[0] if base.kind == "name" else None
    return f"{name}#" if indices and f"{name}#" in theory else name


def names_in(node, theory):
    if isinstance(node, tuple):
        return {name for part in node for name in names_in(part, theory)}
    if not isinstance(node, Node):
        return set()
    if node.kind == "call":
        return {node.args[0]} | names_in(node.args, theory)
    key = key_of(node, theory)
    return names_in(node.args, theory) if key is None else {key} | names_in(node.args[1:], theory)


def reachable(theory, *nodes):
    """Return all names that formulas depend on, through definitions."""
    found, stack = set(), list(names_in(nodes, theory))
    while stack:
        name = stack.pop()
        entry = theory.get(name)
        if name not in found and isinstance(entry, Definition):
            # A function that stands without arguments is taken at its own.
            stack += names_in(entry.body, theory) | set(entry.parameters)
        found.add(name)
    return found


def free_letters(node, theory, bound=frozenset()):
    """Return the index letters that nothing in the formula runs over."""
    if isinstance(node, tuple):
        return set().union(*(free_letters(part, theory, bound) for part in node))
    if not isinstance(node, Node):
        return set()
    if node.kind == "name":
        return {node.args[0]} - bound if isinstance(theory.get(node.args[0]), Letter) else set()
    if node.kind == "big":
        _, letters, conditions, _, body = node.args
        return free_letters((body, conditions), theory, bound | set(letters))
    return free_letters(node.args, theory, bound)


def bound_letters(node):
    return {letter for part in node.walk() if part.kind == "big" for letter in part.args[1]}

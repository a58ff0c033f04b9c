"""The tree of a formula."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Node:
    """A formula or a part of it. Equal formulas are equal wherever they stand."""

    kind: str
    args: tuple = ()
    place: int = field(default=0, compare=False)

    def walk(self):
        yield self
        stack = list(self.args)
        while stack:
            child = stack.pop()
            if isinstance(child, Node):
                yield from child.walk()
            elif isinstance(child, tuple):
                stack.extend(child)


DOTS = Node("dots", ("...",))
ONE, E = Node("number", ("1",)), Node("name", ("e",))
TOP = (Node("mark", ("top",)), Node("mark", ("intercal",)), Node("name", ("T",)))


def split(part):
    """`ij` in a subscript is two indices, not a product, and so is `12`."""
    if part.kind == "number" and re.fullmatch("[1-9][1-9]", part.args[0]):
        return [Node("number", (digit,), part.place) for digit in part.args[0]]
    if part.kind == "product" and part.args[0] == "":
        return split(part.args[1]) + split(part.args[2])
    return [part]

"""The tree of a formula."""

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
ONE = Node("number", ("1",))

"""The tree of a formula."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Node:
    """A formula or a part of it. Equal formulas are equal wherever they stand."""

    kind: str
    args: tuple = ()
    place: int = field(default=0, compare=False)

    def children(self):
        parts = list(self.args)
        for part in parts:  # which grows meanwhile: arguments may be tuples of tuples
            if isinstance(part, tuple):
                parts.extend(part)
        return [part for part in parts if isinstance(part, Node)]

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()


DOTS = Node("dots", ("...",))
ONE = Node("number", ("1",))

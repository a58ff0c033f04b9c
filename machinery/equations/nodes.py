"""The tree of a formula."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Node:
    """A formula or a part of it. Two nodes are equal if their formulas are, wherever they were written."""

    kind: str
    args: tuple[Any, ...] = ()  # nodes, texts, and tuples of them
    place: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)  # of a sum, where its text ends

    def children(self) -> list["Node"]:
        parts = list(self.args)
        for part in parts:  # which grows meanwhile: arguments may be tuples of tuples
            if isinstance(part, tuple):
                parts.extend(part)
        return [part for part in parts if isinstance(part, Node)]

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children():
            yield from child.walk()

    def has_decimals(self) -> bool:
        return any(part.kind == "number" and "." in part.args[0] for part in self.walk())


DOTS = Node("dots", ("...",))
ONE = Node("number", ("1",))

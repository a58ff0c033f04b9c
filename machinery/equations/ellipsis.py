"""Rows and matrices with dots: the pattern that their entries follow.

Replace the index 1 in the first entry by 2, and you get the second, and so on to the last. A
square matrix may have a second pattern on its diagonal. In a row, an entry between two
ellipses is entry number c, as in s_1, ..., s_c - 1, ..., s_k. What does not fit is refused,
never guessed.
"""

from collections.abc import Sequence
from typing import Any

from machinery.equations.nodes import DOTS, ONE, Node
from machinery.equations.theory import SIZES
from machinery.equations.tokens import Refused

ROW, COLUMN, C = (Node("name", (name,)) for name in ("row", "column", "c"))


def pattern(rows: Sequence[tuple[Node, ...]]) -> tuple[Node, Node, Node]:
    """Return what a row with dots, or a matrix with dots in both directions, stands for.

    That is its height, its width, and its entry at the indices `row` and `column`.
    """
    middle = None
    if len(rows) == 1 and rows[0][-4::2] == (DOTS, DOTS) and C in indices(rows[0][-3]):
        middle, rows = rows[0][-3], [rows[0][:-3] + rows[0][-1:]]
    across, down = places(rows), places(list(zip(*rows))) if len(rows) > 1 else [ONE]
    height, width = down[-1], across[-1]
    diagonal = replaced(rows[0][0], ONE, ROW)
    general = replaced(replaced(rows[0][-1], width, COLUMN), ONE, ROW)
    for y, row in zip(down, rows):
        for x, cell in zip(across, row):
            if (cell == DOTS) != (DOTS in (y, x)):
                raise Refused("uneven dots: a row or a column is all dots, or has none", cell.place)
            expected = diagonal if y == x and height == width else general
            if cell not in (DOTS, replaced(replaced(expected, ROW, y), COLUMN, x)):
                raise Refused("this entry does not follow the pattern of the others: replacing the index must turn one into the other", cell.place)
    if middle:
        return height, width, either(middle, (COLUMN, C), general)
    return height, width, either(diagonal, (ROW, COLUMN), general) if height == width else general


def places(lines: Sequence[Sequence[Node]]) -> list[Node]:
    """Return the indices along lines of cells: 1, 2, ... up to the dots, and after them the size letter."""
    first = lines[0]
    if DOTS not in first[1:] or first.index(DOTS) != len(first) - 2:
        hint = "a matrix has them in both directions; in a row or a column, one entry with the index c may part them"
        raise Refused(f"dots stand between entries, and one entry follows them: {hint}", first[0].place)
    # The last entries have the size letter as an index, and the first ones do not.
    ends = {end for line in lines for end in indices(line[-1]) - indices(line[0]) if end.args[0] in SIZES}
    if len(ends) != 1:
        raise Refused("can't tell how long this is: the last entry needs one index such as k", first[-1].place)
    return [*(Node("number", (str(n),)) for n in range(1, len(first) - 1)), DOTS, *ends]


def either(one: Node, same: tuple[Node, Node], other: Node) -> Node:
    """Return a formula that is one thing where two indices are the same, and another elsewhere."""
    return Node("cases", ((one, Node("chain", (same, ("=",)))), (other, None)), one.place)


def indices(node: Node) -> set[Node]:
    """Return the indices of the entries in a formula."""
    return {index for part in node.walk() if part.kind in ("entry", "vector") for index in part.args[1:]}


def replaced(node: Any, old: Node, new: Node) -> Any:
    """Return a formula with an index replaced, in subscripts only."""
    if isinstance(node, tuple):
        return tuple(replaced(part, old, new) for part in node)
    if not isinstance(node, Node):
        return node
    args = replaced(node.args, old, new)
    if node.kind in ("entry", "vector"):
        args = args[:1] + tuple(new if index == old else index for index in args[1:])
    return Node(node.kind, args, node.place)

"""Rows and matrices with dots, written out for a given size.

The entries that are shown have to follow one pattern: replace the index 1 in the first by 2,
and you get the second, and so on to the last. A square matrix may have a second pattern on
its diagonal. In a row or a column, an entry between two ellipses stands at place c, as in
the row s_1, ..., s_c - 1, ..., s_k. Nothing is guessed: what does not fit is refused.
"""

from machinery.equations.nodes import DOTS, Node
from machinery.equations.theory import SIZES
from machinery.equations.tokens import Refused

ROW, COLUMN = Node("name", ("row",)), Node("name", ("column",))


def written_out(rows, sizes):
    """Return the rows, tuples of nodes, without dots. `sizes` has the value of each size letter."""
    if len({len(row) for row in rows}) != 1:
        raise Refused("the rows of this matrix have different lengths", rows[0][0].place)
    if not any(DOTS in row for row in rows):
        return rows
    if len(rows[0]) == 1:
        return tuple(zip(*grid(tuple(zip(*rows)), sizes)))
    return grid(rows, sizes)


def grid(rows, sizes):
    """Write out one row, or a matrix with dots in both directions."""
    across, down = places(rows[0]), places([row[0] for row in rows]) if len(rows) > 1 else [1]
    cells = {(y, x): cell for y, row in zip(down, rows) for x, cell in zip(across, row)}
    for place, cell in cells.items():
        lost = "between" in place and (len(rows) > 1 or "c" not in subscripts(cell))
        if (cell == DOTS) != ("dots" in place) or lost:
            hint = "a row or a column is all dots, or has none; one entry with the index c may part them"
            raise Refused(f"uneven dots: {hint}", cell.place)
    shown = {place: cell for place, cell in cells.items() if cell != DOTS}
    middle = shown.pop((1, "between"), None)
    width = end(shown, [((y, 1), (y, "last")) for y in down])
    height = end(shown, [((1, x), ("last", x)) for x in across]) if len(rows) > 1 else None
    diagonal = replaced(shown[1, 1], number(1), ROW)
    general = replaced(replaced(shown[1, "last"], number("last", width), COLUMN), number(1), ROW)

    def at(y, x):
        if y == x and down == across and height == width:
            return replaced(diagonal, ROW, number(y, height))
        return replaced(replaced(general, ROW, number(y, height)), COLUMN, number(x, width))

    def entry(y, x):
        if middle is None:
            return at(y, x)
        here = Node("chain", ((Node("name", ("c",)), number(x)), ("=",)))
        return Node("cases", ((middle, here), (at(y, x), None)), middle.place)

    for place, cell in shown.items():
        if at(*place) != cell:
            hint = "replacing the index must turn one into the other"
            raise Refused(f"this entry does not follow the pattern of the others: {hint}", cell.place)
    return [[entry(y, x) for x in range(1, sizes[width] + 1)] for y in range(1, sizes.get(height, 1) + 1)]


def places(cells):
    """Return for each cell: 1, 2, ... before the first dots, then "dots", "between" and "last"."""
    dots = [number for number, cell in enumerate(cells) if cell == DOTS]
    if not dots or dots[0] == 0 or dots[-1] != len(cells) - 2:
        raise Refused("dots stand between entries, and one entry follows them", cells[0].place)
    names = [number + 1 if number < dots[0] else "between" for number in range(len(cells) - 1)] + ["last"]
    return ["dots" if number in dots else name for number, name in enumerate(names)]


def end(shown, pairs):
    """Return the size letter that the last entries have, and the first ones have not."""
    pairs = [(shown[first], shown[last]) for first, last in pairs if last in shown]
    ends = {name for first, last in pairs for name in subscripts(last) - subscripts(first) if name in SIZES}
    if len(ends) != 1:
        place = pairs[0][1].place
        raise Refused("can't tell how long this is: the last entry needs one index such as k", place)
    return ends.pop()


def subscripts(node):
    """Return the names below the entries of a formula."""
    entries = [part for part in node.walk() if part.kind in ("entry", "vector")]
    return {index.args[0] for part in entries for index in part.args[1:] if index.kind == "name"}


def number(place, end=None):
    """Return the index of a place: 1, 2, ..., and the size letter for the last."""
    return Node("name", (end,)) if place == "last" else Node("number", (str(place),))


def replaced(node, old, new):
    """Return a formula with an index replaced, in subscripts only."""
    if isinstance(node, tuple):
        return tuple(replaced(part, old, new) for part in node)
    if not isinstance(node, Node):
        return node
    args = replaced(node.args, old, new)
    if node.kind in ("entry", "vector"):
        args = args[:1] + tuple(new if index == old else index for index in args[1:])
    return Node(node.kind, args, node.place)

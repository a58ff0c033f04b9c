"""Rows and matrices with dots, written out for a given size.

The entries that are shown have to follow one pattern: replace the index 1 in the first by 2,
and you get the second, and so on to the last. A square matrix may have a second pattern on
its diagonal. In a row or a column, an entry between two ellipses stands at the place of its
own index letter, as in the row s_1, ..., s_c - 1, ..., s_k. Nothing is guessed: what does
not fit is refused.
"""

from machinery.equations.nodes import DOTS, Node
from machinery.equations.theory import SIZES, Letter
from machinery.equations.tokens import Refused

ROW, COLUMN = Node("name", ("row",)), Node("name", ("column",))


def written_out(rows, sizes, theory):
    """Return the rows, tuples of nodes, without dots.

    `sizes` has the value of each size letter, such as k; `theory` knows the index letters.
    """
    if len({len(row) for row in rows}) != 1:
        raise Refused("the rows of this matrix have different lengths", rows[0][0].place)
    columns = tuple(zip(*rows))
    down, across = (len(lines) > 1 and {DOTS} in map(set, lines) for lines in (rows, columns))
    if down and across:
        return grid(rows, sizes, theory)
    if down:
        return tuple(zip(*written_out(columns, sizes, theory)))
    if not any(DOTS in row for row in rows):
        return rows
    result = [grid((row,), sizes, theory)[0] for row in rows]
    if len({len(row) for row in result}) != 1:
        raise Refused("the dots of these rows do not stand below each other", rows[0][0].place)
    return result


def grid(rows, sizes, theory):
    """Write out one row, or a matrix with dots in both directions."""
    down, across = ([1] if len(rows) == 1 else places(next(zip(*rows)))), places(rows[0])
    shown, middle = {}, {}
    for y, row in zip(down, rows):
        for x, cell in zip(across, row):
            if (cell == DOTS) != ("dots" in (y, x)) or "between" in (y, x) and len(rows) > 1:
                message = "a row or a column of a matrix is all dots, or has none of its own"
                raise Refused(f"uneven dots: {message}", cell.place)
            if x == "between":
                letters = {name for name in subscripts(cell) if isinstance(theory.get(name), Letter)}
                if len(letters) != 1:
                    message = "an entry between dots needs one index letter, which says its place"
                    raise Refused(message, cell.place)
                middle[letters.pop()] = cell
            elif cell != DOTS:
                shown[y, x] = cell
    width = end(rows[0][-1], [(row[0], row[-1]) for row in rows], {theory[letter].size for letter in middle})
    height = end(rows[-1][0], zip(rows[0], rows[-1]), set()) if len(rows) > 1 else None
    corner = replaced(shown[1, "last"], number("last", width), COLUMN)
    square = down == across and height == width
    general, diagonal = replaced(corner, number(1), ROW), replaced(shown[1, 1], number(1), ROW)

    def at(y, x):
        if square and y == x:
            return replaced(diagonal, ROW, number(y, height))
        node = replaced(replaced(general, ROW, number(y, height)), COLUMN, number(x, width))
        for letter, cell in middle.items() if x != "last" else ():
            there = Node("chain", ((Node("name", (letter,)), number(x)), ("=",)))
            node = Node("cases", ((cell, there), (node, None)), cell.place)
        return node

    for (y, x), cell in shown.items():
        pattern = at(y, x).args[1][0] if middle and x != "last" else at(y, x)
        if pattern != cell:
            message = "replacing the index must turn one into the other"
            raise Refused(f"this entry does not follow the pattern of the others: {message}", cell.place)
    return [[at(y, x) for x in range(1, sizes[width] + 1)] for y in range(1, sizes.get(height, 1) + 1)]


def places(cells):
    """Return for each cell: 1, 2, ... before the first dots, then "dots", "between" and "last"."""
    dots = [number for number, cell in enumerate(cells) if cell == DOTS]
    if not dots or dots[0] == 0 or dots[-1] != len(cells) - 2:
        raise Refused("dots stand between entries, and one entry follows them", cells[0].place)
    names = [number + 1 if number < dots[0] else "between" for number in range(len(cells) - 1)] + ["last"]
    return ["dots" if number in dots else name for number, name in enumerate(names)]


def end(last, pairs, ends):
    """Return the size letter that the last entries have, and the first ones have not."""
    for first, cell in pairs:
        ends |= (set(subscripts(cell)) & set(SIZES)) - set(subscripts(first))
    if len(ends) != 1:
        message = "can't tell how long this is: the last entry needs one index such as k"
        raise Refused(message, last.place)
    return ends.pop()


def subscripts(node):
    """Yield the names below the entries of a formula."""
    for part in node.walk():
        if part.kind in ("entry", "unit"):
            yield from (index.args[0] for index in part.args[part.kind == "entry" :] if index.kind == "name")


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
    first = {"entry": 1, "unit": 0}.get(node.kind, len(args))
    indices = tuple(new if index == old else index for index in args[first:])
    return Node(node.kind, args[:first] + indices, node.place)

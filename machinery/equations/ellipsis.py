"""Rows and matrices with dots, written out for a given size.

The entries that are shown have to follow one pattern: replace the index 1 in the first by 2,
and you get the second, and so on to the last. A matrix may have a second pattern on its
diagonal. In a row or a column, an entry between two ellipses stands at the place of its own
index letter, as in the row s_1, ..., s_c - 1, ..., s_k. Nothing is guessed: what does not fit
is refused.
"""

from machinery.equations.resolve import Node
from machinery.equations.syntax import Refused

DOTS = Node("dots")
ROW, COLUMN = Node("name", ("row",)), Node("name", ("column",))


def written_out(rows, sizes, letters):
    """Return the rows without dots.

    Parameters
    ----------
    rows : tuple of tuples of Node
        The entries as written.
    sizes : dict of str to int
        The value of each size letter, such as k.
    letters : dict of str to str
        The index letters, and the size that each goes up to.
    """
    place, columns = rows[0][0].place, tuple(zip(*rows))
    if len({len(row) for row in rows}) != 1:
        raise Refused("the rows of this matrix have different lengths", place)
    if not any(cell == DOTS for row in rows for cell in row):
        return rows
    down = len(rows) > 1 and any(set(row) == {DOTS} for row in rows)
    across = len(columns) > 1 and any(set(column) == {DOTS} for column in columns)
    if down and across:
        return _grid(rows, columns, sizes)
    if down:
        result = tuple(zip(*(_line(column, sizes, letters) for column in columns)))
    else:
        result = tuple(_line(row, sizes, letters) for row in rows)
    if len({len(row) for row in result}) != 1:
        raise Refused("the dots of these rows do not stand below each other", place)
    return result


def _line(cells, sizes, letters):
    """Write out one row or one column."""
    places, middle = _places(cells), {}
    for number, cell in enumerate(cells):
        if places[number] == "between":
            found = {index.args[0] for index in _subscripts(cell) if index.kind == "name" and index.args[0] in letters}
            if len(found) != 1:
                raise Refused("an entry between dots needs one index letter, which says its place", cell.place)
            middle[found.pop()] = cell
    first, last = cells[0], cells[-1]
    ends = {letters[letter] for letter in middle} | _size_letters(last, sizes) - _size_letters(first, sizes)
    if len(ends) != 1:
        raise Refused("can't tell how long this is: the last entry needs one index such as k", last.place)
    end = ends.pop()
    shown = {end if place == "last" else place: cell for place, cell in zip(places, cells) if place not in ("dots", "between")}
    general = _replaced(first, _index(1), ROW)
    for place, cell in shown.items():
        _fits(_replaced(general, ROW, _index(place)), cell)
    line = []
    for number in range(1, sizes[end] + 1):
        node = _replaced(general, ROW, _index(number))
        for letter, cell in middle.items():
            there = Node("chain", ((Node("name", (letter,)), _index(number)), ("=",)))
            node = Node("cases", ((cell, there), (node, None)), cell.place)
        line.append(node)
    return tuple(line)


def _grid(rows, columns, sizes):
    """Write out a matrix with dots in both directions."""
    ends = []
    for lines in (rows, columns):
        common = set.intersection(*(_size_letters(cell, sizes) for cell in lines[-1] if cell != DOTS))
        if len(common) != 1:
            raise Refused("can't tell how large this is: the last row and column need one index such as k", rows[0][0].place)
        ends.append(common.pop())
    down, across = (
        [end if place == "last" else place for place in _places(tuple(DOTS if set(line) == {DOTS} else line[0] for line in lines))]
        for lines, end in zip((rows, columns), ends)
    )
    shown = {}
    for y, row in zip(down, rows):
        for x, cell in zip(across, row):
            if (cell == DOTS) != ("dots" in (y, x)) or "between" in (y, x):
                raise Refused("uneven dots: a row or a column of a matrix is all dots, or has none of its own", cell.place)
            if cell != DOTS:
                shown[y, x] = cell
    corner = (1, across[-1])
    general = _replaced(_replaced(shown[corner], _index(across[-1]), COLUMN), _index(1), ROW)
    square = down == across
    diagonal = _replaced(shown[1, 1], _index(1), ROW) if square else None

    def at(y, x):
        if square and y == x:
            return _replaced(diagonal, ROW, _index(y))
        return _replaced(_replaced(general, ROW, _index(y)), COLUMN, _index(x))

    for (y, x), cell in shown.items():
        _fits(at(y, x), cell)
    height, width = (sizes[end] for end in ends)
    return tuple(tuple(at(y, x) for x in range(1, width + 1)) for y in range(1, height + 1))


def _places(cells):
    """Return for each cell: 1, 2, ... before the first dots, then "dots", "between" and "last"."""
    dots = [number for number, cell in enumerate(cells) if cell == DOTS]
    if not dots or dots[0] == 0 or dots[-1] != len(cells) - 2:
        raise Refused("dots stand between entries, and one entry follows them", cells[0].place)
    places = [number + 1 if number < dots[0] else "between" for number in range(len(cells) - 1)] + ["last"]
    return ["dots" if number in dots else place for number, place in enumerate(places)]


def _fits(expected, cell):
    if expected != cell:
        raise Refused("this entry does not follow the pattern of the others: replacing the index must turn one into the other", cell.place)


def _subscripts(node):
    for part in node.walk():
        if part.kind in ("entry", "unit"):
            yield from part.args[part.kind == "entry" :]


def _size_letters(cell, sizes):
    return {index.args[0] for index in _subscripts(cell) if index.kind == "name" and index.args[0] in sizes}


def _index(label):
    return Node("name", (label,)) if isinstance(label, str) else Node("number", (str(label),))


def _replaced(node, old, new):
    """Return a formula with an index replaced, in subscripts only."""
    if isinstance(node, tuple):
        return tuple(_replaced(part, old, new) for part in node)
    if not isinstance(node, Node):
        return node
    args = _replaced(node.args, old, new)
    if node.kind in ("entry", "unit"):
        first = node.kind == "entry"
        args = args[:first] + tuple(new if index == old else index for index in args[first:])
    return Node(node.kind, args, node.place)

"""Numbers, vectors and matrices: which shapes may be added, multiplied, compared.

A vector (k,) is neither row nor column until a transpose, a matrix or a derivative says so.
Beside a row it is a row, beside a column a column; in a product it stands as a column.
"""

import numpy as np

from machinery.equations import arithmetic as ar
from machinery.equations.arithmetic import Real
from machinery.equations.syntax import Refused


def full(array, batch):
    return np.broadcast_to(array, (batch,) + array.shape[1:])


def rank(number):
    return number.value.ndim - 1


def shape(number):
    return number.value.shape[1:]


def shape_name(number):
    return {0: "a number", 1: f"a vector {shape(number)}"}.get(rank(number), f"a matrix {shape(number)}")


def lift(number, to):
    """Give a number the axes of a vector or a matrix."""
    return number.map(lambda a: a.reshape(a.shape + (1,) * (to - (a.ndim - 1))))


def oriented(vector, like):
    """Give a vector the orientation of a row or a column beside it."""
    height, width = shape(like)
    if height == 1 and width == shape(vector)[0]:
        return vector.map(lambda a: a[:, None, :])
    if width == 1 and height == shape(vector)[0]:
        return vector.map(lambda a: a[:, :, None])
    return vector


def matched(x, y, place, what):
    """Return two numbers in a common shape, or refuse."""
    if rank(x) == 1 and rank(y) == 2:
        x = oriented(x, y)
    if rank(y) == 1 and rank(x) == 2:
        y = oriented(y, x)
    if shape(x) != shape(y):
        raise Refused(f"{shape_name(x)} and {shape_name(y)} can't be {what}" + _hint(x, y), place)
    return x, y


def _hint(x, y):
    if not rank(x) or not rank(y):
        return r": to shift every entry, write m \mathbf 1"
    return r": one of them needs a \top" if shape(x) == shape(y)[::-1] else ""


def product(x, y, place, operator=""):
    """Return a product: of numbers, with a number, of a row, a matrix, a vector, or a dot product."""
    if operator == "odot":
        return ar.multiply(*matched(x, y, place, "multiplied entry by entry"))
    if not rank(x) or not rank(y):
        top = max(rank(x), rank(y))
        return ar.multiply(lift(x, top), lift(y, top))
    if operator in ("times", "circ"):
        raise Refused(f"can't multiply {shape_name(x)} and {shape_name(y)} like this", place)
    if rank(x) == rank(y) == 1:
        if operator == "cdot" and shape(x) == shape(y):
            return ar.sum_over(1)(ar.multiply(x, y))
        raise Refused(r"two vectors side by side: write a \top on one, \cdot or \odot between them", place)
    vector = rank(y) == 1
    left = lift(x, 2) if rank(x) == 1 else x
    right = lift(y, 2) if vector else y
    if shape(left)[1] != shape(right)[0]:
        raise Refused(f"{shape_name(x)} times {shape_name(y)}: the shapes do not fit", place)
    result = ar.matrix_product(left, right)
    if shape(result) == (1, 1):
        return result.map(lambda a: a[:, 0, 0])
    return result.map(lambda a: a[:, :, 0]) if vector else result


def diagonal(name, number, place):
    """Return the diagonal matrix of a vector, or the trace of a matrix."""
    if name == "diag" and rank(number) == 1:
        return ar.multiply(lift(number, 2), Real(np.eye(shape(number)[0])[None]))
    if name == "tr" and rank(number) == 2 and len(set(shape(number))) == 1:
        entries = number.map(lambda a: np.einsum("pii->pi", a))
        return ar.sum_over(1)(entries)
    raise Refused(f"\\operatorname{{{name}}} of {shape_name(number)}", place)


def largest(number, name, batch):
    best = number.value.argmax(1) if name == "max" else number.value.argmin(1)
    return number.map(lambda a: full(a, batch)[np.arange(batch), best])


@ar.linear
def _stack(*numbers):
    return Real(np.stack([x.value for x in numbers], 1), np.stack([x.error for x in numbers], 1))


def stack(numbers):
    return _stack(*numbers)

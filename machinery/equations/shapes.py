"""Numbers, vectors and matrices: which shapes may be added, multiplied, compared.

Every array has the same AXES first: the points, then one for each index letter that is in
force. They have length 1 where the value does not depend on it, and NumPy stretches them.
What follows is the shape in the formula: nothing, (k,), or (rows, columns).

A vector (k,) is neither row nor column until a transpose, a matrix or a derivative says so.
Beside a row it is a row, and beside a column it is a column; in a product it is a column.
"""

from typing import Any, TypeAlias

import autograd.numpy as np

from machinery.equations.tokens import Refused

AXES = 10
Array: TypeAlias = np.ndarray  # or autograd's substitute for it


def shape(array: Array) -> tuple[int, ...]:
    return array.shape[AXES:]


def rank(array: Array) -> int:
    return array.ndim - AXES


def shape_name(array: Array) -> str:
    return {0: "a number", 1: f"a vector {shape(array)}"}.get(rank(array), f"a matrix {shape(array)}")


def constant(values: Any) -> Array:
    """Return what is the same at every point and index."""
    values = np.asarray(values, dtype=float)
    return values.reshape((1,) * AXES + values.shape)


def stretched(array: Array, axes: tuple[int, ...]) -> Array:
    """Return an array with its leading axes at full length."""
    return array + np.zeros(np.broadcast_shapes(array.shape[:AXES], axes) + (1,) * rank(array))


def lift(array: Array, to: int) -> Array:
    """Give a number the axes of a vector or a matrix."""
    return array.reshape(array.shape + (1,) * (to - rank(array)))


def where(condition: Array, x: Array, y: Array) -> Array:
    """Return x where the condition holds, and y elsewhere; the condition is a number."""
    condition = lift(condition, max(rank(x), rank(y)))
    zero = np.zeros(np.broadcast_shapes(condition.shape, x.shape, y.shape))
    return np.where(condition, x + zero, y + zero)


def picked(array: Array, index: Array) -> Array:
    """Return the entries at an index, counted from 1, along the first axis of the shape."""
    return where(lift(unit(index, shape(array)[0]), rank(array)), array, constant(0)).sum(AXES)


def unit(index: Array, size: int) -> Array:
    """Return the unit vector that is 1 at an index, counted from 1."""
    return lift(index, 1) == constant(np.arange(1, size + 1))


def matched(x: Array, y: Array, what: str, place: int | None = None) -> tuple[Array, Array]:
    """Return two values in a common shape, or refuse."""
    x, y = oriented(x, y), oriented(y, x)
    if shape(x) != shape(y):
        hint = r": one of them needs a \top" if shape(x) == shape(y)[::-1] else ""
        hint = r": to shift every entry, write m \mathbf 1" if 0 in (rank(x), rank(y)) else hint
        raise Refused(f"{shape_name(x)} and {shape_name(y)} can't be {what}{hint}", place)
    return x, y


def oriented(vector: Array, like: Array) -> Array:
    """Give a vector the orientation of a row or a column beside it."""
    if rank(vector) == 1 and rank(like) == 2:
        if shape(like) == (1, *shape(vector)):
            return np.expand_dims(vector, -2)
        if shape(like) == (*shape(vector), 1):
            return np.expand_dims(vector, -1)
    return vector


def product(operator: str, x: Array, y: Array, place: int) -> Array:
    """Return a product: of numbers, with a number, of a row, a matrix, a vector, or a dot product."""
    if operator == "odot":
        x, y = matched(x, y, "multiplied entry by entry", place)
        return x * y
    if not rank(x) or not rank(y):
        return lift(x, rank(y)) * lift(y, rank(x))
    if operator == "cdot" and rank(x) == rank(y) == 1 and shape(x) == shape(y):
        return (x * y).sum(-1)
    left, right = (lift(side, 2) for side in (x, y))
    if operator in ("times", "circ") or rank(x) == rank(y) == 1 or shape(left)[1] != shape(right)[0]:
        raise Refused(rf"can't multiply {shape_name(x)} and {shape_name(y)} like this: write a \top on one, or \cdot or \odot between them", place)
    result = (np.expand_dims(left, -1) * np.expand_dims(right, -3)).sum(-2)
    if shape(result) == (1, 1):
        return result[..., 0, 0]
    return result[..., 0] if rank(y) == 1 else result

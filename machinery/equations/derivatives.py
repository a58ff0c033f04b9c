"""Derivatives, by automatic differentiation."""

from collections.abc import Callable

import autograd.numpy as np
from autograd import make_vjp

from machinery.equations.shapes import AXES, Array, rank, shape, stretched
from machinery.equations.tokens import Refused


def jacobian(function: Callable[[Array], Array], at: Array, like: Array) -> Array:
    """Return the derivative of a function, whose value is `like` this: the shape of the value, then that of its argument.

    Points and index letters do not depend on each other, so one backward pass for each entry of
    the value gives the derivatives at all of them.
    """
    axes = np.broadcast_shapes(like.shape[:AXES], at.shape[:AXES])
    backwards, result = make_vjp(lambda x: stretched(function(x), axes))(stretched(at, axes))
    slopes = []
    for place in np.ndindex(shape(result)):
        seed = np.zeros(result.shape)
        seed[(..., *place)] = 1
        slopes.append(backwards(seed))
    return np.stack(slopes, AXES).reshape(axes + shape(result) + shape(at))


def shaped(slopes: Array, inner: int, orientation: str, place: int) -> Array:
    """Return a derivative by a vector or a matrix, of that rank, in the shape that it has in formulas."""
    outer = rank(slopes) - inner
    if outer == 0 and inner == 2:
        return slopes
    if outer == 0:
        return np.expand_dims(slopes, -1 if orientation == "column" else -2)
    vector = shape(slopes)[:outer].count(1) == outer - 1  # or a row or a column
    if vector and inner == 1 and orientation == "row":
        return slopes.reshape(slopes.shape[:AXES] + (-1, slopes.shape[-1]))
    raise Refused("the derivative of a matrix, or of a vector by a matrix, has no shape here", place)

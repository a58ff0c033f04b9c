"""The functions that every page knows. They take and return arrays as `shapes` describes them."""

import functools
from collections.abc import Callable

import autograd.numpy as np
from autograd.extend import defvjp, primitive
from autograd.tracer import getval

from machinery.equations.shapes import AXES, Array, constant, lift, rank, shape, shape_name
from machinery.equations.tokens import Refused


def entries(array: Array) -> Array:
    return array.reshape(array.shape[:AXES] + (-1,))


@primitive
def cornered(array: Array, corners: Array) -> Array:
    """Return an array without a derivative at its corners, such as |x| at 0."""
    return array


defvjp(cornered, lambda result, array, corners: lambda slope: np.where(corners & (slope != 0), np.nan, slope), argnums=(0,))


def absolute(array: Array) -> Array:
    return cornered(np.abs(array), getval(array) == 0)


def extreme_entry(operator: str, array: Array, axis: int | tuple[int, ...]) -> Array:
    """Return the largest or smallest entries along axes, without a derivative where two of them are equal."""
    result = getattr(np, operator)(array, axis=axis, keepdims=True)
    return cornered(result, (getval(array) == getval(result)).sum(axis, keepdims=True) > 1)


def probabilities(vector: Array) -> Array:
    values = getval(vector)
    if rank(vector) != 1 or (values < 0).any() or (np.abs(values.sum(-1) - 1) > 1e-6).any():
        raise Refused("an expectation needs probabilities: none below 0, with the sum 1")
    return vector


def norm(array: Array) -> Array:
    return np.sqrt((entries(array) ** 2).sum(-1))


def diag(vector: Array) -> Array:
    return lift(vector, 2) * constant(np.eye(*shape(vector)))


def trace(matrix: Array) -> Array:
    rows, columns = shape(matrix)
    if rows != columns:
        raise Refused(f"the trace is of a square matrix, not of {shape_name(matrix)}")
    return (matrix * constant(np.eye(rows))).sum((-1, -2))


def extreme(operator: str, first: Array, *others: Array) -> Array:
    """Return the largest or smallest of some numbers, or of the entries of a vector."""
    if not others:
        return extreme_entry(operator, first, -1)[..., 0]
    return functools.reduce(lambda x, y: of_two(operator, lift(x, rank(y)), lift(y, rank(x))), others, first)


def of_two(operator: str, x: Array, y: Array) -> Array:
    choose = np.maximum if operator == "max" else np.minimum
    return cornered(choose(x, y), getval(x) == getval(y))


FUNCTIONS: dict[str, Callable[..., Array]] = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh,
    "log": np.log, "exp": np.exp, "sqrt": np.sqrt, "abs": absolute,
    "norm": norm, "norm 2": norm, "norm F": norm, "norm 1": lambda array: absolute(entries(array)).sum(-1),
    r"norm \infty": lambda array: extreme("max", absolute(entries(array))), "diag": diag, "tr": trace,
    "probabilities": probabilities,
    "max": functools.partial(extreme, "max"), "min": functools.partial(extreme, "min"),
}
RANKS = {"diag": 1, "tr": 2, "max": 1, "min": 1}  # of their one argument, where they don't take any

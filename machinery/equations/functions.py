"""The functions that every page knows. They take and return arrays as `shapes` describes them."""

import functools
from typing import Callable

import autograd.numpy as np

from machinery.equations.shapes import AXES, Array, constant, lift, rank, shape, shape_name
from machinery.equations.tokens import Refused


def entries(array: Array) -> Array:
    return array.reshape(array.shape[:AXES] + (-1,))


def norm(array: Array) -> Array:
    return np.sqrt((entries(array) ** 2).sum(-1))


def diag(vector: Array) -> Array:
    return lift(vector, 2) * constant(np.eye(*shape(vector)))


def trace(matrix: Array) -> Array:
    rows, columns = shape(matrix)
    if rows != columns:
        raise Refused(f"the trace is of a square matrix, not of {shape_name(matrix)}")
    return (matrix * constant(np.eye(rows))).sum((-1, -2))


def extreme(of_two: Callable[[Array, Array], Array], of_entries: Callable[..., Array]) -> Callable[..., Array]:
    """Return the largest or smallest of some numbers, or of the entries of a vector."""

    def function(first: Array, *others: Array) -> Array:
        if not others:
            return of_entries(first, axis=-1)
        return functools.reduce(lambda x, y: of_two(lift(x, rank(y)), lift(y, rank(x))), others, first)

    return function


FUNCTIONS: dict[str, Callable[..., Array]] = {
    "log": np.log, "exp": np.exp, "tanh": np.tanh, "sqrt": np.sqrt, "abs": np.abs,
    "norm": norm, "norm 2": norm, "norm F": norm, "norm 1": lambda array: np.abs(entries(array)).sum(-1),
    r"norm \infty": lambda array: np.max(np.abs(entries(array)), axis=-1), "diag": diag, "tr": trace,
    "max": extreme(np.maximum, np.max), "min": extreme(np.minimum, np.min),
}  # fmt: skip
RANKS = {"diag": 1, "tr": 2, "max": 1, "min": 1}  # of their one argument, where they don't take any

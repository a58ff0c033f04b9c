"""The functions that every page knows. They take and return arrays as `shapes` describes them."""

import functools

import autograd.numpy as np

from machinery.equations.shapes import AXES, constant, lift, rank, shape


def entries(array):
    return array.reshape(array.shape[:AXES] + (-1,))


def norm(array):
    return np.sqrt((entries(array) ** 2).sum(-1))


def diag(vector):
    return lift(vector, 2) * constant(np.eye(*shape(vector)))


def trace(matrix):
    return (matrix * constant(np.eye(*shape(matrix)))).sum((-1, -2))


def extreme(name, larger):
    """Return the largest or smallest of some numbers, or of the entries of a vector."""

    def function(first, *others):
        if others:
            return functools.reduce(lambda x, y: larger(lift(x, rank(y)), lift(y, rank(x))), others, first)
        return getattr(np, name)(first, axis=-1)

    return function


FUNCTIONS = {
    "log": np.log, "exp": np.exp, "tanh": np.tanh, "sqrt": np.sqrt, "abs": np.abs,
    "norm": norm, "norm 2": norm, "norm F": norm, "norm 1": lambda array: np.abs(entries(array)).sum(-1),
    r"norm \infty": lambda array: np.max(np.abs(entries(array)), axis=-1), "diag": diag, "tr": trace,
    "max": extreme("max", np.maximum), "min": extreme("min", np.minimum),
}  # fmt: skip
RANKS = {"diag": 1, "tr": 2, "max": 1, "min": 1}  # of their one argument, where they don't take any

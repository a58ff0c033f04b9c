"""Derivatives, by automatic differentiation of what is defined on the page."""

import warnings

import autograd.numpy as np
from autograd import make_vjp

from machinery.equations.shapes import AXES, rank, shape, stretched
from machinery.equations.theory import Letter, Variable, base_and_indices, key_of, reachable
from machinery.equations.tokens import Refused


def jacobian(scope, expression, plain, key):
    """Return the derivative by a name: the shape of the expression, then that of the name.

    `plain` is the value of the expression. Points and index letters are independent of each other:
    one pass backwards for each entry of the expression gives the derivatives at all of them.
    """
    current = scope.lookup(key)
    axes = np.broadcast_shapes(plain.shape[:AXES], current.shape[:AXES])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # autograd warns of what does not depend on the name, and gives 0
        backwards, result = make_vjp(
            lambda x: stretched(scope.override({key: x}).value(expression), axes)
        )(stretched(current, axes))  # fmt: skip
    slopes = []
    for place in np.ndindex(shape(result)):
        seed = np.zeros(result.shape)
        seed[(..., *place)] = 1
        slopes.append(backwards(seed))
    return np.stack(slopes, AXES).reshape(axes + shape(result) + shape(current))


def derivative(scope, expression, variable, orientation):
    """Return the derivative by a name or an entry: of a number by a vector it is a "row" or a "column"."""
    base, indices = base_and_indices(variable)
    key = key_of(variable, scope.theory)
    if base.kind != "name" or isinstance(scope.theory.get(key), Letter):
        raise Refused("can't derive by this: only by a name or an entry of it", variable.place)
    plain = scope.value(expression)  # what is not defined in it comes first
    if key not in reachable(scope.theory, expression):
        raise Refused(f"what is derived here does not contain {base.args[0]}", variable.place)
    current, result = scope.lookup(key), jacobian(scope, expression, plain, key)
    outer = rank(result) - rank(current)
    if indices or not rank(current):
        return scope.picked(result, indices, outer)
    if outer == 0 and rank(current) == 2:
        return result
    if outer == 0:
        return np.expand_dims(result, -1 if orientation == "column" else -2)
    vector = shape(result)[:outer].count(1) == outer - 1  # or a row or a column
    if vector and rank(current) == 1 and orientation == "row":
        return result.reshape(result.shape[:AXES] + (-1, shape(current)[0]))
    raise Refused("the derivative of a matrix, or of a vector by a matrix, has no shape here", variable.place)


def differential(scope, expression):
    """Return the change of a value when all its variables move, each in its own direction."""
    plain, names = scope.value(expression), sorted(reachable(scope.theory, expression))
    total = np.zeros(plain.shape)
    for name in (name for name in names if isinstance(scope.theory.get(name), Variable)):
        slope, direction = jacobian(scope, expression, plain, name), scope.direction(name)
        outer = rank(slope) - rank(direction)
        direction = direction.reshape(direction.shape[:AXES] + (1,) * outer + shape(direction))
        total = total + (slope * direction).sum(tuple(range(AXES + outer, slope.ndim)))
    return total

"""Numbers that carry a bound of their rounding error, and their derivatives.

A `Real` holds an array of values and an array of bounds: the exact result of the formula is
no further from the value than the bound says. Two sides of an equality may then differ by
the sum of their bounds and by nothing else; no tolerance has to be chosen.
(Running error analysis: N. J. Higham, "Accuracy and Stability of Numerical Algorithms",
2nd edition, 2002, section 3.3.)

A `Dual` holds a number and its derivative in one direction (forward differentiation).
Duals nest, for second derivatives; the level tells which derivation an infinitesimal is of.

The first axis of every array counts the points. What follows is the shape in the formula:
nothing for a number, (k,) for a vector, (rows, columns) for a matrix.
"""

import numpy as np

UNIT = 2.0**-53  # rounding error of + - * / and square root: IEEE 754, half a unit in the last place
LIBRARY = 4 * UNIT  # of exp, log and tanh: NumPy's are within 2 units in the last place


class Real:
    __slots__ = ("value", "error")

    def __init__(self, value, error=None):
        self.value = np.asarray(value, dtype=float)
        self.error = np.zeros_like(self.value) if error is None else np.asarray(error)

    def map(self, change):
        """Return the number with its arrays rearranged, which rounds nothing."""
        return Real(change(self.value), change(self.error))


class Dual:
    __slots__ = ("primal", "tangent", "level")

    def __init__(self, primal, tangent, level):
        self.primal, self.tangent, self.level = primal, tangent, level

    def map(self, change):
        return Dual(self.primal.map(change), self.tangent.map(change), self.level)

    @property
    def value(self):
        return self.primal.value

    @property
    def error(self):
        return self.primal.error


def tangent(number, level):
    """Return the derivative that a number carries, or None if it does not depend."""
    return number.tangent if isinstance(number, Dual) and number.level == level else None


def zero_like(number):
    return Real(np.zeros_like(number.value))


def _top(*numbers):
    return max((number.level for number in numbers if isinstance(number, Dual)), default=0)


def _split(number, level):
    if isinstance(number, Dual) and number.level == level:
        return number.primal, number.tangent
    return number, None


def linear(operation):
    """Extend an operation on `Real`s that is linear in all of them together to duals."""

    def extended(*numbers):
        level = _top(*numbers)
        if not level:
            return operation(*numbers)
        primals, tangents = zip(*(_split(number, level) for number in numbers))
        tangents = [zero_like(p) if t is None else t for p, t in zip(primals, tangents)]
        return Dual(extended(*primals), extended(*tangents), level)

    return extended


def bilinear(operation):
    """Extend an operation that is linear in each of two `Real`s to duals: the product rule."""

    def extended(x, y):
        level = _top(x, y)
        if not level:
            return operation(x, y)
        (x, dx), (y, dy) = _split(x, level), _split(y, level)
        terms = ([extended(dx, y)] if dx is not None else []) + ([extended(x, dy)] if dy is not None else [])
        return Dual(extended(x, y), terms[0] if len(terms) == 1 else add(*terms), level)

    return extended


def elementary(operation, derivative):
    """Extend a function of one number to duals, given its derivative."""

    def extended(x):
        level = _top(x)
        if not level:
            return operation(x)
        x, dx = _split(x, level)
        return Dual(extended(x), multiply(derivative(x), dx), level)

    return extended


@linear
def add(x, y):
    value = x.value + y.value
    return Real(value, x.error + y.error + UNIT * np.abs(value))


@linear
def negate(x):
    return Real(-x.value, x.error)


@bilinear
def multiply(x, y):
    value = x.value * y.value
    spread = np.abs(x.value) * y.error + np.abs(y.value) * x.error + x.error * y.error
    return Real(value, spread + UNIT * np.abs(value))


@bilinear
def matrix_product(x, y):
    length = x.value.shape[-1]
    spread = np.abs(x.value) @ y.error + x.error @ np.abs(y.value) + x.error @ y.error
    return Real(x.value @ y.value, spread + length * UNIT * (np.abs(x.value) @ np.abs(y.value)))


def sum_over(axis):
    """Return the sum over an axis, for all the terms of a `\\sum` at once."""

    def operation(x):
        length = x.value.shape[axis]
        rounding = length * UNIT * np.abs(x.value).sum(axis)
        return Real(x.value.sum(axis), x.error.sum(axis) + rounding)

    return linear(operation)


def where(condition, x, y):
    """Return x where the condition holds and y elsewhere."""

    def operation(x, y):
        return Real(np.where(condition, x.value, y.value), np.where(condition, x.error, y.error))

    return linear(operation)(x, y)


def _invert(x):
    value = 1 / x.value
    # A number that may be 0 within its bound has no quotient: the bound becomes infinite.
    gap = np.abs(x.value) - x.error
    spread = np.where(gap > 0, x.error / (np.abs(x.value) * np.where(gap > 0, gap, 1)), np.inf)
    return Real(value, np.where(x.error == 0, 0, spread) + UNIT * np.abs(value))


def _exp(x):
    value = np.exp(x.value)
    return Real(value, value * (np.expm1(x.error) + LIBRARY))


def _log(x):
    value = np.log(x.value)
    gap = x.value - x.error
    spread = np.where(gap > 0, x.error / np.where(gap > 0, gap, 1), np.where(x.value + x.error >= 0, np.inf, 0))
    return Real(value, np.where(x.error == 0, 0, spread) + LIBRARY * np.abs(value))


def _tanh(x):
    value = np.tanh(x.value)
    return Real(value, x.error + LIBRARY * np.abs(value))


def _root(x):
    value = np.sqrt(x.value)
    spread = np.where(value > 0, x.error / np.where(value > 0, value, 1), np.sqrt(x.error))
    return Real(value, spread + UNIT * value)


invert = elementary(_invert, lambda x: negate(multiply(invert(x), invert(x))))
exp = elementary(_exp, lambda x: exp(x))
log = elementary(_log, lambda x: invert(x))
tanh = elementary(_tanh, lambda x: add(Real(1.0), negate(multiply(tanh(x), tanh(x)))))
root = elementary(_root, lambda x: multiply(Real(0.5), invert(root(x))))


def divide(x, y):
    return multiply(x, invert(y))


def absolute(x):
    return multiply(Real(np.sign(x.value)), x)


def power(x, exponent):
    """Return x to a whole number, by products, so that x may be negative."""
    if exponent < 0:
        return invert(power(x, -exponent))
    result = Real(np.ones_like(x.value))
    for _ in range(exponent):
        result = multiply(result, x)
    return result

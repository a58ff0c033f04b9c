"""The points at which formulas are evaluated, and how large rounding errors are there."""

import zlib

import autograd.numpy as np
from autograd.extend import defvjp, primitive

from machinery.equations.shapes import Array
from machinery.equations.theory import Variable
from machinery.equations.tokens import Refused

# Ten points for each k. Ordinary ones, two with nearly equal entries, two with very unequal
# ones, where probabilities are close to 0 and 1.
SCALES = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.1, 0.1, 30.0, 30.0])
# The effect of rounding on a formula is measured, not assumed. Each point has twins, at which
# every intermediate value is disturbed by up to this share of it, a thousand times more than
# a rounding of 2**-53 does. Two sides may differ by as much as they differ from their twins,
# and no more. (Monte Carlo arithmetic: D. S. Parker, "Monte Carlo Arithmetic", 1997.)
NOISE = 2.0**-43
TWINS = 3


class OutOfRange(Refused):
    """An index that does not exist for this k, such as s_3 for k = 2."""


def finite(array: Array) -> Array:
    """Return nan in place of infinite values, because they are no values, even where something finite follows, as in exp(log(0))."""
    return np.where(np.isfinite(array), array, np.nan)


@primitive
def disturb(array: Array, random: np.random.Generator, points: int) -> Array:
    noise = random.uniform(-NOISE, NOISE, array.shape)
    noise[:points] = 0
    return finite(array) * (1 + noise)


# Derivatives of the backward pass get new noise at each step, because they are rounded, too.
defvjp(disturb, lambda result, array, random, points: lambda slope: disturb(slope, random, points), argnums=(0,))


def draw(variable: Variable, sizes: dict[str, int], scales: Array) -> Array:
    """Return random values of a variable, one for each scale."""
    random = np.random.default_rng([sizes["k"], zlib.crc32(variable.name.encode())])
    dimensions = (len(scales), *(sizes[size] for size in variable.sizes))
    kind, *limits = variable.domain
    if kind == "classes":
        return random.integers(1, sizes[limits[0]] + 1, size=dimensions).astype(float)
    if kind == "interval":
        return random.uniform(float(limits[1]), float(limits[2]), size=dimensions)
    normal = random.normal(size=dimensions)
    if kind == "simplex":
        return np.exp(normal) / np.exp(normal).sum(-1, keepdims=True)
    if kind == "positive":
        return np.exp(normal / 2)
    if kind == "nonnegative":
        return np.where(normal > 1, 0, np.exp(normal / 2))
    if kind == "binary":
        return (normal > 0).astype(float)
    return normal * scales.reshape((-1,) + (1,) * len(variable.sizes))


def outside(variable: Variable, value: Array, sizes: dict[str, int]) -> str:
    """Return the declaration of a variable if a value contradicts it, otherwise nothing."""
    kind, *limits = variable.domain
    if kind in ("positive", "nonnegative"):
        return "" if (value > 0).all() or kind == "nonnegative" and (value >= 0).all() else kind
    if kind == "binary":
        return "" if np.isin(value, (0, 1)).all() else "0 or 1"
    if kind == "simplex":
        inside = (value >= 0).all() and np.allclose(value.sum(-1), 1, rtol=0, atol=1e-9)
        return "" if inside else "probabilities, none below 0 and with the sum 1"
    if kind == "classes":
        inside = np.isin(value, np.arange(1, sizes[limits[0]] + 1)).all()
        return "" if inside else f"a class from 1 to {limits[0]} = {sizes[limits[0]]}"
    if kind == "interval":
        opening, low, high, closing = limits
        above = value > float(low) if opening == "(" else value >= float(low)
        below = value < float(high) if closing == ")" else value <= float(high)
        return "" if (above & below).all() else f"a number in {opening}{low}, {high}{closing}"
    return ""

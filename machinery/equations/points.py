"""The points at which formulas are evaluated, and how far rounding takes them there."""

import zlib

import autograd.numpy as np
from autograd.extend import defvjp, primitive

from machinery.equations.tokens import Refused

# Ten points for each k. Ordinary ones, two with nearly equal entries, two with very unequal
# ones, where probabilities are close to 0 and 1.
SCALES = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.1, 0.1, 30.0, 30.0])
# How far rounding takes a formula is measured, not assumed. Each point has twins, at which
# every intermediate value is disturbed by up to this share of it, a thousand times more than
# a rounding of 2**-53 does. Two sides may differ by as much as their twins differ from them,
# and by nothing else. (Monte Carlo arithmetic: D. S. Parker, "Monte Carlo Arithmetic", 1997.)
NOISE = 2.0**-43
TWINS = 3


class OutOfRange(Refused):
    """An index that does not exist for this k, such as s_3 for k = 2."""


@primitive
def disturb(array, scope):
    noise = scope.random.uniform(-NOISE, NOISE, array.shape)
    noise[: len(scope.scales)] = 0
    return array * (1 + noise)


# Slopes that flow backwards are rounded too, each time anew.
defvjp(disturb, lambda result, array, scope: lambda slope: disturb(slope, scope), argnums=(0,))


def draw(variable, sizes, scales):
    """Return random values of a variable, one for each scale."""
    random = np.random.default_rng([sizes["k"], zlib.crc32(variable.name.encode())])
    dimensions = (len(scales), *(sizes[size] for size in variable.sizes))
    kind, *limits = variable.domain
    if kind == "classes":
        return random.integers(1, sizes[limits[0]] + 1, size=dimensions).astype(float)
    if kind == "interval":
        return random.uniform(*map(float, limits), size=dimensions)
    normal = random.normal(size=dimensions)
    if kind == "simplex":
        return np.exp(normal) / np.exp(normal).sum(-1, keepdims=True)
    if kind == "positive":
        return np.exp(normal / 2)
    return normal * scales.reshape((-1,) + (1,) * len(variable.sizes))

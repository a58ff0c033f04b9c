"""The points at which formulas are evaluated, and the values of names and index letters there."""

import copy
import zlib
from dataclasses import replace

import autograd.numpy as np
from autograd.extend import defvjp, primitive

from machinery.equations.shapes import AXES, constant, stretched
from machinery.equations.theory import Definition, Variable
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


class OutOfRange(Exception):
    """An index that does not exist for this k, such as s_3 for k = 2."""


class Scope:
    """Values of names and index letters.

    Parameters
    ----------
    theory : dict
        What is known.
    sizes : dict of str to int
        The value of k, N and D.
    scales : ndarray
        For each point, how far logits are spread.
    settings : dict of str to Node
        The numbers of an example, in place of random ones.
    """

    def __init__(self, theory, sizes, scales=SCALES, settings=None, twins=TWINS):
        self.theory, self.sizes, self.scales, self.settings = theory, sizes, scales, settings or {}
        self.twins, self.quiet = twins, not twins
        self.values, self.letters, self.depth = {}, {}, 1
        self.kept, self.random = {}, np.random.default_rng(0)

    def bind(self, letter, size):
        """Return a scope in which an index letter takes all its values, along an axis of its own."""
        if self.depth == AXES:
            raise Refused("too many indices within each other")
        inner = copy.copy(self)
        numbers = np.arange(1, size + 1).reshape((1,) * self.depth + (-1,) + (1,) * (AXES - 1 - self.depth))
        inner.letters, inner.depth = {**self.letters, letter: numbers}, self.depth + 1
        return inner

    def override(self, values, quiet=False):
        """Return a scope in which names have other values, and what is defined by them follows.

        Conditions and indices are quiet, without noise: a twin takes the same branch as its point.
        """
        inner = copy.copy(self)
        inner.values, inner.kept, inner.quiet = {**self.values, **values}, {}, self.quiet or quiet
        return inner

    def lookup(self, name):
        """Return the value of a name, or None if nothing defines it."""
        if name in self.values:
            return self.values[name]
        if name not in self.kept:
            self.kept[name] = Ellipsis  # while it is computed
            self.kept[name] = self.computed(name, self.theory.get(name))
        if self.kept[name] is Ellipsis:
            entry = self.theory[name]
            raise Refused(f"{entry.shown} is defined by itself ({entry.where})")
        return self.kept[name]

    def computed(self, name, entry):
        if name in self.settings:
            return self.value(self.settings[name])
        if name.startswith("d "):  # the direction in which a variable moves
            entry = replace(self.theory[name[2:]], name=name, domain=("real",))
        if isinstance(entry, Variable):
            array = np.concatenate([draw(entry, self.sizes, self.scales)] * (1 + self.twins))
            return array.reshape(array.shape[:1] + (1,) * (AXES - 1) + array.shape[1:])
        if isinstance(entry, Definition):
            return self.defined(entry)
        if name + "#" in self.theory:
            return self.lookup(name + "#")
        return constant(self.sizes[name]) if name in self.sizes else None

    def disturbed(self, array):
        """Return an array with noise at the twins."""
        return disturb(stretched(array, (len(self.scales) * (1 + self.twins),) + (1,) * (AXES - 1)), self)


def scope_for(kind, theory, k, letters, settings=None, scales=SCALES):
    """Return a scope with variables at random points, and index letters at all their values."""
    settings = settings or {}
    sizes = {"k": k, "N": k + 1, "D": k + 2}  # all different, so that shapes can't be mixed up
    sizes |= {name: int(settings[name].args[0]) for name in ("N", "D") if name in settings}
    scope = kind(theory, sizes, scales, settings)
    for letter in letters:
        scope = scope.bind(letter, sizes[theory[letter].size])
    if "c" in settings:
        scope.letters["c"] = np.full((1,) * AXES, int(settings["c"].args[0]))
    return scope


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
        return random.uniform(*limits, size=dimensions)
    normal = random.normal(size=dimensions)
    if kind == "simplex":
        return np.exp(normal) / np.exp(normal).sum(-1, keepdims=True)
    if kind == "positive":
        return np.exp(normal / 2)
    if kind == "nonnegative":
        return np.abs(normal)
    return normal * scales.reshape((-1,) + (1,) * len(variable.sizes))

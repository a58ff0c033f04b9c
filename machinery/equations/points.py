"""The random points at which formulas are evaluated."""

import zlib

import numpy as np

from machinery.equations.arithmetic import Real
from machinery.equations.evaluate import Box, Scope, truth, value
from machinery.equations.shapes import full

CLASSES = (2, 3, 4, 5)  # the values of k
# Ten points for each k. Ordinary ones, two with nearly equal entries, two with very unequal
# ones, where probabilities are close to 0 and 1.
SCALES = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.1, 0.1, 30.0, 30.0])


def sizes_for(k, settings):
    """Return the size of each kind of axis. They all differ, so that shapes can't be mixed up."""
    sizes = {"k": k, "N": k + 1, "D": k + 2}
    for name in ("N", "D"):
        if name in settings:
            sizes[name] = int(settings[name].args[0])
    return sizes


def draw(variable, sizes, scales):
    """Return random values of a variable, one for each scale."""
    random = np.random.default_rng([sizes["k"], zlib.crc32(variable.name.encode())])
    shape = (len(scales), *(sizes[size] for size in variable.sizes))
    scale = scales.reshape((-1,) + (1,) * len(variable.sizes))
    kind, *limits = variable.domain
    normal = random.normal(size=shape)
    if kind == "real":
        return normal * scale
    if kind == "positive":
        return np.exp(normal / 2)
    if kind == "nonnegative":
        return np.abs(normal)
    if kind == "simplex":
        weights = np.exp(normal)
        return weights / weights.sum(-1, keepdims=True)
    if kind == "interval":
        return random.uniform(*limits, size=shape)
    return random.integers(1, sizes[limits[0]] + 1, size=shape).astype(float)


def scope_for(theory, k, letters=(), settings=None, names=None, scales=SCALES):
    """Return a scope with all variables at random points, for all values of the index letters."""
    settings = settings or {}
    sizes = sizes_for(k, settings)
    counts = {letter: sizes[theory.letters[letter]] for letter in letters}
    grid = np.indices(tuple(counts.values())).reshape(len(counts), -1) if counts else np.zeros((0, 1), int)
    many = grid.shape[1]
    indices = {letter: np.tile(values, len(scales)) for letter, values in zip(counts, grid)}
    if "c" in settings:
        indices["c"] = np.full(many * len(scales), int(settings["c"].args[0]) - 1)
    scope = Scope(theory, sizes, {}, indices, many * len(scales))
    for name, variable in theory.variables.items():
        if names is not None and name not in names:
            continue
        if name in settings:
            number = value(settings[name], scope)
        else:
            number = Real(np.repeat(draw(variable, sizes, scales), many, axis=0))
            if name in theory.moving:
                seed = np.random.default_rng([k, zlib.crc32(name.encode()), 1])
                direction = Real(seed.normal(size=(scope.batch, *number.value.shape[1:])))
                scope.values[f"d {name}"] = Box(direction)
        scope.values[name] = Box(number)
    scope.ordinary = np.repeat(scales == 1.0, many)
    return scope


def scope_at(theory, values):
    """Return a scope with one point: arrays for variables, whole numbers from 1 for index letters.

    The sizes follow from the shapes. A label for each example is given as `c_n`.
    """
    sizes, numbers, indices = {}, {}, {}
    for name, given in values.items():
        key = name[0] + "#" if name.endswith("_n") else name
        array = np.asarray(given, dtype=float)
        if key in theory.variables:
            sizes.update(zip(theory.variables[key].sizes, array.shape))
            numbers[key] = Box(Real(array[None]))
        elif name in theory.letters:
            indices[name] = np.array([int(given) - 1])
        else:
            numbers[key] = Box(Real(array[None]))
    return Scope(theory, sizes, numbers, indices, 1)


def restricted(scope, conditions):
    """Return the scope with the points at which the conditions hold, or None if there are none."""
    if not conditions:
        return scope
    holds = np.all([full(truth(chain, scope), scope.batch) for chain in conditions], axis=0)
    if not holds.any():
        return None

    def chosen(array):
        return array if array.shape[0] == 1 else array[holds]

    values = {name: Box(box.number.map(chosen)) for name, box in scope.values.items()}
    indices = {letter: chosen(array) for letter, array in scope.indices.items()}
    smaller = Scope(scope.theory, scope.sizes, values, indices, int(holds.sum()))
    smaller.ordinary = scope.ordinary[holds]
    return smaller

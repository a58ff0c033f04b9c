"""Where formulas are evaluated: at which points, for which sizes, and with which values of names and index letters."""

from dataclasses import dataclass, field, replace

import autograd.numpy as np

from machinery.equations.points import SCALES, TWINS, disturb, draw
from machinery.equations.shapes import AXES, Array, stretched
from machinery.equations.theory import Theory, Variable
from machinery.equations.tokens import Refused


@dataclass
class Environment:
    """Everything that the value of a formula depends on. It is never changed; a part of a formula may get a changed copy."""

    theory: Theory
    sizes: dict[str, int]  # k, N and D
    scales: Array = field(default_factory=lambda: SCALES)  # for each point, how far logits are spread
    letters: dict[str, Array] = field(default_factory=dict)  # the values of index letters
    values: dict[str, Array] = field(default_factory=dict)  # of names, in place of what the theory says
    noisy: bool = True  # whether twins are disturbed; if not, as in conditions and exponents, index letters count as numbers
    depth: int = 1  # how many of the AXES are taken
    cache: dict[str, Array] = field(default_factory=dict)  # values of names, as the theory says
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    def with_letters(self, sizes: dict[str, int]) -> "Environment":
        """Return an environment in which each index letter takes all its values, along an axis that nothing else uses."""
        if self.depth + len(sizes) > AXES:
            raise Refused("too many indices within each other")
        letters = {
            letter: np.arange(1, size + 1).reshape((1,) * axis + (-1,) + (1,) * (AXES - 1 - axis))
            for axis, (letter, size) in enumerate(sizes.items(), start=self.depth)
        }
        return replace(self, letters={**self.letters, **letters}, depth=self.depth + len(sizes))

    def with_values(self, values: dict[str, Array]) -> "Environment":
        """Return an environment in which names have other values, and what is defined by them follows."""
        return replace(self, values={**self.values, **values}, cache={})

    def without_noise(self) -> "Environment":
        return replace(self, noisy=False, cache={})

    def drawn(self, variable: Variable) -> Array:
        """Return random values of a variable, the same for a point and its twins."""
        array = np.concatenate([draw(variable, self.sizes, self.scales)] * (1 + TWINS))
        return array.reshape(array.shape[:1] + (1,) * (AXES - 1) + array.shape[1:])

    def disturbed(self, array: Array) -> Array:
        """Return an array with noise at the twins."""
        points = len(self.scales)
        return disturb(stretched(array, (points * (1 + TWINS),) + (1,) * (AXES - 1)), self.random, points)

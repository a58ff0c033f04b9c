"""The values of names and index letters, at all points at once."""

import copy

import autograd.numpy as np

from machinery.equations.nodes import Node
from machinery.equations.points import SCALES, TWINS, disturb, draw
from machinery.equations.shapes import AXES, constant, stretched
from machinery.equations.theory import Definition, Letter, Variable
from machinery.equations.tokens import Refused


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
    """

    def __init__(self, theory, sizes, scales=SCALES):
        self.theory, self.sizes, self.scales = theory, sizes, scales
        self.quiet = False  # without noise
        self.values, self.letters, self.depth = {}, {}, 1
        self.kept, self.random = {}, np.random.default_rng(0)

    @classmethod
    def for_claim(cls, theory, k, letters, settings, scales=SCALES):
        """Return a scope with variables at random points, and index letters at all their values.

        `settings` are the numbers of an example, in place of random ones.
        """
        sizes = {"k": k, "N": k + 1, "D": k + 2}  # all different, so that shapes can't be mixed up
        sizes |= {name: int(settings[name].args[0]) for name in ("N", "D") if name in settings}
        scope = cls(theory, sizes, scales)
        for letter in letters:
            scope = scope.bind(letter, sizes[theory[letter].size])
        if "c" in settings:
            scope.letters["c"] = constant(settings["c"].args[0])
        return scope.override({name: scope.value(node) for name, node in settings.items() if name in theory})

    def bind(self, letter, size):
        """Return a scope in which an index letter takes all its values, along an axis of its own."""
        if self.depth == AXES:
            raise Refused("too many indices within each other")
        numbers = np.arange(1, size + 1).reshape((1,) * self.depth + (-1,) + (1,) * (AXES - 1 - self.depth))
        return self.but(letters={**self.letters, letter: numbers}, depth=self.depth + 1)

    def override(self, values):
        """Return a scope in which names have other values, and what is defined by them follows."""
        return self.but(values={**self.values, **values}, kept={})

    def but(self, **changes):
        """Return a copy with some attributes changed."""
        inner = copy.copy(self)
        vars(inner).update(changes)
        return inner

    def lookup(self, name):
        """Return the value of a name, or None if nothing defines it."""
        if name in self.values:
            return self.values[name]
        if name not in self.kept:
            self.kept[name] = self.computed(name, self.theory.get(name))
        return self.kept[name]

    def computed(self, name, entry):
        if isinstance(entry, Variable):
            return self.drawn(entry)
        if isinstance(entry, Definition):
            return self.defined(entry)
        known = {"e": np.e, "pi": np.pi, "I": np.eye(self.sizes["k"]), **self.sizes}
        return constant(known[name]) if name in known else None

    def drawn(self, variable):
        """Return random values of a variable, the same for a point and its twins."""
        array = np.concatenate([draw(variable, self.sizes, self.scales)] * (1 + TWINS))
        return array.reshape(array.shape[:1] + (1,) * (AXES - 1) + array.shape[1:])

    def direction(self, name):
        """Return the direction in which a variable moves."""
        return self.drawn(Variable("d " + name, self.theory[name].sizes, ("real",)))

    def defined(self, definition, arguments=None):
        """Return the value of a definition, or of a defined function for these arguments."""
        scope, parameters = self, definition.parameters
        if parameters and arguments is None:
            arguments = [self.value(Node("name", (name,), definition.body.place)) for name in parameters]
        if arguments:
            scope = self.override(dict(zip(parameters, arguments)))
        sizes = {letter: self.sizes[size] for letter, size in zip(definition.indices, definition.sizes)}
        try:
            return scope.by_entries(sizes, definition.body) if sizes else scope.value(definition.body)
        except Refused as error:
            error.args = (f"in the definition {definition.tex} ({definition.where}): {error}",)
            error.place = None
            raise

    def by_entries(self, sizes, entry):
        """Return a vector or a matrix, from the formula of its entry and the sizes of the index letters in it."""
        scope = self
        for letter, size in sizes.items():
            scope = scope.bind(letter, size)
        result = scope.scalar(entry)
        for number, letter in enumerate(sizes):  # its axis becomes one of the shape
            result = np.expand_dims(stretched(result, scope.letters[letter].shape), -1)
            result = np.swapaxes(result, self.depth + number, -1)
        return result

    def name(self, name):
        """Return the value of a name in a formula."""
        if self.quiet and name in self.letters:
            return self.letters[name].astype(float)
        found = self.lookup(name)
        if found is not None:
            return found
        if isinstance(self.theory.get(name), Letter):
            hint = rf"if it is any number, say \({name} \in \mathbb R\)"
            raise Refused(f"{name} is an index letter and stands here as a number: {hint}")
        raise Refused(
            f"{name} is not defined on this page or in the notation: say what it is, with := or, "
            rf"if it may be any number or vector, with \in (such as \(m \in \mathbb R\))"
        )

    def disturbed(self, array):
        """Return an array with noise at the twins."""
        return disturb(stretched(array, (len(self.scales) * (1 + TWINS),) + (1,) * (AXES - 1)), self)

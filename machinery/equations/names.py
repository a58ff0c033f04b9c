"""What names, entries and calls stand for."""

import autograd.numpy as np
from autograd.tracer import getval

from machinery.equations.nodes import Node
from machinery.equations.scope import OutOfRange, Scope
from machinery.equations.shapes import AXES, constant, lift, picked, rank, shape, shape_name, stretched
from machinery.equations.theory import Definition, Letter
from machinery.equations.tokens import Refused


class Names(Scope):
    def name(self, name):
        if self.quiet and name in self.letters:
            return self.letters[name].astype(float)
        found = self.lookup(name)
        if found is not None:
            return found
        if name in ("e", "pi"):
            return constant(getattr(np, name))
        if name == "I":
            return constant(np.eye(self.sizes["k"]))
        if isinstance(self.theory.get(name), Letter):
            message = rf"if it is any number, say \({name} \in \mathbb R\)"
            raise Refused(f"{name} is an index letter and stands here as a number: {message}")
        raise Refused(
            f"{name} is not defined on this page or in the notation: say what it is, with := or, "
            rf"if it may be any number or vector, with \in (such as \(m \in \mathbb R\))"
        )

    def entry(self, base, *indices):
        name = base.args[0] if base.kind == "name" else ""
        if name == "delta" and self.lookup(name) is None:
            return self.indicator(Node("chain", (indices, ("=",))))
        separate = name + "#" in self.theory or name + "#" in self.values
        array = self.lookup(name + "#") if separate else self.value(base)
        if rank(array) == 2 and 1 in shape(array) and len(indices) == 1:
            array = array.reshape(array.shape[:AXES] + (-1,))
        if len(indices) != rank(array):
            raise Refused(f"{len(indices)} index(es) on {shape_name(array)}")
        for part in indices:
            array = picked(array, self.index(part, shape(array)[0]))
        return array

    def index(self, node, size):
        """Return an index, counted from 1."""
        number = self.exact(node)
        if rank(number) or (number != np.round(number)).any():
            raise Refused("this is no index", node.place)
        if (number < 1).any() or (number > size).any():
            raise OutOfRange
        return number

    def exact(self, node):
        """Return a value for an index or a condition: index letters are numbers here."""
        return getval(self.override({}, quiet=True).value(node))

    def defined(self, definition, arguments=None):
        """Return the value of a definition, or of a defined function for these arguments."""
        scope, parameters = self, definition.parameters
        if parameters and arguments is None:
            arguments = [self.value(Node("name", (name,), definition.body.place)) for name in parameters]
        if arguments:
            scope = self.override(dict(zip(parameters, arguments)))
        try:
            for letter in definition.indices:
                scope = scope.bind(letter, self.sizes[self.theory[letter].size])
            result = scope.value(definition.body)
            if definition.indices and rank(result):
                raise Refused(f"the entry {definition.shown} must be a number, but is {shape_name(result)}")
        except Refused as error:
            raise Refused(f"in the definition of {definition.shown} ({definition.where}): {error}") from None
        for number, letter in enumerate(definition.indices):  # its axis becomes one of the shape
            result = np.expand_dims(stretched(result, scope.letters[letter].shape), -1)
            result = np.swapaxes(result, self.depth + number, -1)
        return result

    def call(self, name, arguments):
        definition = self.theory.get(name)
        values = [self.value(part) for part in arguments]
        if definition is None and name in ("diag", "tr") and len(values) == 1:
            if rank(values[0]) != (2 if name == "tr" else 1):
                raise Refused(f"\\operatorname{{{name}}} of {shape_name(values[0])}")
            eye = constant(np.eye(shape(values[0])[0]))
            return lift(values[0], 2) * eye if name == "diag" else (values[0] * eye).sum((-1, -2))
        if not isinstance(definition, Definition):
            raise Refused(f"the function {name} is not defined on this page")
        if len(values) != len(definition.parameters):
            raise Refused(f"{name} takes {len(definition.parameters)} argument(s), not {len(values)}")
        return self.defined(definition, values)

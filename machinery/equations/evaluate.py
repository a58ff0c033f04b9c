"""The value of a formula: at all points, for all values of the index letters, at once."""

import autograd.numpy as np
from autograd.extend import defvjp, primitive
from autograd.tracer import getval

from machinery.equations.atoms import Node
from machinery.equations.derivatives import Derivatives
from machinery.equations.ellipsis import written_out
from machinery.equations.scope import OutOfRange
from machinery.equations.shapes import (
    AXES, constant, lift, matched, picked, product, rank, shape, shape_name, stretched, where,
)  # fmt: skip
from machinery.equations.theory import SIZES, Definition, Letter, Variable
from machinery.equations.tokens import Refused

EXACT = ("number", "rounded", "unit", "constant", "indicator")  # kinds of node that are not rounded


@primitive
def reciprocal(x):
    return 1 / x


# Autograd's own squares x, which overflows.
defvjp(reciprocal, lambda result, x: lambda slope: -(slope * reciprocal(x)) * reciprocal(x))


class Evaluator(Derivatives):
    """A rule for each kind of node, which takes its arguments."""

    def value(self, node):
        """Return the value of a formula.

        Raises
        ------
        Refused
            With the place in the formula, if it has no value.
        """
        rule = getattr(self, "tuple_" if node.kind == "tuple" else node.kind, None)
        if rule is None:
            raise Refused(f"this has no value here ({node.kind})", node.place)
        try:
            result = rule(*node.args)
        except Refused as error:
            if error.place is None:
                error.place = node.place
            raise
        return result if node.kind in EXACT or self.quiet else self.disturbed(result)

    # Names and indices

    def name(self, name):
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
        number = self.whole(node)
        if number is None:
            raise Refused("this is no index", node.place)
        if (number < 1).any() or (number > size).any():
            raise OutOfRange
        return number

    def whole(self, node):
        """Return a whole number made of letters, sizes, labels and digits, or None."""
        if node.kind == "number" and "." not in node.args[0]:
            return np.full((1,) * AXES, int(node.args[0]))
        if node.kind == "name" and node.args[0] in self.letters:
            return self.letters[node.args[0]]
        if node.kind == "name" and node.args[0] in SIZES:
            return np.full((1,) * AXES, self.sizes[node.args[0]])
        if node.kind in ("negative", "sum"):
            numbers = [self.whole(term) for term in node.args]
            if all(number is not None for number in numbers):
                return -numbers[0] if node.kind == "negative" else sum(numbers)
        if node.kind == "entry" and node.args[0].kind == "name":
            label = self.theory.get(node.args[0].args[0] + "#")
            if isinstance(label, Variable) and label.domain[0] == "classes":
                return self.override({}, quiet=True).value(node).astype(int)
        return None

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

    # Numbers, vectors, matrices

    def number(self, text):
        return constant(float(text))

    def rounded(self, text):
        """A decimal in an approximation: its twins differ by half a unit of the last digit shown."""
        half = 0.5 * 10.0 ** -len(text.partition(".")[2]) if "." in text else 0
        steps = np.repeat([0, *np.resize([half, -half], self.twins)], len(self.scales))
        return constant(float(text)) + steps.reshape((-1,) + (1,) * (AXES - 1))

    def constant(self, digit, size=Node("name", ("k",))):
        if size.args[0] not in self.sizes:
            raise Refused(r"the length below \mathbf 0 or \mathbf 1 is k, N or D")
        return constant(np.full(self.sizes[size.args[0]], float(digit)))

    def unit(self, part):
        letter = self.theory.get(part.args[0]) if part.kind == "name" else None
        size = self.sizes[letter.size if isinstance(letter, Letter) else "k"]
        return (lift(self.index(part, size), 1) == constant(np.arange(1, size + 1))).astype(float)

    def matrix(self, rows):
        rows = written_out(rows, self.sizes, self.theory)
        cells = [[self.value(cell) for cell in row] for row in rows]
        if any(rank(cell) for row in cells for cell in row):
            raise Refused("an entry of a matrix is a number here")
        axes = np.broadcast_shapes(*(cell.shape for row in cells for cell in row))
        return np.stack([np.stack([stretched(cell, axes) for cell in row], -1) for row in cells], -2)

    def tuple_(self, *items):
        return self.matrix((items,))[..., 0, :]

    # Arithmetic

    def negative(self, term):
        return -self.value(term)

    def sum(self, *terms):
        total = self.value(terms[0])
        for term in terms[1:]:
            x, y = matched(total, self.value(term), "added", term.place)
            total = x + y
        return total

    def product(self, operator, left, right):
        return product(operator, self.value(left), self.value(right), right.place)

    def quotient(self, above, below):
        x, y = self.value(above), self.value(below)
        if rank(y):
            raise Refused(f"can't divide by {shape_name(y)}", below.place)
        return x * reciprocal(lift(y, rank(x)))

    def power(self, base, exponent):
        x, y = self.value(base), self.whole(exponent)
        if rank(x):
            raise Refused(f"a power of {shape_name(x)}", exponent.place)
        return x**y if y is not None else np.exp(self.value(exponent) * np.log(x))

    def transpose(self, part):
        array = self.value(part)
        if not rank(array):
            raise Refused(r"a number has no \top")
        return np.expand_dims(array, -2) if rank(array) == 1 else np.swapaxes(array, -1, -2)

    def function(self, name, argument):
        return getattr(np, {"root": "sqrt"}.get(name, name))(self.value(argument))

    def absolute(self, part):
        return np.abs(self.value(part))

    def norm(self, part, which):
        array = self.value(part)
        array = array.reshape(array.shape[:AXES] + (-1,))
        if which == "1":
            return np.abs(array).sum(-1)
        return np.max(np.abs(array), axis=-1) if which == "infty" else np.sqrt((array * array).sum(-1))

    def extreme(self, name, parts):
        numbers = [self.value(part) for part in parts]
        if len(numbers) == 1 and rank(numbers[0]) == 1:
            return getattr(np, name)(numbers[0], axis=-1)
        if len(numbers) == 1:
            raise Refused(f"\\{name} of {shape_name(numbers[0])}")
        result = numbers[0]
        for number in numbers[1:]:
            x, y = lift(result, rank(number)), lift(number, rank(result))
            result = np.maximum(x, y) if name == "max" else np.minimum(x, y)
        return result

    # Conditions, and what runs over index letters

    def big(self, operator, letters, conditions, upper, body):
        """A sum, product or maximum over all values of index letters."""
        scope = self
        for letter in letters:
            entry = self.theory.get(letter)
            size = upper.args[0] if upper else getattr(entry, "size", None)
            if letter == "c" or size not in self.sizes:
                known = ", ".join(name for name, entry in self.theory.items() if isinstance(entry, Letter) and name != "c")
                message = f"use {known}, or say how far it goes, \\{operator}_{{{letter}=1}}^{{N}}"
                raise Refused(f"{letter} is no index that a \\{operator} can run over: {message}")
            scope = scope.bind(letter, self.sizes[size])
        result = scope.value(body)
        if rank(result) and operator != "sum":
            raise Refused(f"\\{operator} of {shape_name(result)}")
        result = stretched(result, np.broadcast_shapes(*(scope.letters[letter].shape for letter in letters)))
        if conditions:
            holds = np.all(np.broadcast_arrays(*map(scope.truth, conditions)), axis=0)
            neutral = {"sum": 0, "prod": 1, "max": -np.inf, "min": np.inf}[operator]
            result = where(holds, result, constant(neutral))
        return getattr(np, operator)(result, axis=tuple(range(self.depth, scope.depth)), keepdims=True)

    def truth(self, chain):
        """Return where a condition holds."""
        sides, signs = chain.args
        holds, quiet = np.full((1,) * AXES, True), self.override({}, quiet=True)
        for left, sign, right in zip(sides, signs, sides[1:]):
            x, y = self.whole(left), self.whole(right)
            if x is None or y is None:
                x, y = getval(quiet.value(left)), getval(quiet.value(right))
                if rank(x) or rank(y):
                    raise Refused("a condition compares numbers", chain.place)
            compared = {"=": x == y, "≠": x != y, "<": x < y, ">": x > y, "≤": x <= y, "≥": x >= y}
            holds = holds & compared[sign]
        return holds

    def indicator(self, condition):
        return self.truth(condition).astype(float)

    def cases(self, *branches):
        result, taken = None, np.full((1,) * AXES, False)
        for expression, condition in branches:
            holds = ~taken if condition is None else self.truth(condition)
            if condition is not None and (holds & taken).any():
                raise Refused("two cases apply at once", expression.place)
            taken, x = taken | holds, self.value(expression)
            if result is not None:
                x, result = matched(x, result, "two cases of one thing", expression.place)
                x = where(holds, x, result)
            result = x
        if not taken.all():
            raise Refused(r"no case applies at some points: add \text{otherwise}")
        return result

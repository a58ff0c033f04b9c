"""The value of a formula: at all points, for all values of the index letters, at once."""

import functools

import autograd.numpy as np
from autograd.extend import defvjp, primitive

from machinery.equations.nodes import Node
from machinery.equations.derivatives import Derivatives
from machinery.equations.ellipsis import written_out
from machinery.equations.shapes import (
    AXES, constant, lift, matched, product, rank, shape_name, stretched, where,
)  # fmt: skip
from machinery.equations.theory import SIZES, Letter
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
        x = self.value(base)
        if rank(x):
            raise Refused(f"a power of {shape_name(x)}", exponent.place)
        whole = (*SIZES, *self.letters)
        if all(n.kind in ("number", "negative", "sum") or n.args[0] in whole for n in exponent.walk()):
            return x ** self.exact(exponent)  # also of a negative number
        return np.exp(self.value(exponent) * np.log(x))

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
        first, *others = (self.value(part) for part in parts)
        if others:
            larger = np.maximum if name == "max" else np.minimum
            return functools.reduce(lambda x, y: larger(lift(x, rank(y)), lift(y, rank(x))), others, first)
        if rank(first) != 1:
            raise Refused(f"\\{name} of {shape_name(first)}")
        return getattr(np, name)(first, axis=-1)

    # Conditions, and what runs over index letters

    def big(self, operator, letters, conditions, upper, body):
        """A sum, product or maximum over all values of index letters."""
        scope = self
        for letter in letters:
            entry = self.theory.get(letter)
            size = upper.args[0] if upper else getattr(entry, "size", None)
            if letter == "c" or size not in self.sizes:
                known = {key for key, entry in self.theory.items() if isinstance(entry, Letter)} - {"c"}
                limits = f"say how far it goes, \\{operator}_{{{letter}=1}}^{{N}}"
                message = f"use {', '.join(sorted(known))}, or {limits}"
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
        holds, values = np.full((1,) * AXES, True), [self.exact(side) for side in sides]
        if any(map(rank, values)):
            raise Refused("a condition compares numbers", chain.place)
        for x, sign, y in zip(values, signs, values[1:]):
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

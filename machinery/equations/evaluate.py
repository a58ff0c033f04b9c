"""The value of a formula: at all points, for all values of the index letters, at once."""

import autograd.numpy as np
from autograd.extend import defvjp, primitive
from autograd.tracer import getval

from machinery.equations import derivatives
from machinery.equations.ellipsis import pattern
from machinery.equations.functions import FUNCTIONS, RANKS
from machinery.equations.nodes import DOTS, Node
from machinery.equations.points import TWINS, OutOfRange, finite
from machinery.equations.scope import Scope
from machinery.equations.shapes import (
    AXES, constant, lift, matched, picked, product, rank, shape, shape_name, stretched, unit, where,
)  # fmt: skip
from machinery.equations.theory import SIZES, Definition, Letter, key_of, names_in
from machinery.equations.tokens import Refused

COMPARED = {"=": np.equal, "≠": np.not_equal, "<": np.less, ">": np.greater, "≤": np.less_equal,
            "≥": np.greater_equal}  # fmt: skip
EXACT = ("number", "vector", "chain")  # kinds of node that are not rounded


@primitive
def reciprocal(x):
    return 1 / x


# Autograd's own squares x, which overflows.
defvjp(reciprocal, lambda result, x: lambda slope: -(slope * reciprocal(x)) * reciprocal(x))


class Evaluator(Scope):
    """A rule for each kind of node, which takes its arguments."""

    def value(self, node):
        """Return the value of a formula.

        Raises
        ------
        Refused
            With the place in the formula, if it has no value.
        """
        rule = getattr(self, node.kind, None)
        if rule is None:
            raise Refused(f"this has no value here ({node.kind})", node.place)
        try:
            result = rule(*node.args)
        except Refused as error:
            if error.place is None:
                error.place = node.place
            raise
        if self.quiet:
            return finite(result)
        return result if node.kind in EXACT else self.disturbed(result)

    def scalar(self, node):
        """Return the value of what has to be a number."""
        return number_alone(self.value(node), node)

    def exact(self, node):
        """Return a value without noise, in which index letters are numbers, too: what a twin has is what its point has."""
        array = getval(self.but(quiet=True, kept={}).value(node))
        points = len(self.scales)
        return array if len(array) == 1 else np.concatenate([array[:points]] * (1 + TWINS))

    # Numbers, vectors, matrices

    def number(self, text):
        return constant(float(text))

    def vector(self, name, *indices):
        """The vectors \\mathbf 0, \\mathbf 1, \\mathbf 1_N, and the unit vectors \\mathbf e_i."""
        size = indices[0].args[0] if indices else "k"
        if len(indices) == 1 and name == "e":
            letter = self.theory.get(size)
            length = self.sizes[letter.size if isinstance(letter, Letter) else "k"]
            return unit(self.index(indices[0], length), length).astype(float)
        if name == "e" or len(indices) > 1 or size not in self.sizes:
            raise Refused(r"vectors are \mathbf e_i, \mathbf 1, and \mathbf 1_N, whose length is k, N or D")
        return constant(np.full(self.sizes[size], float(name)))

    def entry(self, base, *indices):
        key = key_of(Node("entry", (base, *indices)), self.theory)
        if key == "delta" and len(indices) == 2 and self.lookup(key) is None:
            return self.chain(indices, ("=",))
        array = self.name(key) if base.kind == "name" else self.value(base)
        return self.picked(array, indices)

    def picked(self, array, indices, outer=0):
        """Return the entry at some indices; the first `outer` axes of the shape stay."""
        if len(indices) != rank(array) - outer:
            raise Refused(f"{len(indices)} index(es), where {rank(array) - outer} belong")
        for part in indices:
            array = np.moveaxis(array, AXES + outer, AXES)
            array = picked(array, self.index(part, shape(array)[0]))
        return array

    def index(self, node, size):
        """Return an index, counted from 1."""
        number = number_alone(self.exact(node), node)
        if (number != np.round(number)).any():
            raise Refused("this is no index", node.place)
        if (number < 1).any() or (number > size).any():
            raise OutOfRange("this index does not exist for every k", node.place)
        return number

    def matrix(self, rows):
        if len({len(row) for row in rows}) > 1:
            raise Refused("the rows of this matrix have different lengths")
        if any(DOTS in row for row in rows):
            if len(rows[0]) == 1:
                return np.swapaxes(self.matrix(tuple(zip(*rows))), -1, -2)
            height, width, entry = pattern(rows)
            sizes = {"row": self.sizes.get(height.args[0], 1), "column": self.sizes[width.args[0]]}
            return self.by_entries(sizes, entry)
        cells = [[self.scalar(cell) for cell in row] for row in rows]
        axes = np.broadcast_shapes(*(cell.shape for row in cells for cell in row))
        return np.stack([np.stack([stretched(cell, axes) for cell in row], -1) for row in cells], -2)

    def numbers(self, *items):
        """A vector that is written out, as in (1, 2, 3)."""
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
        x = self.value(above)
        return x * reciprocal(lift(self.scalar(below), rank(x)))

    def power(self, base, exponent):
        whole = names_in(self.theory, exponent) <= {*SIZES, *self.letters}  # then also of a negative number
        x, y = self.scalar(base), number_alone(self.exact(exponent) if whole else self.value(exponent), exponent)
        return x**y + 0 * (x + y)  # nan, where NumPy takes nan ** 0 for 1

    def transpose(self, part):
        array = self.value(part)
        if not rank(array):
            raise Refused(r"a number has no \top")
        return np.expand_dims(array, -2) if rank(array) == 1 else np.swapaxes(array, -1, -2)

    def call(self, name, arguments):
        definition, values = self.theory.get(name), [self.value(part) for part in arguments]
        if isinstance(definition, Definition) and len(values) == len(definition.parameters):
            return self.defined(definition, values)
        if name not in FUNCTIONS:
            hint = rf"define {name}(x) := ..., or write a product as {name} \cdot (...)"
            raise Refused(f"{name} is no function of {len(values)} argument(s) on this page: {hint}")
        alone = len(values) == 1
        fits = RANKS.get(name) in (None, rank(values[0])) if alone else name in ("max", "min")
        if not fits:
            raise Refused(f"{name} of {', '.join(map(shape_name, values))}")
        return FUNCTIONS[name](*values)

    derivative, differential = derivatives.derivative, derivatives.differential

    # Conditions, and what runs over index letters

    def big(self, operator, letters, conditions, upper, body):
        """A sum, product or maximum over all values of index letters."""
        scope = self
        for letter in letters:
            entry = self.theory.get(letter)
            size = upper.args[0] if upper else getattr(entry, "size", None)
            if letter == "c" or size not in self.sizes:
                limits = f"say how far it goes, \\{operator}_{{{letter}=1}}^{{N}}"
                raise Refused(f"{letter} is no index that a \\{operator} can run over: {limits}")
            scope = scope.bind(letter, self.sizes[size])
        result = scope.value(body) if operator == "sum" else scope.scalar(body)
        result = stretched(result, np.broadcast_shapes(*(scope.letters[letter].shape for letter in letters)))
        if conditions:
            holds = np.all(np.broadcast_arrays(*map(scope.truth, conditions)), axis=0)
            neutral = {"sum": 0, "prod": 1, "max": -np.inf, "min": np.inf}[operator]
            result = where(holds, result, constant(neutral))
        return getattr(np, operator)(result, axis=tuple(range(self.depth, scope.depth)), keepdims=True)

    def truth(self, condition):
        """Return where a condition holds."""
        sides, signs = condition.args
        if not COMPARED.keys() >= set(signs):
            raise Refused("a condition has =, ≠, <, >, ≤ or ≥", condition.place)
        values, holds = [number_alone(self.exact(side), side) for side in sides], True
        for side, x in zip(sides, values):
            if not np.isfinite(x if len(x) == 1 else x[np.flatnonzero(self.scales == 1)]).all():
                raise Refused("this has no value at some points, so the condition is neither true nor false", side.place)
        for x, sign, y in zip(values, signs, values[1:]):
            holds = holds & COMPARED[sign](x, y)
        return holds

    def chain(self, sides, signs):
        """A condition as a number: 1 where it holds, otherwise 0."""
        return self.truth(Node("chain", (sides, signs))).astype(float)

    def cases(self, *branches):
        *others, (result, last) = [(self.value(expression), condition) for expression, condition in branches]
        holds = [self.truth(condition) for _, condition in branches if condition]
        apply = sum(holds, np.zeros(1, int))
        if len(holds) < len(others) or (apply > 1).any() or last and (apply == 0).any():
            raise Refused(r"at some points no case applies, or two do: \text{otherwise} stands last")
        for (x, _), one in zip(others, holds):
            x, result = matched(x, result, "two cases of one thing")
            result = where(one, x, result)
        return result


def number_alone(array, node):
    if rank(array):
        raise Refused(f"here stands a number, and this is {shape_name(array)}", node.place)
    return array

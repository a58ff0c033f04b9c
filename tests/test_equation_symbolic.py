"""A second proof of the seed's equalities, by SymPy for k = 2, 3 and 4.

It shares only the parser with the numeric check: values are symbolic expressions here,
derivatives are SymPy's, and an equality holds if SymPy can reduce the difference of both
sides to 0. The numeric check may err where points are few or rounding is large; this one
can't.
"""

from pathlib import Path

import pytest
import sympy

from machinery.content.check_equations import source
from machinery.equations import formulas_of
from machinery.equations.ellipsis import pattern
from machinery.equations.nodes import DOTS, ONE
from machinery.equations.statements import Page
from machinery.equations.theory import free_letters

SEED = (Path(__file__).parent / "data" / "seed.md").read_text("utf-8")
PAGE = Page(formulas_of(source("seed.md", SEED)))
CLAIMS = [PAGE.completed(claim) for claim in PAGE.claims if claim.kind == "claim"]


class Symbolic:
    """The value of a formula as SymPy matrices and expressions, for one k and one class."""

    def __init__(self, theory, k, indices, values=None):
        self.theory, self.k, self.indices = theory, k, indices
        self.values = values if values is not None else {"z": sympy.Matrix(sympy.symbols(f"z1:{k + 1}", real=True))}

    def at(self, **indices):
        return Symbolic(self.theory, self.k, {**self.indices, **indices}, self.values)

    def with_values(self, **values):
        return Symbolic(self.theory, self.k, self.indices, {**self.values, **values})

    def __call__(self, node):
        return getattr(self, node.kind)(*node.args)

    def number(self, text):
        return sympy.Rational(text)

    def name(self, name):
        if name in self.values:
            return self.values[name]
        definition = self.theory[name]
        return self.defined(definition)

    def defined(self, definition):
        if not definition.indices:
            return self(definition.body)
        (letter,) = definition.indices
        return sympy.Matrix([self.at(**{letter: number})(definition.body) for number in range(self.k)])

    def call(self, name, arguments):
        if name in ("exp", "log"):
            return getattr(sympy, name)(*map(self, arguments))
        definition = self.theory[name]
        return self.with_values(**dict(zip(definition.parameters, map(self, arguments)))).defined(definition)

    def index(self, node):
        if node.kind == "number":
            return int(node.args[0]) - 1
        return self.k - 1 if node.args[0] == "k" else self.indices[node.args[0]]

    def entry(self, base, index):
        return self(base)[self.index(index)]

    def vector(self, name, index):
        assert name == "e"
        return sympy.Matrix([int(number == self.index(index)) for number in range(self.k)])

    def negative(self, term):
        return -self(term)

    def sum(self, *terms):
        values = [self(term) for term in terms]
        return sum(values[1:], values[0])

    def product(self, operator, left, right):
        assert operator == ""
        return self(left) * self(right)

    def quotient(self, above, below):
        return self(above) / self(below)

    def power(self, base, exponent):
        return self(base) ** self(exponent)

    def big(self, operator, letters, conditions, upper, body):
        assert operator == "sum" and not conditions
        (letter,) = letters
        return sum(self.at(**{letter: number})(body) for number in range(self.k))

    def matrix(self, rows):
        if DOTS not in rows[0]:
            return sympy.Matrix([[self(cell) for cell in row] for row in rows])
        *sizes, entry = pattern(rows)
        height, width = (1 if size == ONE else self.k for size in sizes)
        return sympy.Matrix(height, width, lambda row, column: self.at(row=row, column=column)(entry))

    def cases(self, *branches):
        for value, condition in branches:
            if condition is None or self.index(condition.args[0][0]) == self.index(condition.args[0][1]):
                return self(value)

    def derivative(self, expression, variable, orientation):
        base = variable.args[0] if variable.kind == "entry" else variable
        name = base.args[0]
        # Replace the variable by symbols; whatever is defined by it changes with them, the rest stays.
        symbols = sympy.Matrix(sympy.symbols(f"d1:{self.k + 1}", positive=True))
        value = self.with_values(**{name: symbols})(expression)
        back = dict(zip(symbols, self(base)))
        if variable.kind == "entry":
            return sympy.diff(value, symbols[self.index(variable.args[1])]).subs(back)
        slopes = sympy.Matrix([value]).jacobian(symbols) if not isinstance(value, sympy.MatrixBase) else value.jacobian(symbols)
        return slopes.subs(back)


def holds(claim, k):
    """Tell whether SymPy proves a claim for every class, every index and every logit."""
    free = sorted(free_letters(claim.theory, claim.left, claim.right) - {"c"})
    tested = 0
    for c in range(k):
        for i in range(k if free else 1):
            indices = {"c": c, **dict.fromkeys(free, i)}
            assert len(free) < 2
            if not all((indices[chain.args[0][0].args[0]] == indices[chain.args[0][1].args[0]]) == (chain.args[1] == ("=",)) for chain in claim.conditions):
                continue
            value = Symbolic(claim.theory, k, indices)
            difference = sympy.Matrix([value(claim.left)]) - sympy.Matrix([value(claim.right)])
            if any(sympy.simplify(entry) != 0 for entry in difference):
                return False
            tested += 1
    return tested > 0


@pytest.mark.parametrize("k", [2, 3, 4])
@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.id for claim in CLAIMS])
def test_sympy_proves_each_equality_of_the_seed(claim, k):
    assert holds(claim, k), claim.texts


def test_a_wrong_sign_is_noticed():
    wrong = SEED.replace(r"&= -\mathbf{s}_{i}\mathbf{s}_{c}", r"&= \mathbf{s}_{i}\mathbf{s}_{c}")
    wrong = Page(formulas_of(source("seed.md", wrong)))
    claims = [wrong.completed(claim) for claim in wrong.claims if claim.kind == "claim"]
    assert [holds(claim, 3) for claim in claims].count(False) == 1

r"""A formula with numbers in place of its names, as TeX: `\frac{7.3891}{30.193}` for `\frac{e^{z_c}}{\sum_j e^{z_j}}`.

`\class` names the letter that a number is a value of, and `\class{∂z}` the gradient by a letter: typesetting gives both
their colours.
"""

import itertools
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from autograd.tracer import getval

from machinery.equations.ellipsis import pattern
from machinery.equations.environment import Environment
from machinery.equations.evaluator import truth, value
from machinery.equations.nodes import DOTS, Node
from machinery.equations.shapes import AXES, Array, constant
from machinery.equations.theory import Definition, Variable, base_and_indices, size_of
from machinery.equations.tokens import Refused

SUM, PRODUCT, ATOM = 1, 2, 3  # how tightly a text binds
LEAVES = ("name", "entry", "vector", "derivative", "chain", "restricted")  # have no other form than their value
AROUND = {"abs": r"\left| {} \right|", "sqrt": r"\sqrt{{{}}}", "exp": "e^{{{}}}"}
SPELLED = {"log": r"\log", "tanh": r"\tanh", "max": r"\max", "min": r"\min", "diag": r"\operatorname{diag}"}
MOST = 6  # terms that are written out
NEGATIVE = re.compile(r"^(?P<colour>(?:\\class\{[^}]*\}\{)?)-")
DIGITS = 4  # after the point, as the pages have them; five digits in all are enough for larger numbers


class Example(Environment):
    """Where each value is one of an example, and none is random."""

    def drawn(self, variable: Variable) -> Array:
        raise Refused(f"the example does not say what {variable.name} is")

    def at(self, letters: dict[str, int]) -> "Example":
        return replace(self, letters=self.letters | {letter: constant(n) for letter, n in letters.items()}, cache={})

    def holds(self, conditions: Iterable[Node]) -> bool:
        return all(truth(condition, self).all() for condition in conditions)

    def number(self, node: Node) -> Array:
        number = np.asarray(getval(value(node, self)))[(0,) * AXES]
        if not np.isfinite(number).all():
            raise Refused("this has no value in the example")
        return number


@dataclass
class Substitution:
    """Writes formulas with the numbers of an example."""

    env: Example
    shallow: bool = False  # whether each operand of the outermost operation is a single number
    powers: bool = False  # whether powers of e are written as powers
    sums: list[Node] = field(default_factory=list)  # in fractions and powers, each of which is written as a single number
    exact: bool = True  # whether no number that was written is rounded
    inside: int = 0  # how many fractions and powers

    def of(self, node: Node, at_least: int = SUM) -> str:
        return bracketed(*self.parts(node), at_least)

    def operand(self, node: Node, at_least: int = SUM) -> str:
        return bracketed(*(self.known(node) if self.shallow else self.parts(node)), at_least)

    def parts(self, node: Node) -> tuple[str, int]:
        """Return a formula as text, and how tightly it binds."""
        write = getattr(self, f"write_{node.kind}", self.known)
        if node.kind == "big" and (self.inside or node.args[0].startswith("arg") or len(self.terms(node)) > MOST):
            self.sums += [node] * (node not in self.sums)
            return self.known(node)
        if self.is_leaf(node) and not (self.powers and node.kind == "call" and node.args[0] == "exp"):
            return self.known(node)
        written: tuple[str, int] = write(node)
        return written

    def is_leaf(self, node: Node) -> bool:
        """Tell whether a formula is its value at once, as s_c and e^{z_c} are."""
        if node.kind == "transpose" or node.kind == "call" and node.args[0] == "exp":
            part = node.args[0] if node.kind == "transpose" else node.args[1][0]
            return self.is_leaf(part)
        own = node.kind == "call" and (isinstance(self.env.theory.get(node.args[0]), Definition) or node.args[0] not in SPELLED | AROUND)
        return own or node.kind in LEAVES

    def known(self, node: Node) -> tuple[str, int]:
        """Return the value of a formula as text."""
        number = self.env.number(node)
        self.exact = self.exact and is_exact(number)
        text = as_matrix([map(decimal, row) for row in number]) if node.kind == "transpose" else shown(number)
        return coloured(text, letter_of(node)), SUM if text[0] == "-" else ATOM

    def write_number(self, node: Node) -> tuple[str, int]:
        return node.args[0], ATOM

    def write_negative(self, node: Node) -> tuple[str, int]:
        return "-" + self.of(node.args[0], PRODUCT), SUM  # the outermost operation may be after the sign

    def write_sum(self, node: Node) -> tuple[str, int]:
        first, *others = node.args
        text = together(self.operand(first))
        for term in others:
            part = self.operand(term.args[0] if term.kind == "negative" else term)
            if term.kind == "negative" and not (self.shallow and NEGATIVE.match(part)):
                text += f" - {together(self.operand(term.args[0], PRODUCT))}"
            elif term.kind == "negative":
                text += added(NEGATIVE.sub(r"\g<colour>", part))
            else:
                text += added(part)
        return text, SUM

    def write_product(self, node: Node) -> tuple[str, int]:
        operator, left, right = node.args
        if left.kind == "product":
            before, binds = self.write_product(left)
        else:  # a negative number needs no brackets in front
            before, binds = self.known(left) if self.shallow or self.is_leaf(left) else (self.operand(left, PRODUCT), PRODUCT)
        after = self.operand(right, PRODUCT if right.kind == "call" else ATOM)
        ranks = self.env.number(left).ndim, self.env.number(right).ndim
        if ranks == (1, 2) and self.is_leaf(left):
            before = coloured(as_matrix([[decimal(x)] for x in self.env.number(left)]), letter_of(left))
        beside = ranks[1] and ranks != (1, 1) or not ranks[0] and after.startswith(("(", r"\left("))
        sign = r" \odot " if operator == "odot" else " " if beside else r" \cdot "
        return before + sign + after, min(binds, PRODUCT)

    def write_quotient(self, node: Node) -> tuple[str, int]:
        self.inside += 1
        above, below = map(self.operand, node.args)
        self.inside -= 1
        return rf"\frac{{{above}}}{{{below}}}", ATOM

    def write_power(self, node: Node) -> tuple[str, int]:
        self.inside += 1
        base, exponent = self.operand(node.args[0], ATOM), self.operand(node.args[1])
        self.inside -= 1
        return f"{grouped(base)}^{grouped(exponent)}", ATOM

    def write_call(self, node: Node) -> tuple[str, int]:
        name, arguments = node.args
        if name in AROUND:
            return AROUND[name].format(self.operand(arguments[0])), ATOM
        if name == "log":
            return rf"\log {self.operand(arguments[0], ATOM)}", PRODUCT
        text = ", ".join(map(self.operand, arguments))
        return SPELLED[name] + (text if len(arguments) == 1 and self.env.number(arguments[0]).ndim else f"({text})"), PRODUCT

    def terms(self, node: Node) -> list[Example]:
        """Return where the terms of a sum have their values."""
        _, letters, conditions, upper, _ = node.args
        sizes = [self.env.sizes[upper.args[0] if upper else size_of(letter, self.env.theory) or ""] for letter in letters]
        places = (self.env.at(dict(zip(letters, at))) for at in itertools.product(*(range(1, size + 1) for size in sizes)))
        return [place for place in places if place.holds(conditions)]

    def write_big(self, node: Node) -> tuple[str, int]:
        operator, body = node.args[0], node.args[4]
        texts = [self.elsewhere(place, body, ATOM if operator == "prod" else SUM) for place in self.terms(node)]
        if operator == "sum":
            return together(texts[0]) + "".join(map(added, texts[1:])), SUM
        return (r" \cdot ".join(texts) if operator == "prod" else rf"\{operator}({', '.join(texts)})"), PRODUCT

    def elsewhere(self, place: Example, node: Node, at_least: int = SUM) -> str:
        here, self.env = self.env, place
        text = self.operand(node, at_least)
        self.env = here
        return text

    def write_matrix(self, node: Node) -> tuple[str, int]:
        rows = node.args[0]
        if len(rows[0]) == 1 or not any(DOTS in row for row in rows):
            return self.known(node)
        height, width, cell = pattern(rows)
        size = self.env.sizes
        cells = [
            [self.elsewhere(self.env.at({"row": y, "column": x}), cell) for x in range(1, size[width.args[0]] + 1)]
            for y in range(1, size.get(height.args[0], 1) + 1)
        ]
        return f"({', '.join(cells[0])})" if len(cells) == 1 else as_matrix(cells), ATOM

    def write_cases(self, node: Node) -> tuple[str, int]:
        return self.parts(next(branch for branch, condition in node.args if condition is None or self.env.holds([condition])))


def added(term: str) -> str:
    """Return a term with its sign in front, which a negative number brings."""
    minus = NEGATIVE.match(term)
    return f" - {together(minus['colour'] + term[minus.end() :])}" if minus else f" + {together(term)}"


def together(term: str) -> str:
    """Return a short product in braces, so that no line ends inside of it."""
    return f"{{{term}}}" if r"\cdot" in term and "(" not in term and term[0] not in "-{" else term


def bracketed(text: str, binds: int, at_least: int) -> str:
    if binds >= at_least:
        return text
    return rf"\left( {text} \right)" if r"\frac" in text or r"\begin" in text else f"({text})"


def grouped(text: str, whole: str = "0123456789.") -> str:
    """Return what carries a script, or is one: TeX takes a number, too, as a whole."""
    return text if text.startswith((r"\class", "{")) or not text.strip(whole) else f"{{{text}}}"


def coloured(text: str, letter: str) -> str:
    return rf"\class{{{letter}}}{grouped(text, '')}" if letter else text


def letter_of(node: Node) -> str:
    """Return the letter of which a formula is a value or an entry, nothing for any other."""
    if node.kind == "transpose":
        return letter_of(node.args[0])
    if node.kind == "derivative":
        of, by = node.args[0].args[0], letter_of(node.args[1])
        return "∂" + by if of in ("L", "bar L") and by else ""
    base, _ = base_and_indices(node)
    name = base.args[0] if base.kind == "name" else ""
    return name if len(name) == 1 else ""


def shown(number: Array) -> str:
    """Return a number, a vector or a matrix as TeX."""
    if number.ndim < 2 or len(number) == 1:
        return as_vector(map(decimal, number.ravel())) if number.ndim else decimal(float(number))
    return as_matrix([map(decimal, row) for row in number])


def decimal(x: float) -> str:
    if is_exact(x):
        return f"{x:.{DIGITS}f}".rstrip("0").rstrip(".").replace("-0", "-0" if round(x, DIGITS) else "0")
    if abs(x) < 0.5 * 10**(1 - DIGITS):
        digits, power = f"{x:.1e}".split("e")
        return rf"{digits} \cdot 10^{{{int(power)}}}"
    return f"{x:.{max(0, DIGITS - max(0, math.floor(math.log10(abs(x)))))}f}"


def is_exact(number: Array | float) -> bool:
    """Tell whether the digits that are shown are all there are."""
    return bool((np.abs(np.round(number, DIGITS) - number) <= 1e-12 * np.maximum(1, np.abs(number))).all())


def as_vector(entries: Iterable[str]) -> str:
    return f"{{({', '.join(entries)})}}"


def as_matrix(rows: Iterable[Iterable[str]]) -> str:
    cells = r" \\ ".join(map(" & ".join, rows))
    return rf"\begin{{bmatrix}} {cells} \end{{bmatrix}}"

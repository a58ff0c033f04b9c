"""Small formulas drawn by Hypothesis, as LaTeX and with an exact value that is computed without the evaluator.

A formula is a pair: its LaTeX, and a function from logits and a value of j to a number with 200 digits.
"""

from hypothesis import reject
from hypothesis import strategies as st
from mpmath import mp, mpf

DIGITS = 200
STEP = mpf(10) ** -30  # of derivatives
LARGEST = mpf(10) ** 30
EQUAL = mpf(10) ** -50


class Undefined(Exception):
    """A formula has no value: a division by 0, the logarithm of a negative number, a corner."""


class TooLarge(Exception):
    """A number so large that floating point may overflow."""


def small(value):
    if abs(value) > LARGEST:
        raise TooLarge
    return value


def divide(x, y):
    if abs(y) < EQUAL:
        raise Undefined
    return x / y


def power(x, y):
    if abs(x) < EQUAL:
        if y < -EQUAL:
            raise Undefined
        return mpf(y < EQUAL)
    if x < 0 and y != mp.nint(y):
        raise Undefined
    return exp(y * mp.log(abs(x))) * (-1 if x < 0 and y % 2 else 1)


def log(x):
    if x < EQUAL:
        raise Undefined
    return mp.log(x)


def root(x):
    if abs(x) < EQUAL:
        return mpf(0)
    if x < 0:
        raise Undefined
    return mp.sqrt(x)


def exp(x):
    return small(mp.exp(min(x, 1000)))


def softmax(z, j):
    return exp(z[j]) / sum(map(exp, z))


def slope(function, number):
    """Return a derivative with respect to one logit, if it is the same from both sides."""

    def value(z, j):
        moved = [[*z[:number], z[number] + step, *z[number + 1 :]] for step in (STEP, -STEP)]
        middle = function(z, j)
        right, left = ((function(each, j) - middle) / step for each, step in zip(moved, (STEP, -STEP)))
        if abs(right - left) > mpf(10) ** -8 * max(1, abs(right)):
            raise Undefined
        return right

    return value


def function(name, of, *arguments):
    return name, lambda z, j: of(*(argument(z, j) for argument in arguments))


def larger(x, y):
    return mpf(x - y > EQUAL)


def combined(inner, index):
    """Extend a strategy of formulas by one step; `index` tells whether they may contain the letter j."""
    one, two = st.tuples(inner), st.tuples(inner, inner)
    ways = [
        one.map(lambda a: (rf"\left(-{a[0][0]}\right)", lambda z, j: -a[0][1](z, j))),
        one.map(lambda a: function(rf"\log \left({a[0][0]}\right)", log, a[0][1])),
        one.map(lambda a: function(rf"\exp \left({a[0][0]}\right)", exp, a[0][1])),
        one.map(lambda a: function(rf"\tanh \left({a[0][0]}\right)", mp.tanh, a[0][1])),
        one.map(lambda a: function(rf"\sqrt{{{a[0][0]}}}", root, a[0][1])),
        one.map(lambda a: function(rf"\left|{a[0][0]}\right|", abs, a[0][1])),
        two.map(lambda a: function(rf"\left({a[0][0]} + {a[1][0]}\right)", lambda x, y: x + y, a[0][1], a[1][1])),
        two.map(lambda a: function(rf"\left({a[0][0]} - {a[1][0]}\right)", lambda x, y: x - y, a[0][1], a[1][1])),
        two.map(lambda a: function(rf"\left({a[0][0]} \cdot {a[1][0]}\right)", lambda x, y: x * y, a[0][1], a[1][1])),
        two.map(lambda a: function(rf"\frac{{{a[0][0]}}}{{{a[1][0]}}}", divide, a[0][1], a[1][1])),
        two.map(lambda a: function(rf"\left({a[0][0]}\right)^{{{a[1][0]}}}", power, a[0][1], a[1][1])),
        two.map(lambda a: function(rf"\max \left({a[0][0]}, {a[1][0]}\right)", max, a[0][1], a[1][1])),
        two.map(lambda a: function(rf"\mathbb 1\left[{a[0][0]} > {a[1][0]}\right]", larger, a[0][1], a[1][1])),
    ]
    if not index:
        ways.append(
            st.tuples(inner, st.integers(0, 1)).map(
                lambda a: (rf"\left(\frac{{\partial}}{{\partial z_{a[1] + 1}}} \left({a[0][0]}\right)\right)", slope(a[0][1], a[1]))
            )
        )
        body = st.recursive(leaves(True), lambda inner: combined(inner, True), max_leaves=3)
        ways.append(body.map(lambda a: (rf"\left(\sum_j {a[0]}\right)", lambda z, _: sum(a[1](z, j) for j in range(len(z))))))
    return st.one_of(ways)


def leaves(index):
    numbers = st.sampled_from(["0", "1", "2", "3", "10", "0.5", "1.5", "0.1"]).map(lambda text: (text, lambda z, j: mpf(text)))
    entries = st.sampled_from([(rf"{name}_{{{n + 1}}}", n, name) for name in "zs" for n in range(2)])
    fixed = entries.map(lambda a: (a[0], lambda z, j: z[a[1]] if a[2] == "z" else softmax(z, a[1])))
    running = st.sampled_from([("z_j", lambda z, j: z[j]), ("s_j", softmax)])
    return st.one_of(numbers, fixed, running) if index else st.one_of(numbers, fixed)


FORMULAS = st.recursive(leaves(False), lambda inner: combined(inner, False), max_leaves=5)
LOGITS = st.lists(st.sampled_from(["0", "1", "2", "-1", "0.5", "-3", "30"]), min_size=2, max_size=3)


def exact(formula, logits):
    """Return the value of a formula, or None if it has none."""
    with mp.workdps(DIGITS):
        try:
            return small(formula[1]([mpf(each) for each in logits], None))
        except Undefined:
            return None
        except TooLarge:
            reject()

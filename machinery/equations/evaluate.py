"""The value of a formula: at all points, for all values of the index letters, at once."""

import warnings
import zlib

import autograd.numpy as np
from autograd import make_vjp
from autograd.extend import defvjp, primitive
from autograd.tracer import getval

from machinery.equations.ellipsis import written_out
from machinery.equations.reading import Node
from machinery.equations.shapes import (
    AXES, constant, lift, matched, picked, product, rank, shape, shape_name, stretched, where,
)  # fmt: skip
from machinery.equations.theory import SIZES, Definition, Letter, Variable, reachable
from machinery.equations.tokens import Refused

# How far rounding takes a formula is measured, not assumed: each point has twins, at which
# every intermediate value is disturbed by up to this share of it, a thousand times more than
# a rounding of 2**-53 does. Two sides may differ by as much as their twins differ from them,
# and by nothing else. (Monte Carlo arithmetic: D. S. Parker, "Monte Carlo Arithmetic", 1997.)
NOISE = 2.0**-43
TWINS = 3
EXACT = ("number", "rounded", "unit", "constant", "indicator")

# Ten points for each k. Ordinary ones, two with nearly equal entries, two with very unequal
# ones, where probabilities are close to 0 and 1.
SCALES = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.1, 0.1, 30.0, 30.0])


class OutOfRange(Exception):
    """An index that does not exist for this k, such as s_3 for k = 2."""


class Scope:
    """Values of names and index letters. What is computed once is kept.

    Parameters
    ----------
    theory : dict
        What is known.
    sizes : dict of str to int
        The value of k, N and D.
    scales : ndarray
        For each point, how far logits are spread.
    settings : dict of str to Node
        The numbers of an example, in place of random ones.
    """

    def __init__(self, theory, sizes, scales, settings=None, values=None, letters=None, depth=1, twins=TWINS):
        self.theory, self.sizes, self.scales, self.settings = theory, sizes, scales, settings or {}
        self.values, self.letters, self.depth, self.twins = values or {}, letters or {}, depth, twins
        self.kept, self.random, self.quiet = {}, np.random.default_rng(0), twins == 0

    def bind(self, letter, size):
        """Return a scope in which an index letter takes all its values, along an axis of its own."""
        if self.depth == AXES:
            raise Refused("too many indices within each other")
        letters = {**self.letters, letter: np.arange(1, size + 1).reshape((-1,) + (1,) * (AXES - 1 - self.depth))}
        letters[letter] = letters[letter].reshape((1,) * self.depth + letters[letter].shape)
        inner = Scope(self.theory, self.sizes, self.scales, self.settings, self.values, letters, self.depth + 1, self.twins)
        inner.kept, inner.random, inner.quiet = self.kept, self.random, self.quiet
        return inner

    def override(self, values):
        """Return a scope in which names have other values, and what is defined by them follows."""
        values = {**self.values, **values}
        inner = Scope(self.theory, self.sizes, self.scales, self.settings, values, self.letters, self.depth, self.twins)
        inner.random, inner.quiet = self.random, self.quiet
        return inner

    def without_noise(self):
        """Return a scope for conditions and indices: a twin takes the same branch as its point."""
        inner = self.override({})
        inner.quiet = True
        return inner

    def lookup(self, name):
        """Return the value of a name, or None if nothing defines it."""
        if name in self.values:
            return self.values[name]
        if name not in self.kept:
            self.kept[name] = Ellipsis  # while it is computed
            self.kept[name] = self.computed(name, self.theory.get(name))
        if self.kept[name] is Ellipsis:
            entry = self.theory[name]
            raise Refused(f"{entry.shown} is defined by itself ({entry.where})")
        return self.kept[name]

    def computed(self, name, entry):
        if name in self.settings:
            return value(self.settings[name], self)
        if isinstance(entry, Variable):
            return self.at_points(draw(entry, self.sizes, self.scales))
        if isinstance(entry, Definition):
            return defined(entry, self)
        return self.lookup(name + "#") if name + "#" in self.theory else None

    def at_points(self, array):
        """Return values that differ from point to point, each with its twins."""
        array = np.concatenate([array] * (1 + self.twins))
        return array.reshape(array.shape[:1] + (1,) * (AXES - 1) + array.shape[1:])

    def disturbed(self, array):
        """Return an array with noise at the twins."""
        return disturb(stretched(array, (len(self.scales) * (1 + self.twins),) + (1,) * (AXES - 1)), self)


@primitive
def disturb(array, scope):
    noise = scope.random.uniform(-NOISE, NOISE, array.shape)
    noise[: len(scope.scales)] = 0
    return array * (1 + noise)


# Slopes that flow backwards are rounded too, each time anew.
defvjp(disturb, lambda result, array, scope: lambda slope: disturb(slope, scope), argnums=(0,))


@primitive
def reciprocal(x):
    return 1 / x


# Autograd's own squares x, which overflows.
defvjp(reciprocal, lambda result, x: lambda slope: -(slope * reciprocal(x)) * reciprocal(x))


def scope_for(theory, k, letters, settings=None, scales=SCALES):
    """Return a scope with variables at random points, and index letters at all their values."""
    settings = settings or {}
    sizes = {"k": k, "N": k + 1, "D": k + 2}  # all different, so that shapes can't be mixed up
    sizes |= {name: int(settings[name].args[0]) for name in ("N", "D") if name in settings}
    scope = Scope(theory, sizes, scales, settings)
    for letter in letters:
        scope = scope.bind(letter, sizes[theory[letter].size])
    if "c" in settings:
        scope.letters["c"] = np.full((1,) * AXES, int(settings["c"].args[0]))
    return scope


def draw(variable, sizes, scales):
    """Return random values of a variable, one for each scale."""
    random = np.random.default_rng([sizes["k"], zlib.crc32(variable.name.encode())])
    dimensions = (len(scales), *(sizes[size] for size in variable.sizes))
    kind, *limits = variable.domain
    if kind == "classes":
        return random.integers(1, sizes[limits[0]] + 1, size=dimensions).astype(float)
    if kind == "interval":
        return random.uniform(*limits, size=dimensions)
    normal = random.normal(size=dimensions)
    if kind == "simplex":
        return np.exp(normal) / np.exp(normal).sum(-1, keepdims=True)
    if kind == "positive":
        return np.exp(normal / 2)
    return np.abs(normal) if kind == "nonnegative" else normal * scales.reshape((-1,) + (1,) * len(variable.sizes))


def value(node, scope):
    """Return the value of a formula.

    Raises
    ------
    Refused
        With the place in the formula, if it has no value.
    """
    if node.kind not in RULES:
        raise Refused(f"this has no value here ({node.kind})", node.place)
    try:
        result = RULES[node.kind](scope, *node.args)
        return result if node.kind in EXACT or scope.quiet else scope.disturbed(result)
    except Refused as error:
        if error.place is None:
            error.place = node.place
        raise


def defined(definition, scope, arguments=None):
    """Return the value of a definition, or of a defined function for these arguments."""
    if definition.parameters and arguments is None:
        arguments = [value(Node("name", (name,), definition.body.place), scope) for name in definition.parameters]
    if arguments:
        scope = scope.override(dict(zip(definition.parameters, arguments)))
    try:
        return for_all(scope, definition.indices, definition.body, definition.shown)
    except Refused as error:
        raise Refused(f"in the definition of {definition.shown} ({definition.where}): {error}") from None


def for_all(scope, letters, body, shown):
    """Return the vector or matrix of the values for all values of index letters."""
    axes = range(scope.depth, scope.depth + len(letters))
    for letter in letters:
        scope = scope.bind(letter, scope.sizes[scope.theory[letter].size])
    result = value(body, scope)
    if letters and rank(result):
        raise Refused(f"the entry {shown} must be a number, but is {shape_name(result)}")
    for axis, letter in zip(axes, letters):
        result = result + np.zeros_like(scope.letters[letter])[(...,) + (None,) * rank(result)]
        result = np.swapaxes(np.expand_dims(result, -1), axis, -1)
    return result


def whole(node, scope):
    """Return a whole number made of letters, sizes, labels and digits, or None."""
    if node.kind == "number" and "." not in node.args[0]:
        return np.full((1,) * AXES, int(node.args[0]))
    if node.kind == "name":
        name = node.args[0]
        size = np.full((1,) * AXES, scope.sizes[name]) if name in SIZES else None
        return scope.letters.get(name, size)
    if node.kind in ("negative", "sum"):
        numbers = [whole(term, scope) for term in node.args]
        if any(number is None for number in numbers):
            return None
        return -numbers[0] if node.kind == "negative" else sum(numbers)
    if node.kind == "entry" and node.args[0].kind == "name":
        label = scope.theory.get(node.args[0].args[0] + "#")
        if isinstance(label, Variable) and label.domain[0] == "classes":
            return value(node, scope.without_noise()).astype(int)
    return None


def index(node, scope, size):
    """Return an index, counted from 1."""
    number = whole(node, scope)
    if number is None:
        raise Refused("this is no index", node.place)
    if (number < 1).any() or (number > size).any():
        raise OutOfRange
    return number


# The rules: one for each kind of node, with its arguments.


def number(scope, text):
    return constant(float(text))


def rounded(scope, text):
    """A decimal in an approximation: its twins differ by half a unit of the last digit shown."""
    half = 0.5 * 10.0 ** -len(text.partition(".")[2]) if "." in text else 0
    steps = np.resize([1.0, -1.0], scope.twins)
    return constant(float(text)) + np.repeat([0.0, *half * steps], len(scope.scales)).reshape((-1,) + (1,) * (AXES - 1))


def name(scope, name):
    found = scope.lookup(name)
    if found is not None:
        return found
    if name in scope.sizes:
        return constant(scope.sizes[name])
    if name in ("e", "pi"):
        return constant(getattr(np, name))
    if name == "I":
        return constant(np.eye(scope.sizes["k"]))
    if isinstance(scope.theory.get(name), Letter):
        raise Refused(rf"{name} is an index letter and stands here as a number: if it is any number, say \({name} \in \mathbb R\)")
    if name.endswith("'"):
        raise Refused(rf"{name} is not defined: write the derivative as \frac{{\partial}}{{\partial x}}, or define {name} := ...")
    raise Refused(
        f"{name} is not defined on this page or in the notation: say what it is, with := or, "
        rf"if it may be any number or vector, with \in (such as \(m \in \mathbb R\))"
    )


def entry(scope, base, *indices):
    key = base.args[0] if base.kind == "name" else ""
    if key == "delta" and scope.lookup(key) is None:
        return truth(Node("chain", (indices, ("=",))), scope).astype(float)
    array = scope.lookup(key + "#") if key + "#" in scope.theory or key + "#" in scope.values else value(base, scope)
    if rank(array) == 2 and 1 in shape(array) and len(indices) == 1:
        array = array.reshape(array.shape[:AXES] + (-1,))
    if len(indices) != rank(array):
        raise Refused(f"{len(indices)} index(es) on {shape_name(array)}")
    for part in indices:
        array = picked(array, index(part, scope, shape(array)[0]))
    return array


def call(scope, name, arguments):
    definition = scope.theory.get(name)
    values = [value(part, scope) for part in arguments]
    if definition is None and name in ("diag", "tr") and len(values) == 1:
        if rank(values[0]) == 1 + (name == "tr"):
            eye = constant(np.eye(shape(values[0])[0]))
            return lift(values[0], 2) * eye if name == "diag" else (values[0] * eye).sum((-1, -2))
        raise Refused(f"\\operatorname{{{name}}} of {shape_name(values[0])}")
    if not isinstance(definition, Definition):
        raise Refused(f"the function {name} is not defined on this page")
    if len(values) != len(definition.parameters):
        raise Refused(f"{name} takes {len(definition.parameters)} argument(s), not {len(values)}")
    return defined(definition, scope, values)


def negative(scope, term):
    return -value(term, scope)


def add(scope, *terms):
    total = value(terms[0], scope)
    for term in terms[1:]:
        x, y = matched(total, value(term, scope), "added", term.place)
        total = x + y
    return total


def multiply(scope, operator, left, right):
    return product(operator, value(left, scope), value(right, scope), right.place)


def quotient(scope, above, below):
    x, y = value(above, scope), value(below, scope)
    if rank(y):
        raise Refused(f"can't divide by {shape_name(y)}", below.place)
    return x * reciprocal(lift(y, rank(x)))


def power(scope, base, exponent):
    x, y = value(base, scope), whole(exponent, scope)
    if rank(x):
        raise Refused(f"a power of {shape_name(x)}", exponent.place)
    return x**y if y is not None else np.exp(value(exponent, scope) * np.log(x))


def transpose(scope, part):
    array = value(part, scope)
    if not rank(array):
        raise Refused(r"a number has no \top")
    return np.expand_dims(array, -2) if rank(array) == 1 else np.swapaxes(array, -1, -2)


def function(scope, name, argument):
    return getattr(np, {"root": "sqrt"}.get(name, name))(value(argument, scope))


def extreme(scope, name, parts):
    numbers = [value(part, scope) for part in parts]
    if len(numbers) == 1:
        if rank(numbers[0]) != 1:
            raise Refused(f"\\{name} of {shape_name(numbers[0])}")
        return getattr(np, name)(numbers[0], axis=-1)
    result = numbers[0]
    for number in numbers[1:]:
        result = {"max": np.maximum, "min": np.minimum}[name](lift(result, rank(number)), lift(number, rank(result)))
    return result


def big(scope, operator, letters, conditions, upper, body):
    """A sum, product or maximum over all values of index letters."""
    axes = tuple(range(scope.depth, scope.depth + len(letters)))
    for letter in letters:
        entry = scope.theory.get(letter)
        if letter == "c" or not upper and not isinstance(entry, Letter):
            known = ", ".join(name for name, entry in scope.theory.items() if isinstance(entry, Letter) and name != "c")
            raise Refused(f"{letter} is no index that a \\{operator} can run over: use {known}, or say how far it goes, "
                          f"\\{operator}_{{{letter}=1}}^{{N}}")  # fmt: skip
        size = upper.args[0] if upper else entry.size
        if size not in scope.sizes:
            raise Refused(f"a \\{operator} runs up to one of {', '.join(scope.sizes)}")
        scope = scope.bind(letter, scope.sizes[size])
    result = value(body, scope)
    if rank(result) and operator != "sum":
        raise Refused(f"\\{operator} of {shape_name(result)}")
    result = stretched(result, np.broadcast_shapes(*(scope.letters[letter].shape for letter in letters)))
    if conditions:
        holds = np.broadcast_arrays(*(truth(condition, scope) for condition in conditions))
        neutral = {"sum": 0, "prod": 1, "max": -np.inf, "min": np.inf}[operator]
        result = where(np.all(holds, axis=0), result, constant(neutral))
    return getattr(np, operator)(result, axis=axes, keepdims=True)


def truth(chain, scope):
    """Return where a condition holds."""
    sides, signs = chain.args
    holds = np.full((1,) * AXES, True)
    for left, sign, right in zip(sides, signs, sides[1:]):
        x, y = whole(left, scope), whole(right, scope)
        if x is None or y is None:
            x, y = (getval(value(side, scope.without_noise())) for side in (left, right))
            if rank(x) or rank(y):
                raise Refused("a condition compares numbers", chain.place)
        holds = holds & {"=": x == y, "≠": x != y, "<": x < y, ">": x > y, "≤": x <= y, "≥": x >= y}[sign]
    return holds


def indicator(scope, condition):
    return truth(condition, scope).astype(float)


def cases(scope, *branches):
    result, taken = None, np.full((1,) * AXES, False)
    for expression, condition in branches:
        holds = ~taken if condition is None else truth(condition, scope)
        if condition is not None and (holds & taken).any():
            raise Refused("two cases apply at once", expression.place)
        taken = taken | holds
        x = value(expression, scope)
        result = x if result is None else where(holds, *matched(x, result, "two cases of one thing", expression.place))
    if not taken.all():
        raise Refused(r"no case applies at some points: add \text{otherwise}")
    return result


def matrix(scope, rows):
    rows = written_out(rows, scope.sizes, scope.theory)
    cells = [[value(cell, scope) for cell in row] for row in rows]
    if any(rank(cell) for row in cells for cell in row):
        raise Refused("an entry of a matrix is a number here")
    axes = np.broadcast_shapes(*(cell.shape for row in cells for cell in row))
    return np.stack([np.stack([stretched(cell, axes) for cell in row], -1) for row in cells], -2)


def vector(scope, *items):
    return matrix(scope, (items,))[..., 0, :]


def filled(scope, digit, size=Node("name", ("k",))):
    if size.args[0] not in scope.sizes:
        raise Refused(r"the length below \mathbf 0 or \mathbf 1 is k, N or D")
    return constant(np.full(scope.sizes[size.args[0]], float(digit)))


def unit(scope, part):
    letter = scope.theory.get(part.args[0]) if part.kind == "name" else None
    size = scope.sizes[letter.size if isinstance(letter, Letter) else "k"]
    return (lift(index(part, scope, size), 1) == constant(np.arange(1, size + 1))).astype(float)


def norm(scope, part, which):
    array = value(part, scope)
    array = array.reshape(array.shape[:AXES] + (-1,))
    if which == "1":
        return np.abs(array).sum(-1)
    return np.max(np.abs(array), axis=-1) if which == "infty" else np.sqrt((array * array).sum(-1))


def absolute(scope, part):
    return np.abs(value(part, scope))


def jacobian(scope, expression, name):
    """Return the derivative by a name: the shape of the expression, then that of the name.

    Points and index letters are independent of each other: one pass backwards for each entry
    of the expression gives the derivatives at all of them.
    """
    current = scope.lookup(name)
    axes = np.broadcast_shapes(value(expression, scope).shape[:AXES], current.shape[:AXES])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # autograd warns of what does not depend on the name, and gives 0
        backwards, result = make_vjp(lambda x: stretched(value(expression, scope.override({name: x})), axes))(stretched(current, axes))
    slopes = []
    for place in np.ndindex(shape(result)):
        seed = np.zeros(result.shape)
        seed[(..., *place)] = 1
        slopes.append(backwards(seed))
    return np.stack(slopes, AXES).reshape(axes + shape(result) + shape(current))


def derivative(scope, expression, variable):
    base, indices = (variable.args[0], variable.args[1:]) if variable.kind == "entry" else (variable, ())
    if base.kind != "name":
        raise Refused("can't derive by this: only by a name or an entry of it", variable.place)
    key = base.args[0]
    if isinstance(scope.theory.get(key), Letter) and not indices:
        raise Refused(f"can't derive by the index {key}", variable.place)
    key += "#" * (bool(indices) and key + "#" in scope.theory)
    value(expression, scope)  # what is not defined in it comes first
    if key not in reachable(scope.theory, expression):
        raise Refused(f"what is derived here does not contain {base.args[0]}, as it is defined on this page", variable.place)
    current = value(base, scope) if scope.lookup(key) is None else scope.lookup(key)
    if len(indices) not in (0, rank(current)):
        raise Refused(f"{len(indices)} index(es) on {shape_name(current)}", variable.place)
    result = jacobian(scope, expression, key)
    outer = rank(result) - rank(current)
    for part in indices:
        moved = np.moveaxis(result, AXES + outer, AXES)
        result = picked(moved, index(part, scope, shape(moved)[0]))
    if indices or not rank(current):
        return result
    if outer == 0:  # of a number: by a vector a row, by a matrix a matrix
        return np.expand_dims(result, -2) if rank(current) == 1 else result
    if rank(current) == 1 and shape(result)[:outer].count(1) == outer - 1:  # of a row or a column: as of a vector
        return result.reshape(result.shape[:AXES] + (-1, shape(current)[0]))
    raise Refused("the derivative of a matrix, or of a vector by a matrix, has no shape here", variable.place)


def gradient(scope, expression, variable):
    row = derivative(scope, expression, variable)
    if rank(value(variable, scope)) == 2:
        return row
    if rank(row) != 2 or shape(row)[0] != 1:
        raise Refused(r"\nabla is of a number by a vector or a matrix")
    return np.swapaxes(row, -1, -2)


def differential(scope, expression):
    """The change of a value when all variables move, each in its own direction."""
    moving = [key[2:] for key in scope.theory if key.startswith("d ")]
    moving = [key for key in moving if key in reachable(scope.theory, expression)]
    if not moving:
        raise Refused(r"nothing here moves: the page needs the differential of a variable, such as \mathrm d\mathbf z")
    total = 0
    for key in moving:
        direction = scope.lookup("d " + key)
        slope = jacobian(scope, expression, key)
        outer = rank(slope) - rank(direction)
        direction = direction.reshape(direction.shape[:AXES] + (1,) * outer + shape(direction))
        total = total + (slope * direction).sum(tuple(range(AXES + outer, slope.ndim)))
    return total


RULES = {rule.__name__: rule for rule in (
    number, rounded, name, entry, call, negative, quotient, power, transpose, function, extreme, big, indicator, cases,
    matrix, unit, norm, absolute, derivative, gradient, differential,
)} | {"sum": add, "product": multiply, "tuple": vector, "constant": filled}  # fmt: skip

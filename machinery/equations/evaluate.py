"""The value of a formula at many points at once."""

import numpy as np

from machinery.equations import arithmetic as ar
from machinery.equations.arithmetic import Dual, Real
from machinery.equations.ellipsis import written_out
from machinery.equations.resolve import Node
from machinery.equations.shapes import diagonal, full, largest, lift, matched, product, rank, shape, shape_name, stack
from machinery.equations.syntax import Refused

SIZES = ("k", "N", "D")


class OutOfRange(Exception):
    """An index that does not exist for this k, such as s_3 for k = 2."""


class Box:
    """A value that was set for a name, and whether anything asked for it."""

    def __init__(self, number, origin=None):
        self.number, self.origin, self.used = number, origin, False

    def use(self):
        self.used = True
        if self.origin:
            self.origin.use()
        return self.number


class Scope:
    """Values of names and index letters, for `batch` points.

    A scope either overrides names (a call, a derivative): everything that depends on them is
    computed again. Or it only repeats the points of its parent for the values of an index
    (a sum): then the parent's results are repeated as well.
    """

    def __init__(self, theory, sizes, values, indices, batch, parent=None, repeat=1, level=0):
        self.theory, self.sizes, self.values, self.indices = theory, sizes, values, indices
        self.batch, self.parent, self.repeat, self.level = batch, parent, repeat, level
        self.memo, self.open = {}, set()

    def expand(self, count):
        """Return a scope with every point repeated, and the number of the repetition."""
        indices = {letter: self.repeated(array, count) for letter, array in self.indices.items()}
        scope = Scope(self.theory, self.sizes, {}, indices, self.batch * count, self, count, self.level)
        return scope, np.tile(np.arange(count), self.batch)

    @staticmethod
    def repeated(array, count):
        return array if array.shape[0] == 1 else np.repeat(array, count, axis=0)

    def override(self, values, level=None):
        """Return a scope in which names have other values, and what is defined by them follows."""
        boxes = {name: self.box(name) for name in self.names()}
        boxes.update({name: Box(number) for name, number in values.items()})
        return Scope(self.theory, self.sizes, boxes, self.indices, self.batch, level=self.level if level is None else level)

    def names(self):
        return set(self.values) | (self.parent.names() if self.parent else set())

    def box(self, name):
        if name in self.values:
            return self.values[name]
        box = self.parent.box(name)
        return Box(box.number.map(lambda array: self.repeated(array, self.repeat)), box)

    def lookup(self, name):
        """Return the value of a name, or None if nothing defines it."""
        if name in self.values:
            return self.values[name].use()
        if name not in self.memo:
            if self.parent:  # repeats the points only
                number = self.parent.lookup(name)
                self.memo[name] = number and number.map(lambda array: self.repeated(array, self.repeat))
            else:
                definition = self.theory.definitions.get(name)
                if name in self.open:
                    raise Refused(f"{definition.shown} is defined by itself ({definition.where})")
                self.open.add(name)
                self.memo[name] = definition and defined(definition, self)
                self.open.discard(name)
        return self.memo[name]


def defined(definition, scope, arguments=None):
    """Return the value of a definition, or of a defined function for these arguments."""
    if definition.parameters:
        if arguments is None:
            arguments = [value(Node("name", (name,), definition.body.place), scope) for name in definition.parameters]
        inner = scope.override(dict(zip(definition.parameters, arguments)))
    else:
        inner = scope
    try:
        return over_indices(definition, inner)
    except Refused as error:
        raise Refused(f"in the definition of {definition.shown} ({definition.where}): {error}") from None


def over_indices(definition, scope):
    sizes = [scope.sizes[scope.theory.letters[letter]] for letter in definition.indices]
    root = scope
    for letter, size in zip(definition.indices, sizes):
        scope, numbers = scope.expand(size)
        scope.indices[letter] = numbers
    result = value(definition.body, scope)
    if definition.indices and rank(result):
        raise Refused(f"the entry {definition.shown} must be a number, but is {shape_name(result)}")
    return result.map(lambda a: full(a, scope.batch).reshape((root.batch, *sizes) + a.shape[1:])) if sizes else result


def value(node, scope):
    """Return the value of a formula.

    Raises
    ------
    Refused
        With the place in the formula, if it has no value.
    """
    if node.kind not in _RULES:
        raise Refused(f"this has no value here ({node.kind})", node.place)
    try:
        return _RULES[node.kind](node, scope)
    except Refused as error:
        if error.place is None:
            error.place = node.place
        raise


def constant(number):
    return Real(np.array([float(number)]))


def _number(node, scope):
    text = node.args[0]
    return Real(np.array([float(text)]), np.array([ar.UNIT * float(text) if "." in text else 0.0]))


def _rounded(node, scope):
    """A decimal in an approximation: known to half a unit of the last digit shown."""
    text = node.args[0]
    digits = len(text.partition(".")[2])
    half = 0.5 * 10.0**-digits if "." in text else 0.0
    return Real(np.array([float(text)]), np.array([half * (1 + 4 * ar.UNIT)]))


def _name(node, scope):
    name = node.args[0]
    number = scope.lookup(name)
    if number is None and name + "#" in scope.theory.definitions:
        number = scope.lookup(name + "#")
    if number is not None:
        return number
    if name in scope.sizes:
        return constant(scope.sizes[name])
    if name in ("e", "pi"):
        return Real(np.array([np.e if name == "e" else np.pi]), np.array([ar.LIBRARY]))
    if name == "I":
        return Real(np.eye(scope.sizes["k"])[None])
    raise Refused(_undefined(name, scope), node.place)


def _undefined(name, scope):
    if name in scope.theory.letters:
        return rf"{name} is an index letter and stands here as a number: if it is any number, say \({name} \in \mathbb R\)"
    if name.endswith("'"):
        return rf"{name} is not defined: write the derivative as \frac{{\partial}}{{\partial x}}, or define {name} := ..."
    return (f"{name} is not defined on this page or in the notation: say what it is, with := or, "
            rf"if it may be any number or vector, with \in (such as \(m \in \mathbb R\))")  # fmt: skip


def index(node, scope):
    """Return an index, counted from 0, for each point."""
    number = whole(node, scope)
    if number is None:
        raise Refused("this is no index", node.place)
    return number - 1


def whole(node, scope):
    """Return a whole number made of letters, sizes and digits, or None."""
    if node.kind == "number" and "." not in node.args[0]:
        return np.array([int(node.args[0])])
    if node.kind == "name" and node.args[0] in scope.indices:
        return scope.indices[node.args[0]] + 1
    if node.kind == "name" and node.args[0] in scope.sizes:
        return np.array([scope.sizes[node.args[0]]])
    if node.kind == "negative":
        number = whole(node.args[0], scope)
        return None if number is None else -number
    if node.kind == "sum":
        numbers = [whole(term, scope) for term in node.args]
        return None if any(number is None for number in numbers) else sum(numbers)
    if node.kind == "entry" and node.args[0].kind == "name" and node.args[0].args[0] + "#" in scope.theory.labels:
        return value(node, scope).value.astype(int)
    return None


def _entry(node, scope):
    base, *indices = node.args
    key = base.args[0] + "#" if base.kind == "name" else ""
    if base.kind == "constant" or base == Node("name", ("I",)) and scope.lookup("I") is None:
        return Real(np.eye(scope.sizes[indices[0].args[0]])[None])
    if base == Node("name", ("delta",)) and scope.lookup("delta") is None:
        chain = Node("chain", (tuple(indices), ("=",)), node.place)
        return Real(truth(chain, scope).astype(float))
    number = scope.lookup(key) if key and (key in scope.theory.definitions or key in scope.names()) else None
    number = value(base, scope) if number is None else number
    if rank(number) == 2 and 1 in shape(number) and len(indices) == 1:
        number = number.map(lambda a: a.reshape(a.shape[0], -1))
    if len(indices) != rank(number):
        raise Refused(f"{len(indices)} index(es) on {shape_name(number)}", node.place)
    places = [index(part, scope) for part in indices]
    for place, size in zip(places, shape(number)):
        if (place >= size).any() or (place < 0).any():
            raise OutOfRange
    return number.map(lambda a: a[(np.arange(a.shape[0]), *places)])


def _call(node, scope):
    name, arguments = node.args
    definition = scope.theory.definitions.get(name)
    if definition is None and name in ("diag", "tr") and len(arguments) == 1:
        return diagonal(name, value(arguments[0], scope), node.place)
    if definition is None:
        raise Refused(f"the function {name} is not defined before this line", node.place)
    if len(arguments) != len(definition.parameters):
        raise Refused(f"{name} takes {len(definition.parameters)} argument(s), not {len(arguments)}", node.place)
    return defined(definition, scope, [value(part, scope) for part in arguments])


def _negative(node, scope):
    return ar.negate(value(node.args[0], scope))


def _sum(node, scope):
    total = value(node.args[0], scope)
    for term in node.args[1:]:
        x, y = matched(total, value(term, scope), term.place, "added")
        total = ar.add(x, y)
    return total


def _product(node, scope):
    operator, left, right = node.args
    return product(value(left, scope), value(right, scope), right.place, operator)


def _quotient(node, scope):
    above, below = (value(part, scope) for part in node.args)
    if rank(below):
        raise Refused(f"can't divide by {shape_name(below)}", node.args[1].place)
    return ar.multiply(above, lift(ar.invert(below), rank(above)))


def _power(node, scope):
    base, exponent = value(node.args[0], scope), node.args[1]
    sign, exponent = (-1, exponent.args[0]) if exponent.kind == "negative" else (1, exponent)
    if rank(base):
        raise Refused(f"a power of {shape_name(base)}", exponent.place)
    if exponent.kind == "number" and exponent.args[0].isdigit():
        return ar.power(base, sign * int(exponent.args[0]))
    number = value(exponent, scope)
    return ar.exp(ar.multiply(number if sign == 1 else ar.negate(number), ar.log(base)))


def _transpose(node, scope):
    number = value(node.args[0], scope)
    if rank(number) == 0:
        raise Refused(r"a number has no \top", node.place)
    return number.map(lambda a: a[:, None, :] if a.ndim == 2 else a.swapaxes(1, 2))


def _function(node, scope):
    name, argument = node.args
    return getattr(ar, name)(value(argument, scope))


def _extreme(node, scope):
    name, parts = node.args
    numbers = [value(part, scope) for part in parts]
    if len(numbers) == 1:
        number = numbers[0]
        if rank(number) != 1:
            raise Refused(f"\\{name} of {shape_name(number)}", node.place)
        return largest(number, name, number.value.shape[0])
    result = numbers[0]
    for number in numbers[1:]:
        top = max(rank(result), rank(number))
        result, number = lift(result, top), lift(number, top)
        first = result.value >= number.value if name == "max" else result.value <= number.value
        result = ar.where(first, result, number)
    return result


def _big(node, scope):
    operator, letters, conditions, upper, body = node.args
    inner, sizes = scope, []
    for letter in letters:
        if letter == "c" or not upper and letter not in scope.theory.letters:
            raise Refused(f"{letter} is no index that a \\{operator} can run over: use {', '.join(scope.theory.letters)}, "
                          f"or say how far it goes, \\{operator}_{{{letter}=1}}^{{N}}", node.place)  # fmt: skip
        size = upper.args[0] if upper else scope.theory.letters[letter]
        if size not in scope.sizes:
            raise Refused(f"a \\{operator} runs up to one of {', '.join(scope.sizes)}", node.place)
        sizes.append(scope.sizes[size])
        inner, numbers = inner.expand(sizes[-1])
        inner.indices[letter] = numbers
    result = value(body, inner)
    if rank(result) and operator not in ("sum",):
        raise Refused(f"\\{operator} of {shape_name(result)}", node.place)
    if conditions:
        holds = np.all([full(truth(condition, inner), inner.batch) for condition in conditions], axis=0)
        neutral = {"sum": 0.0, "prod": 1.0, "max": -np.inf, "min": np.inf}[operator]
        holds = holds.reshape((-1,) + (1,) * rank(result))
        result = ar.where(holds, result, Real(np.full((1,) * (rank(result) + 1), neutral)))
    count = int(np.prod(sizes))
    result = result.map(lambda a: full(a, inner.batch).reshape((scope.batch, count) + a.shape[1:]))
    if operator == "sum":
        return ar.sum_over(1)(result)
    if operator in ("max", "min"):
        return largest(result, operator, scope.batch)
    factors = [result.map(lambda a, n=n: a[:, n]) for n in range(count)]
    total = factors[0]
    for factor in factors[1:]:
        total = ar.multiply(total, factor)
    return total


def truth(chain, scope):
    """Return where a condition holds, point by point."""
    sides, signs = chain.args
    holds = np.array([True])
    for left, sign, right in zip(sides, signs, sides[1:]):
        x, y = whole(left, scope), whole(right, scope)
        if x is None or y is None:
            x, y = value(left, scope), value(right, scope)
            if rank(x) or rank(y):
                raise Refused("a condition compares numbers", chain.place)
            x, y = x.value, y.value
        holds = holds & {"=": x == y, "≠": x != y, "<": x < y, ">": x > y, "≤": x <= y, "≥": x >= y}[sign]
    return holds


def _indicator(node, scope):
    return Real(truth(node.args[0], scope).astype(float))


def _cases(node, scope):
    branches = node.args
    taken, result = np.zeros(scope.batch, bool), None
    for expression, condition in branches:
        holds = ~taken if condition is None else full(truth(condition, scope), scope.batch)
        if condition is not None and (holds & taken).any():
            raise Refused("two cases apply at once", expression.place)
        taken = taken | holds
        number = value(expression, scope)
        mask = holds.reshape((-1,) + (1,) * rank(number))
        result = number if result is None else ar.where(mask, *matched(number, result, expression.place, "two cases of one thing"))
    if not taken.all():
        raise Refused(r"no case applies at some points: add \text{otherwise}", node.place)
    return result


def _matrix(node, scope):
    rows = written_out(node.args[0], scope.sizes, scope.theory.letters)
    numbers = [[value(cell, scope) for cell in row] for row in rows]
    if any(rank(number) for row in numbers for number in row):
        raise Refused("an entry of a matrix is a number here", node.place)
    flat = [number.map(lambda a: full(a, scope.batch)) for row in numbers for number in row]
    return stack(flat).map(lambda a: a.reshape(scope.batch, len(rows), len(rows[0])))


def _tuple(node, scope):
    number = _matrix(Node("matrix", ((node.args,),), node.place), scope)
    return number.map(lambda a: a[:, 0, :])


def _constant(node, scope):
    size = node.args[1].args[0] if len(node.args) > 1 else "k"
    if size not in scope.sizes:
        raise Refused(r"the length below \mathbf 0 or \mathbf 1 is k, N or D", node.place)
    return Real(np.full((1, scope.sizes[size]), float(node.args[0])))


def _unit(node, scope):
    place = index(node.args[0], scope)
    letter = node.args[0].args[0] if node.args[0].kind == "name" else "c"
    size = scope.sizes[scope.theory.letters.get(letter, "k")]
    if (place >= size).any():
        raise OutOfRange
    return Real(np.eye(size)[place])


def _norm(node, scope):
    number, which = value(node.args[0], scope), node.args[1]
    flat = number.map(lambda a: a.reshape(a.shape[0], -1))
    if which == "1":
        return ar.sum_over(1)(ar.absolute(flat))
    if which == r"\infty":
        return largest(ar.absolute(flat), "max", flat.value.shape[0])
    return ar.root(ar.sum_over(1)(ar.multiply(flat, flat)))


def _absolute(node, scope):
    return ar.absolute(value(node.args[0], scope))


def _derivative(node, scope):
    expression, variables = node.args
    return derive(expression, variables, scope)


def derive(expression, variables, scope):
    if not variables:
        return value(expression, scope)
    variable, *rest = variables
    base, indices = (variable.args[0], variable.args[1:]) if variable.kind == "entry" else (variable, ())
    if base.kind != "name":
        raise Refused("can't derive by this: only by a name or an entry of it", variable.place)
    name = base.args[0]
    if name in scope.theory.letters:
        raise Refused(f"can't derive by the index {name}", variable.place)
    if indices and name + "#" in scope.theory.definitions:
        name += "#"
    current = value(base, scope) if not name.endswith("#") else scope.lookup(name)
    level = scope.level + 1
    if len(indices) not in (0, rank(current)):
        raise Refused(f"{len(indices)} index(es) on {shape_name(current)}", variable.place)
    if indices or not rank(current):
        seed = np.ones((1,) + (1,) * rank(current))
        for axis, part in enumerate(indices):
            place = index(part, scope)
            if (place >= shape(current)[axis]).any():
                raise OutOfRange
            one_hot = np.eye(shape(current)[axis])[place]
            seed = seed * one_hot.reshape((len(place),) + (1,) * axis + (-1,) + (1,) * (rank(current) - axis - 1))
        return _slope(expression, rest, scope, name, current, seed, level, variable)
    size = int(np.prod(shape(current)))
    inner, numbers = scope.expand(size)
    seed = np.eye(size)[numbers].reshape((-1,) + shape(current))
    current = current.map(lambda a: Scope.repeated(a, size))
    slope = _slope(expression, rest, inner, name, current, seed, level, variable)
    slope = slope.map(lambda a: full(a, inner.batch).reshape((scope.batch, size) + a.shape[1:]))
    if rank(slope) == 1:  # of a number: by a vector a row, by a matrix a matrix
        form = (1, size) if rank(current) == 1 else shape(current)
        return slope.map(lambda a: a.reshape((scope.batch, *form)))
    if rank(slope) == 3 and 1 in shape(slope)[1:]:  # of a row or a column: as of a vector
        slope = slope.map(lambda a: a.reshape(scope.batch, size, -1))
    if rank(slope) == 2 and rank(current) == 1:
        return slope.map(lambda a: a.swapaxes(1, 2))
    raise Refused("the derivative of a matrix, or of a vector by a matrix, has no shape here", variable.place)


def _slope(expression, rest, scope, name, current, seed, level, variable):
    inner = scope.override({name: Dual(current, Real(seed), level)}, level)
    result = derive(expression, rest, inner)
    if not inner.values[name].used:
        raise Refused(f"what is derived here does not contain {name.rstrip('#')}, as it is defined on this page", variable.place)
    slope = ar.tangent(result, level)
    return Real(np.zeros_like(result.value)) if slope is None else slope


def _gradient(node, scope):
    expression, variable, order = node.args
    if order == 2:
        return derive(expression, (variable, variable), scope)
    row = derive(expression, (variable,), scope)
    if rank(value(variable, scope)) == 2:
        return row
    if rank(row) != 2 or shape(row)[0] != 1:
        raise Refused(r"\nabla is of a number by a vector or a matrix", node.place)
    return row.map(lambda a: a.swapaxes(1, 2))


def _differential(node, scope):
    level = scope.level + 1
    moving = scope.theory.moving & scope.names()
    values = {name: Dual(value(Node("name", (name,)), scope), scope.box(f"d {name}").number, level) for name in moving}
    inner = scope.override(values, level)
    result = value(node.args[0], inner)
    if not any(inner.values[name].used for name in moving):
        raise Refused(r"nothing here moves: the page needs the differential of a variable, such as \mathrm d\mathbf z", node.place)
    slope = ar.tangent(result, level)
    return Real(np.zeros_like(result.value)) if slope is None else slope


_RULES = {
    "number": _number, "rounded": _rounded, "name": _name, "entry": _entry, "call": _call, "negative": _negative, "sum": _sum,
    "product": _product, "quotient": _quotient, "power": _power, "transpose": _transpose,
    "function": _function, "extreme": _extreme, "big": _big, "indicator": _indicator, "cases": _cases,
    "matrix": _matrix, "tuple": _tuple, "constant": _constant, "unit": _unit, "norm": _norm,
    "absolute": _absolute, "derivative": _derivative, "gradient": _gradient, "differential": _differential,
}  # fmt: skip

"""The value of a formula: at all points, for all values of the index letters, at once.

`value` looks up the rule for a kind of node in `RULES`, which takes an environment and the node's arguments.
"""

from collections.abc import Callable, Iterable

import autograd.numpy as np
from autograd.extend import defvjp, primitive
from autograd.tracer import getval, isbox

from machinery.equations.derivatives import jacobian, shaped
from machinery.equations.ellipsis import pattern
from machinery.equations.environment import Environment
from machinery.equations.functions import FUNCTIONS, RANKS, extreme_entry
from machinery.equations.hints import VALUE_HINTS, hint_for
from machinery.equations.nodes import DOTS, Node
from machinery.equations.points import SCALES, TWINS, OutOfRange, finite
from machinery.equations.shapes import AXES, Array, constant, lift, matched, picked, product, rank, shape, shape_name, stretched, unit, where
from machinery.equations.theory import SIZES, Definition, Letter, Theory, Variable, base_and_indices, key_of, names_in, reachable, size_of
from machinery.equations.tokens import Refused, as_tex

COMPARED = {"=": np.equal, "≠": np.not_equal, "<": np.less, ">": np.greater, "≤": np.less_equal,
            "≥": np.greater_equal}
UNROUNDED = ("number", "vector", "chain")  # kinds of node


def value(node: Node, env: Environment) -> Array:
    """Return the value of a formula, or raise `Refused`, with a place in the formula."""
    if node.kind not in RULES:
        raise Refused(f"this has no value: {VALUE_HINTS.get(node.kind, node.kind)}", node.place)
    try:
        result = RULES[node.kind](env, *node.args)
    except Refused as error:
        if error.place is None:
            error.place = node.place
        raise
    if not env.noisy:
        return finite(result)
    return result if node.kind in UNROUNDED else env.disturbed(result)


def scalar(node: Node, env: Environment) -> Array:
    """Return the value of a formula that has to be a number."""
    result = value(node, env)
    if rank(result):
        raise Refused(f"here stands a number, and this is {shape_name(result)}: entry by entry, write s_i", node.place)
    return result


def exact(node: Node, env: Environment, rule: Callable[[Node, Environment], Array] = scalar) -> Array:
    """Return a number for an index or a condition, without noise, so that twins agree with their points; letters count as numbers."""
    return of_points(rule(node, env.without_noise()), env)


def of_points(array: Array, env: Environment) -> Array:
    array = getval(array)
    return array if len(array) == 1 else np.concatenate([array[: len(env.scales)]] * (1 + TWINS))


# Names


def environment(theory: Theory, k: int, letters: Iterable[str], settings: dict[str, Node], scales: Array = SCALES) -> Environment:
    """Return an environment with variables at random points, and index letters at all their values.

    `settings` are the numbers of an example, in place of random ones.
    """
    given = {name: int(settings[name].args[0]) for name in SIZES if name in settings}
    k = given.get("k", k)
    sizes = {"k": k, "N": k + 1, "D": k + 2} | given  # all different, so that shapes can't be mixed up
    env = Environment(theory, sizes, scales).with_letters({letter: sizes[size_of(letter, theory) or "k"] for letter in letters})
    if "c" in settings:
        env.letters["c"] = constant(settings["c"].args[0])
    return env.with_values({name: value(node, env) for name, node in settings.items() if name in theory})


def lookup(name: str, env: Environment) -> Array | None:
    """Return the value of a name, or None if nothing defines it."""
    if name in env.values:
        return env.values[name]
    if name not in env.cache:
        env.cache[name] = from_theory(name, env)
    return env.cache[name]


def from_theory(name: str, env: Environment) -> Array | None:
    entry = env.theory.get(name)
    if isinstance(entry, Variable):
        return env.drawn(entry)
    if isinstance(entry, Definition):
        return defined(entry, env)
    known = {"e": np.e, "pi": np.pi, "I": np.eye(env.sizes["k"]), **env.sizes}
    return constant(known[name]) if name in known else None


def defined(definition: Definition, env: Environment, arguments: list[Array] | None = None) -> Array:
    """Return the value of a definition, or of a defined function for these arguments."""
    parameters = definition.parameters
    if parameters and arguments is None:
        arguments = [name_alone(env, name) for name in parameters]
    if arguments:
        env = env.with_values(dict(zip(parameters, arguments)))
    sizes = {letter: env.sizes[size] for letter, size in zip(definition.indices, definition.sizes)}
    try:
        return by_entries(definition.body, sizes, env) if sizes else value(definition.body, env)
    except Refused as error:
        error.args = (f"in the definition {definition.tex} ({definition.where}): {error}",)
        error.place = None
        raise


def by_entries(entry: Node, sizes: dict[str, int], env: Environment) -> Array:
    """Return a vector or a matrix, from the formula of its entry and the sizes of the index letters in it."""
    inner = env.with_letters(sizes)
    result = scalar(entry, inner)
    for number, letter in enumerate(sizes):  # the letter's axis becomes an axis of the shape
        result = np.expand_dims(stretched(result, inner.letters[letter].shape), -1)
        result = np.swapaxes(result, env.depth + number, -1)
    return result


def name_alone(env: Environment, name: str) -> Array:
    if not env.noisy and name in env.letters:
        return env.letters[name].astype(float)
    found = lookup(name, env)
    if found is not None:
        return found
    if isinstance(env.theory.get(name), Letter):
        raise Refused(rf"{name} is an index letter and stands here as a number: if it is any number, say \({name} \in \mathbb R\)")
    general = r"say here what it is, even if another page does, with := or, if it may be any number or vector, with \in (such as \(m \in \mathbb R\))"
    hint = hint_for(name) or general
    raise Refused(f"{as_tex(name)} is not defined on this page or in the notation: {hint}")


# Numbers, vectors, matrices


def number(env: Environment, text: str) -> Array:
    return constant(float(text))


def special_vector(env: Environment, name: str, *indices: Node) -> Array:
    """The vectors \\mathbf 0, \\mathbf 1, \\mathbf 1_N, and the unit vectors \\mathbf e_i."""
    size = indices[0].args[0] if indices else "k"
    if len(indices) == 1 and name == "e":
        length = env.sizes[size_of(size, env.theory) or "k"]
        return unit(index(indices[0], length, env), length).astype(float)
    if name == "e" or len(indices) > 1 or size not in env.sizes:
        raise Refused(r"vectors are \mathbf e_i, \mathbf 1, and \mathbf 1_N, whose length is k, N or D")
    return constant(np.full(env.sizes[size], float(name)))


def entry(env: Environment, base: Node, *indices: Node) -> Array:
    key = key_of(Node("entry", (base, *indices)), env.theory) or ""
    if key == "delta" and len(indices) == 2 and lookup(key, env) is None:
        return indicator(env, indices, ("=",))
    return entry_of(name_alone(env, key) if base.kind == "name" else value(base, env), indices, env)


def entry_of(array: Array, indices: tuple[Node, ...], env: Environment, outer: int = 0) -> Array:
    """Return the entry at some indices; the first `outer` axes of the shape stay."""
    if len(indices) != rank(array) - outer:
        hint = r"; letters that are a label stand in \text{}" if rank(array) == outer else ""
        raise Refused(f"{len(indices)} index(es), where {rank(array) - outer} belong, as this is {shape_name(array)}{hint}")
    for part in indices:
        array = np.moveaxis(array, AXES + outer, AXES)
        array = picked(array, index(part, shape(array)[0], env))
    return array


def index(node: Node, size: int, env: Environment) -> Array:
    """Return an index, counted from 1."""
    number = exact(node, env)
    if (number != np.round(number)).any():
        raise Refused("this is no index", node.place)
    if (number < 1).any() or (number > size).any():
        raise OutOfRange("this index does not exist for every k", node.place)
    return number


def matrix(env: Environment, rows: tuple[tuple[Node, ...], ...]) -> Array:
    if len({len(row) for row in rows}) > 1:
        raise Refused("the rows of this matrix have different lengths")
    if any(DOTS in row for row in rows):
        if len(rows[0]) == 1:
            return np.swapaxes(matrix(env, tuple(zip(*rows))), -1, -2)
        height, width, cell = pattern(rows)
        return by_entries(cell, {"row": env.sizes.get(height.args[0], 1), "column": env.sizes[width.args[0]]}, env)
    cells = [[scalar(cell, env) for cell in row] for row in rows]
    axes = np.broadcast_shapes(*(cell.shape for row in cells for cell in row))
    return np.stack([np.stack([stretched(cell, axes) for cell in row], -1) for row in cells], -2)


def vector(env: Environment, *items: Node) -> Array:
    """A vector that is written out, as in (1, 2, 3)."""
    return matrix(env, (items,))[..., 0, :]


# Arithmetic


@primitive
def reciprocal(x: Array) -> Array:
    return 1 / x


# Autograd's own squares x, which overflows.
defvjp(reciprocal, lambda result, x: lambda slope: -(slope * reciprocal(x)) * reciprocal(x))


def negative(env: Environment, term: Node) -> Array:
    return -value(term, env)


def add(env: Environment, *terms: Node) -> Array:
    total = value(terms[0], env)
    for term in terms[1:]:
        x, y = matched(total, value(term, env), "added", term.place)
        total = x + y
    return total


def multiply(env: Environment, operator: str, left: Node, right: Node) -> Array:
    return product(operator, value(left, env), value(right, env), right.place)


def divide(env: Environment, above: Node, below: Node) -> Array:
    x = value(above, env)
    return x * reciprocal(lift(scalar(below, env), rank(x)))


def power(env: Environment, base: Node, exponent: Node) -> Array:
    whole = names_in(env.theory, exponent) <= {*SIZES, *env.letters}  # then also of a negative number
    x, y = scalar(base, env), exact(exponent, env) if whole else scalar(exponent, env)
    return x**y + 0 * (x + y)  # nan, where NumPy takes nan ** 0 for 1


def transpose(env: Environment, part: Node) -> Array:
    array = value(part, env)
    if not rank(array):
        raise Refused(r"a number has no \top")
    return np.expand_dims(array, -2) if rank(array) == 1 else np.swapaxes(array, -1, -2)


def call(env: Environment, name: str, arguments: tuple[Node, ...]) -> Array:
    definition = env.theory.get(name)
    if not isinstance(definition, Definition) or len(arguments) != len(definition.parameters):
        definition = None
    if not definition and name not in FUNCTIONS:
        letters, tex = ", ".join("xyuvw"[: len(arguments)]), as_tex(name)
        hint = hint_for(name) or rf"define {tex}({letters}) := ..., or write a product as {tex} \cdot (...)"
        raise Refused(f"{tex} is no function of {len(arguments)} argument(s) on this page: {hint}")
    values = [value(part, env) for part in arguments]
    if definition:
        return defined(definition, env, values)
    alone = len(values) == 1
    fits = RANKS.get(name) in (None, rank(values[0])) if alone else name in ("max", "min")
    if not fits:
        raise Refused(f"{name} of {', '.join(map(shape_name, values))}")
    return FUNCTIONS[name](*values)


# Derivatives


def slopes(expression: Node, name: str, env: Environment, like: Array) -> Array:
    """Return the derivative of a formula, whose value is `like` this, by a name."""
    return jacobian(lambda x: value(expression, env.with_values({name: x})), lookup(name, env), like)


def derivative(env: Environment, expression: Node, variable: Node, orientation: str) -> Array:
    """The derivative by a name or an entry: of a number by a vector it is a "row" or a "column"."""
    base, indices = base_and_indices(variable)
    name = key_of(variable, env.theory) or ""
    if base.kind != "name" or isinstance(env.theory.get(name), Letter):
        raise Refused("can't derive by this: only by a name or an entry of it", variable.place)
    like = value(expression, env)  # what is not defined in it comes first
    if name not in reachable(env.theory, expression):
        raise Refused(f"what is derived here does not contain {as_tex(base.args[0])}", variable.place)
    result, inner = slopes(expression, name, env, like), rank(lookup(name, env))
    if indices or not inner:
        return entry_of(result, indices, env, rank(result) - inner)
    return shaped(result, inner, orientation, variable.place)


def differential(env: Environment, expression: Node) -> Array:
    """The change of a value when each of its variables moves in a different direction."""
    like, names = value(expression, env), sorted(reachable(env.theory, expression))
    total = np.zeros(like.shape)
    for variable in (entry for name in names if isinstance(entry := env.theory.get(name), Variable)):
        slope = slopes(expression, variable.name, env, like)
        direction = env.drawn(Variable("d " + variable.name, variable.sizes, ("real",)))
        outer = rank(slope) - rank(direction)
        direction = direction.reshape(direction.shape[:AXES] + (1,) * outer + shape(direction))
        total = total + (slope * direction).sum(tuple(range(AXES + outer, slope.ndim)))
    return total


# Conditions, sums and other operators over index letters


def over_letters(env: Environment, operator: str, letters: tuple[str, ...], conditions: tuple[Node, ...], upper: Node | None, body: Node) -> Array:
    """A sum, product or maximum over all values of index letters."""
    sizes = {}
    for letter in letters:
        size = upper.args[0] if upper else size_of(letter, env.theory)
        if letter == "c" or size not in env.sizes:
            limits = rf"up to k, N or D, or up to K or C after \(\mathbf z \in \mathbb R^K\); {letter} needs \{operator}_{{{letter}=1}}^{{N}}"
            raise Refused(rf"a \{operator} over {letter} goes {limits}")
        sizes[letter] = env.sizes[size]
    inner = env.with_letters(sizes)
    result = value(body, inner) if operator == "sum" else scalar(body, inner)
    result = stretched(result, np.broadcast_shapes(*(inner.letters[letter].shape for letter in letters)))
    if conditions:
        holds = np.all(np.broadcast_arrays(*(truth(condition, inner) for condition in conditions)), axis=0)
        neutral = {"sum": 0, "prod": 1, "max": -np.inf, "argmax": -np.inf}.get(operator, np.inf)
        result = where(holds, result, constant(neutral))
    axes = tuple(range(env.depth, inner.depth))
    if operator.startswith("arg"):
        return place_of(result, operator, axes)
    return extreme_entry(operator, result, axes) if operator in ("max", "min") else getattr(np, operator)(result, axis=axes, keepdims=True)


def place_of(array: Array, operator: str, axes: tuple[int, ...]) -> Array:
    """Return the index of the largest or smallest entry, along one axis: nan where two are."""
    if len(axes) > 1:
        raise Refused("an index goes over one letter")
    array = getval(array)
    places = getattr(np, operator)(array, axis=axes[0], keepdims=True)
    extreme = np.take_along_axis(array, places, axes[0])
    return np.where((array == extreme).sum(axes[0], keepdims=True) > 1, np.nan, places + 1)


def restricted(env: Environment, expression: Node, assignments: tuple[tuple[Node, Node], ...]) -> Array:
    """A hypothetical: the value of a formula if names or entries of vectors had other values."""
    for target, given in assignments:
        base, indices = base_and_indices(target)
        name = key_of(target, env.theory) or ""
        new, old = value(given, env), name_alone(env, name) if base.kind == "name" else None
        if old is None or indices and (len(indices) > 1 or rank(old) != 1 or rank(new)):
            raise Refused("only a name or an entry of a vector gets another value", target.place)
        if indices:
            new = where(unit(index(indices[0], shape(old)[0], env), shape(old)[0]), lift(new, 1), old)
        if shape(new) != shape(old):
            raise Refused(f"{name} is {shape_name(old)}, and gets {shape_name(new)}", given.place)
        env = env.with_values({name: new})
    return value(expression, env)


def truth(condition: Node, env: Environment) -> Array:
    """Return where a condition holds."""
    sides, signs = condition.args
    if not COMPARED.keys() >= set(signs):
        raise Refused("a condition has =, ≠, <, >, ≤ or ≥", condition.place)
    results, holds = [scalar(side, env.without_noise()) for side in sides], True
    values, moving = [of_points(result, env) for result in results], any(map(isbox, results))
    for side, x in zip(sides, values):
        if not at_ordinary_points(np.isfinite(x), env).all():
            raise Refused("this has no value at some points, so the condition is neither true nor false", side.place)
    for x, sign, y in zip(values, signs, values[1:]):
        if moving and at_ordinary_points(x == y, env).any():
            raise Refused("this derivative does not exist where both sides are equal", condition.place)
        holds = holds & COMPARED[sign](x, y)
    return holds


def at_ordinary_points(array: Array, env: Environment) -> Array:
    return array if len(array) == 1 else array[np.flatnonzero(env.scales == 1)]


def indicator(env: Environment, sides: tuple[Node, ...], signs: tuple[str, ...]) -> Array:
    """A condition as a number: 1 where it holds, otherwise 0."""
    return truth(Node("chain", (sides, signs)), env).astype(float)


def cases(env: Environment, *branches: tuple[Node, Node | None]) -> Array:
    *others, (result, last) = [(value(expression, env), condition) for expression, condition in branches]
    holds = [truth(condition, env) for _, condition in branches if condition]
    apply = sum(holds, np.zeros(1, int))
    if len(holds) < len(others) or (apply > 1).any() or last and (apply == 0).any():
        raise Refused(r"at some points no case applies, or two do: \text{otherwise} stands last")
    for (x, _), one in zip(others, holds):
        x, result = matched(x, result, "two cases of one thing")
        result = where(one, x, result)
    return result


RULES: dict[str, Callable[..., Array]] = {
    "name": name_alone, "number": number, "vector": special_vector, "entry": entry, "matrix": matrix, "numbers": vector,
    "negative": negative, "sum": add, "product": multiply, "quotient": divide, "power": power, "transpose": transpose,
    "call": call, "derivative": derivative, "differential": differential, "big": over_letters, "chain": indicator, "cases": cases,
    "restricted": restricted,
}

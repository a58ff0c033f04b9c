"""Each claim is evaluated: at random points, for several k, every class and every free index."""

from dataclasses import dataclass

import numpy as np

from machinery.equations.evaluate import OutOfRange, value
from machinery.equations.points import CLASSES, SCALES, restricted, scope_for
from machinery.equations.resolve import Node
from machinery.equations.shapes import full, matched, shape, shape_name
from machinery.equations.statements import bound_letters, free_letters, reachable
from machinery.equations.syntax import Refused

# A bound of the rounding error above this share of the values means that a formula can't be
# evaluated well enough to be told from a wrong one; most points have to do better.
PRECISE = 1e-8
LOOSE = 0.2  # a bound has to be approached to this share of the typical distance


@dataclass
class Result:
    """What the evaluation of one claim showed."""

    message: str = ""
    largest_error: float = 0.0
    classes: tuple = ()
    points: int = 0


class Wrong(Exception):
    """A claim that does not hold; the argument describes where."""


def check(claim):
    """Evaluate a claim and return its `Result`; the message is empty if it holds."""
    try:
        if claim.settings:
            try:
                return evaluate(claim, claim.conditions, {})  # true in general, the more so in the example
            except (Refused, Wrong):
                pass
        return evaluate(claim, claim.conditions, dict(claim.settings))
    except Refused as error:
        return Result(located(claim, error.place, str(error)))
    except Wrong as error:
        return Result(located(claim, claim.offset, f"this does not hold\n{error}"))


def located(claim, place, message):
    line, column = claim.formula.position(claim.offset if place is None else place)
    headline, _, rest = message.partition("\n")
    return f"{claim.formula.page}:{line}:{column}: {headline}\n    row          {claim.row}" + (f"\n{rest}" if rest else "")


def evaluate(claim, conditions, settings):
    with np.errstate(all="ignore"):  # what is not finite is looked at below
        return evaluated(claim, conditions, settings)


def evaluated(claim, conditions, settings):
    left, right = literal_sides(claim) if claim.sign == "≈" else (claim.left, claim.right)
    if claim.kind == "definition":
        right = left
        definition = claim.theory.definitions[left.args[0]]
        known = {**claim.theory.definitions, **claim.theory.variables}
        if not all(name in known for name in definition.parameters):
            return Result()  # a function of anything: evaluated where it is called
    remainder = remainder_of(claim)
    if remainder:
        left, right = remainder[0]
    names = reachable(left, claim.theory) | reachable(right, claim.theory) if claim.sign != "shape" else reachable(left, claim.theory)
    names |= set().union(*(reachable(chain, claim.theory) for chain in conditions)) if conditions else set()
    for definition in (claim.theory.definitions[name] for name in names if name in claim.theory.definitions):
        unused = set(definition.parameters) - reachable(definition.body, claim.theory)
        if unused:
            raise Refused(f"{definition.shown} ({definition.where}) does not use its argument {', '.join(sorted(unused))}")
    letters = letters_of(claim, left, right, names, conditions)
    if "c" in settings:
        letters.discard("c")
    result, gaps = Result(), []
    scales = np.tile(SCALES, 10) if claim.sign in "<>≤≥" else SCALES  # to come near to a bound
    for k in values_of_k(settings):
        try:
            scope = restricted(scope_for(claim.theory, k, sorted(letters), settings, names, scales), conditions)
            if scope is None:
                continue
            error = at(claim, left, right, scope, gaps, names, conditions, remainder)
        except OutOfRange:
            continue
        result.classes += (k,)
        result.points += len(scales)
        result.largest_error = max(result.largest_error, error)
    if not result.classes:
        raise Refused("nothing is left to test: no k between 2 and 5 has these indices, conditions and examples")
    if gaps:
        tightness(gaps)
    return result


def values_of_k(settings):
    if "k" not in settings:
        return CLASSES
    number = settings["k"].args[0] if settings["k"].kind == "number" else "?"
    if not number.isdigit() or not 2 <= int(number) <= 50:
        raise Refused(f"an example has between 2 and 50 classes, not {number}")
    return (int(number),)


def letters_of(claim, left, right, names, conditions):
    """Return the index letters that a claim is tested for all values of."""
    letters = set()
    sides = (left,) if claim.sign == "shape" else (left, right)
    for side in sides:
        free = free_letters(side, claim.theory)
        both = free & bound_letters(side) - {"c"}
        if both:
            raise Refused(f"the index {', '.join(sorted(both))} runs over a sum and stands outside of it: use another letter, or brackets")
        letters |= free
    for chain in conditions:
        letters |= free_letters(chain, claim.theory)
    known = set(claim.theory.definitions) | set(claim.theory.variables)
    return letters | ({"c"} if "c" in names and "c" not in known else set())


def literal_sides(claim):
    """Mark the decimals of an approximation as rounded, on the sides that are nothing but numbers."""
    sides = []
    for side in (claim.left, claim.right):
        closed = not any(node.kind in ("name", "entry", "call", "derivative") for node in side.walk())
        sides.append(rounded(side, side) if closed else side)
    if not any(node.kind == "rounded" for side in sides for node in side.walk()):
        raise Refused(r"\approx needs a decimal number on one side; for an error that vanishes with h, write = ... + O(h^2)")
    return sides


def rounded(node, side):
    if isinstance(node, tuple):
        return tuple(rounded(part, side) for part in node)
    if not isinstance(node, Node):
        return node
    alone = side in (node, Node("negative", (node,)))
    if node.kind == "number" and ("." in node.args[0] or alone):
        return Node("rounded", node.args, node.place)
    return Node(node.kind, rounded(node.args, side), node.place)


def at(claim, left, right, scope, gaps, names, conditions, remainder):
    """Compare both sides for one k and return the largest error."""
    if claim.sign == "shape":
        return compare_shape(claim, value(left, scope), scope)
    if remainder:
        return order_of_error(claim, left, right, scope, *remainder[1:])
    x, y = value(left, scope), value(right, scope)
    x, y = matched(x, y, None, "equal")
    if claim.kind == "definition":
        return 0.0 if np.isfinite(x.value[scope.ordinary if len(x.value) > 1 else [0]]).all() else undefined(scope)
    (x, ex), (y, ey) = ((full(a.value, scope.batch), full(a.error, scope.batch)) for a in (x, y))
    difference, bound = x - y, ex + ey
    finite = np.isfinite(x) & np.isfinite(y)
    broken = ~finite & scope.ordinary.reshape((-1,) + (1,) * (x.ndim - 1)) & ~(np.isinf(ex) | np.isinf(ey))
    decided = finite & np.isfinite(bound)
    bad = {
        "=": np.abs(difference) > bound, "≈": np.abs(difference) > bound,
        "≠": np.abs(difference) <= bound,
        "<": difference > bound, "≤": difference > bound,
        ">": -difference > bound, "≥": -difference > bound,
    }[claim.sign]  # fmt: skip
    bad = (bad & decided) | broken
    size = np.maximum(1, np.maximum(np.abs(x), np.abs(y)))
    if bad.any():
        raise Wrong(report(claim, scope, x, y, bound, bad, names, conditions))
    precise = decided & (bound <= PRECISE * size)
    if claim.sign != "≈" and precise.mean() < 0.5:
        raise Refused("rounding errors are too large here to tell right from wrong: write the formula in a more stable form")
    if claim.sign in "<>≤≥":
        gap = np.where(np.abs(difference) > bound, np.abs(difference), 0)[decided]
        gaps.append((gap, np.maximum(np.abs(x), np.abs(y))[decided], np.ptp(x) > 0 and np.ptp(y) > 0))
        return 0.0
    return float((np.abs(difference) / size)[precise].max(initial=0)) if claim.sign == "=" else 0.0


def undefined(scope):
    raise Wrong(f"    its value is not a finite number for k = {scope.sizes['k']}")


def compare_shape(claim, number, scope):
    wanted = tuple(scope.sizes[size] for size in claim.right.args)
    actual = shape(number)
    if actual != wanted:
        raise Wrong(f"    by its definition it is {shape_name(number)}, not of shape {wanted}, for k = {scope.sizes['k']}")
    return 0.0


def tightness(gaps):
    """Refuse a bound that is not nearly reached for any k, such as s_1 > -5: it says nothing."""
    if not any(distance.any() for distance, _, _ in gaps):
        raise Refused("both sides are always equal: write = instead")
    nearest = []
    for distance, size, both_vary in gaps:
        shares = [distance.min() / max(np.median(distance), 1e-300)]
        if both_vary:  # then the distance has to be small beside the sides, too
            shares.append((distance / np.maximum(size, 1e-300)).min())
        nearest.append(max(shares))
    if min(nearest) > LOOSE:
        raise Refused("the bound is too loose to mean anything: the sides never come near to each other")


def remainder_of(claim):
    """Return the sides without an O(h^p), with h and p, or None."""
    for side, other in ((claim.right, claim.left), (claim.left, claim.right)):
        terms = side.args if side.kind == "sum" else (side,)
        orders = [term for term in terms if term.kind == "call" and term.args[0] == "O"]
        if orders:
            argument = orders[0].args[1][0]
            base, power = argument.args if argument.kind == "power" else (argument, Node("number", ("1",)))
            if len(orders) > 1 or len(terms) < 2 or claim.sign != "=" or base.kind != "name" or power.kind != "number":
                raise Refused("write = ... + O(h^2), with one O and a whole power of a variable")
            rest = tuple(term for term in terms if term is not orders[0])
            main = rest[0] if len(rest) == 1 else Node("sum", rest, side.place)
            return (other, main), base.args[0], int(power.args[0])
    return None


def order_of_error(claim, left, right, scope, step, power):
    """Check that the difference shrinks like the power of the step: halve it, and compare."""
    if step not in scope.values or scope.theory.variables[step].sizes:
        raise Refused(rf"say what {step} is: \({step} \in \mathbb R_{{>0}}\)")
    residuals = []
    for h in (2.0**-6, 2.0**-7):
        number = scope.values[step].number.map(np.zeros_like)
        number.value = number.value + h
        inner = scope.override({step: number})
        x, y = matched(value(left, inner), value(right, inner), None, "equal")
        error = np.abs(full(x.value - y.value, scope.batch)).reshape(scope.batch, -1).max(1)
        residuals.append(error[scope.ordinary])
    ratio = np.median(residuals[0]) / np.median(residuals[1])
    if not 0.7 * 2**power < ratio < 1.4 * 2**power:
        raise Wrong(
            f"    half the step {step} divides the error by {ratio:.3g}, and O({step}^{power}) says by {2**power}"
            f" (k = {scope.sizes['k']}, {step} = 1/64 and 1/128, errors {np.median(residuals[0]):.3g} and {np.median(residuals[1]):.3g})"
        )
    return 0.0


def report(claim, scope, x, y, bound, bad, names, conditions):
    """Describe the point at which the sides differ most plainly."""
    flat = bad.reshape(scope.batch, -1).any(1)
    preferred = flat & scope.ordinary
    point = int(np.flatnonzero(preferred if preferred.any() else flat)[0])
    places = [f"k = {scope.sizes['k']}"]
    places += [f"{size} = {scope.sizes[size]}" for size in ("N", "D") if size in names or any(size in v.sizes for n, v in claim.theory.variables.items() if n in names)]
    places += [f"{letter} = {array[point if len(array) > 1 else 0] + 1}" for letter, array in sorted(scope.indices.items())]
    lines = [
        f"    left         {claim.texts[0]}  =  {number(x[point])}",
        f"    right        {claim.texts[1]}  =  {number(y[point])}",
        f"    at           {', '.join(places)}",
    ]
    moves = any(node.kind == "differential" for side in (claim.left, claim.right) for node in side.walk())
    for name, box in sorted(scope.values.items()):
        if name.startswith("d ") and not moves:
            continue
        a = box.number.value
        lines.append(f"                 {name.rstrip('#')} = {number(a[point if len(a) > 1 else 0])}")
    gap = np.abs(x - y).reshape(scope.batch, -1)[point].max()
    reason = "the digits shown explain" if claim.sign == "≈" else "rounding explains"
    share = f"this happens at {flat.sum()} of {len(flat)} points for this k"
    lines.append(f"    apart by     {gap:.3g}; {reason} {bound.reshape(scope.batch, -1)[point].max():.1g}; {share}")
    if conditions:
        lines.append("    only for     " + ", ".join(f"{show(c.args[0][0])} {c.args[1][0]} {show(c.args[0][1])}" for c in conditions))
    elif any(letter in scope.indices for letter in "ij") and 0 < flat.sum() < len(flat):
        lines.append(r"    perhaps it holds in one case only: then write \quad (i = c) or \quad (i \neq c) behind it")
    taken = [d for n, d in claim.theory.definitions.items() if n in names]
    if taken:
        lines.append("    taken as definitions")
        lines += [f"                 {d.tex}  ({d.where})" for d in taken]
    return "\n".join(lines)


def show(node):
    return str(node.args[0]) if node.args and not isinstance(node.args[0], Node) else node.kind


def number(array):
    return " ".join(np.array2string(np.asarray(array), precision=6, separator=", ", suppress_small=False).split())


def needed(claims):
    """Return a message if the condition on a chain is not needed by any of its claims, else nothing."""
    claims = [claim for claim in claims if claim.kind == "claim"]
    limited = [claim for claim in claims if claim.conditions]
    if limited and all(holds_without(claim) for claim in claims):
        return located(limited[0], None, "this holds without its condition, at every index: leave the condition out")
    return None


def holds_without(claim):
    try:
        evaluate(claim, (), dict(claim.settings))
    except (Refused, Wrong):
        return False
    return True

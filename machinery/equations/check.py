"""Each claim is evaluated: at random points, for several k, every class and every free index."""

from dataclasses import dataclass, replace

import numpy as np

from machinery.equations.evaluate import SCALES, TWINS, OutOfRange, scope_for, truth, value
from machinery.equations.reading import ONE, Node
from machinery.equations.report import describe, located
from machinery.equations.shapes import AXES, constant, lift, matched, shape, shape_name, stretched
from machinery.equations.theory import Definition, Letter, Variable, bound_letters, free_letters, reachable
from machinery.equations.tokens import Refused

CLASSES = (2, 3, 4, 5)  # the values of k
# A noise above this share of the values means that a formula can't be evaluated well enough
# to be told from a wrong one; most points have to do better.
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
                return evaluated(replace(claim, settings=()))  # true in general, the more so in the example
            except (Refused, Wrong):
                pass
        return evaluated(claim)
    except Refused as error:
        return Result(located(claim, error.place, str(error)))
    except Wrong as error:
        return Result(located(claim, claim.offset, f"this does not hold\n{error}"))


def needed(claims):
    """Return a message if the condition on a chain is not needed by any of its claims, else nothing."""
    claims = [claim for claim in claims if claim.kind == "claim"]
    limited = [claim for claim in claims if claim.conditions]
    if not limited or any(check(replace(claim, conditions=())).message for claim in claims):
        return None
    return located(limited[0], None, "this holds without its condition, at every index: leave the condition out")


def evaluated(claim):
    left, right = literal_sides(claim) if claim.sign == "≈" else (claim.left, claim.right)
    if claim.kind == "definition":
        right = left
        parameters = claim.theory[left.args[0]].parameters
        if not all(isinstance(claim.theory.get(name), (Variable, Definition)) for name in parameters):
            return Result()  # a function of anything: evaluated where it is called
    step, power = None, None
    if remainder := remainder_of(claim):
        left, right, step, power = remainder
    names = reachable(claim.theory, *(left, right)[: 1 if claim.kind == "shape" else 2], *claim.conditions)
    for name in names:
        entry = claim.theory.get(name)
        unused = set(entry.parameters) - reachable(claim.theory, entry.body) if isinstance(entry, Definition) else ()
        if unused:
            raise Refused(f"{entry.shown} ({entry.where}) does not use its argument {', '.join(sorted(unused))}")
    letters, settings = sorted(letters_of(claim, left, right, names)), dict(claim.settings)
    scales = np.tile(SCALES, 10) if claim.sign in "<>≤≥" else SCALES  # to come near to a bound
    result, gaps = Result(), []
    for k in values_of_k(settings):
        scope = scope_for(claim.theory, k, letters, settings, scales)
        try:
            with np.errstate(all="ignore"):  # what is not finite is looked at below
                if claim.kind == "shape":
                    compare_shape(value(left, scope), claim.right.args, scope)
                elif step:
                    compare_order(left, right, scope, step, power)
                elif not compare(claim, left, right, scope, names, result, gaps):
                    continue
        except OutOfRange:
            continue
        result.classes += (k,)
        result.points += len(scales)
    if not result.classes:
        raise Refused("nothing is left to test: no k between 2 and 5 has these indices, conditions and examples")
    if gaps:
        check_tightness(gaps)
    return result


def values_of_k(settings):
    if "k" not in settings:
        return CLASSES
    number = settings["k"].args[0] if settings["k"].kind == "number" else "?"
    if not number.isdigit() or not 2 <= int(number) <= 50:
        raise Refused(f"an example has between 2 and 50 classes, not {number}")
    return (int(number),)


def letters_of(claim, left, right, names):
    """Return the index letters that a claim is tested for all values of."""
    for side in (left, right):
        both = free_letters(side, claim.theory) & bound_letters(side) - {"c"}
        if both:
            message = "runs over a sum and stands outside of it: use another letter, or brackets"
            raise Refused(f"the index {', '.join(sorted(both))} {message}")
    letters = free_letters((left, right, claim.conditions), claim.theory)
    if "c" in names and isinstance(claim.theory.get("c"), Letter):
        letters.add("c")
    return letters - {name for name, _ in claim.settings}


def literal_sides(claim):
    """Mark the decimals of an approximation as rounded, on the sides that are nothing but numbers."""

    def rounded(node, side):
        if isinstance(node, tuple):
            return tuple(rounded(part, side) for part in node)
        if not isinstance(node, Node):
            return node
        if node.kind == "number" and ("." in node.args[0] or side in (node, Node("negative", (node,)))):
            return Node("rounded", node.args, node.place)
        return Node(node.kind, rounded(node.args, side), node.place)

    def closed(side):
        return not any(node.kind in ("name", "entry", "call", "derivative") for node in side.walk())

    sides = [rounded(side, side) if closed(side) else side for side in (claim.left, claim.right)]
    if not any(node.kind == "rounded" for side in sides for node in side.walk()):
        raise Refused(r"\approx needs a decimal number on one side; for an error that vanishes with h, write = ... + O(h^2)")
    return sides


def compare(claim, left, right, scope, names, result, gaps):
    """Compare both sides for one k; return whether the conditions leave anything to compare."""
    x, y = matched(value(left, scope), value(right, scope), "equal")
    holds = [truth(chain, scope) for chain in claim.conditions]
    points = len(scope.scales)
    axes = np.broadcast_shapes(*(array.shape[:AXES] for array in (x, y, *holds)), (points * (1 + TWINS),) + (1,) * (AXES - 1))
    x, y = (stretched(side, axes).reshape(-1, points, *axes[1:], *shape(side)) for side in (x, y))
    asked = np.full((points, *axes[1:]), True)
    for condition in holds:
        asked &= condition if len(condition) == 1 else condition[:points]
    if not asked.any():
        return False
    asked = lift(asked, x.ndim - 1 - AXES) & np.full(x[0].shape, True)
    ordinary = (scope.scales == 1).reshape((-1,) + (1,) * (x.ndim - 2)) & asked
    broken = ordinary & ~(np.isfinite(x).any(0) & np.isfinite(y).any(0))
    noise = sum(np.abs(side[1:] - side[0]).max(0) for side in (x, y)) + np.finfo(float).tiny  # for what underflows
    x, y = x[0], y[0]
    if claim.kind == "definition" and broken.any():
        raise Wrong(f"    its value is not a finite number for k = {scope.sizes['k']}")
    decided = asked & np.isfinite(x) & np.isfinite(y) & np.isfinite(noise)
    difference, size = x - y, np.maximum(np.abs(x), np.abs(y))
    bad = {
        "=": np.abs(difference) > noise, "≈": np.abs(difference) > noise, ":=": np.full(x.shape, False),
        "≠": np.abs(difference) <= noise,
        "<": difference > noise, "≤": difference > noise,
        ">": -difference > noise, "≥": -difference > noise,
    }[claim.sign] & decided | broken  # fmt: skip
    if bad.any():
        raise Wrong(describe(claim, scope, x, y, noise, bad, names))
    precise = decided & (noise <= PRECISE * np.maximum(1, size))
    if claim.sign in "<>≤≥":
        gap = np.where(np.abs(difference) > noise, np.abs(difference), 0)
        gaps.append((gap[decided], size[decided], np.ptp(x) > 0 and np.ptp(y) > 0))
    elif claim.sign == "=" and precise.any():
        result.largest_error = max(result.largest_error, float((np.abs(difference) / np.maximum(1, size))[precise].max()))
    if claim.sign != "≈" and precise.sum() < 0.5 * asked.sum():
        raise Refused("rounding errors are too large here to tell right from wrong: write the formula in a more stable form")
    return True


def compare_shape(array, sizes, scope):
    wanted = tuple(scope.sizes[size] for size in sizes)
    if shape(array) != wanted:
        raise Wrong(f"    by its definition it is {shape_name(array)}, not of shape {wanted}, for k = {scope.sizes['k']}")


def check_tightness(gaps):
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
            step, power = argument.args if argument.kind == "power" else (argument, ONE)
            if len(orders) > 1 or len(terms) < 2 or claim.sign != "=" or (step.kind, power.kind) != ("name", "number"):
                raise Refused("write = ... + O(h^2), with one O and a whole power of a variable")
            rest = tuple(term for term in terms if term is not orders[0])
            return other, rest[0] if len(rest) == 1 else Node("sum", rest, side.place), step.args[0], int(power.args[0])


def compare_order(left, right, scope, step, power):
    """Check that the difference shrinks like the power of the step: halve it, and compare."""
    entry = scope.theory.get(step)
    if not isinstance(entry, Variable) or entry.sizes:
        raise Refused(rf"say what {step} is: \({step} \in \mathbb R_{{>0}}\)")
    first, second = (
        np.median(np.abs(x - y)[: len(scope.scales)][scope.scales == 1])
        for inner in (scope.override({step: constant(h)}) for h in (1 / 64, 1 / 128))
        for x, y in [matched(value(left, inner), value(right, inner), "equal")]
    )
    if not 0.7 * 2**power < first / second < 1.4 * 2**power:
        raise Wrong(
            f"    half the step {step} divides the error by {first / second:.3g}, and O({step}^{power}) says by {2**power}\n"
            f"    at           k = {scope.sizes['k']}, {step} = 1/64 and 1/128, errors {first:.3g} and {second:.3g}"
        )

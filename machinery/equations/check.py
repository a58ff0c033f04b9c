"""Each claim is evaluated: at random points, for several k, every class and every free index."""

from dataclasses import dataclass, replace

import numpy as np

from machinery.equations.nodes import ONE, Node
from machinery.equations.evaluate import Evaluator
from machinery.equations.report import describe, located
from machinery.equations.scope import SCALES, TWINS, OutOfRange, scope_for
from machinery.equations.shapes import AXES, constant, lift, matched, shape, shape_name, stretched
from machinery.equations.statements import Claim
from machinery.equations.theory import Definition, Letter, Variable, bound_letters, free_letters, reachable
from machinery.equations.tokens import Refused

CLASSES = (2, 3, 4, 5)  # the values of k
# Noise above this share of the values means that a formula can't be evaluated well enough to
# be told from a wrong one; most points have to do better.
PRECISE = 1e-8
LOOSE = 0.2  # a bound has to be approached to this share of the typical distance


@dataclass
class Relation:
    """A claim or a definition of a page, and what its evaluation showed; the message is empty if it holds."""

    claim: Claim
    message: str = ""
    largest_error: float = 0.0
    classes: tuple = ()
    points: int = 0
    number: int = 1  # among the relations of the same line

    @property
    def id(self):
        line, _ = self.claim.formula.position(self.claim.offset)
        return f"{self.claim.formula.page}:{line}" + (f"#{self.number}" if self.number > 1 else "")


class Wrong(Exception):
    """A claim that does not hold; the argument describes where."""


def check(claim):
    """Evaluate a claim and return it as a `Relation`."""
    if claim.settings:
        general = check(replace(claim, settings=()))
        if not general.message:
            return general  # true in general, the more so in the example
    try:
        return evaluated(claim)
    except Refused as error:
        return Relation(claim, located(claim, error.place, str(error)))
    except Wrong as error:
        return Relation(claim, located(claim, claim.offset, f"this does not hold\n{error}"))


def needed(claims):
    """Return a message if the condition on a chain is not needed by any of its claims, else nothing."""
    limited = [claim for claim in claims if claim.conditions]
    if not limited or any(check(replace(claim, conditions=())).message for claim in claims):
        return ""
    message = "this holds without its condition, at every index: leave the condition out"
    return located(limited[0], None, message)


def evaluated(claim):
    theory, settings, step = claim.theory, dict(claim.settings), None
    left, right = literal_sides(claim) if claim.sign == "≈" else (claim.left, claim.right)
    if claim.kind in ("definition", "shape"):
        right = left
        parameters = getattr(theory[left.args[0]], "parameters", ())
        if not all(isinstance(theory.get(name), (Variable, Definition)) for name in parameters):
            return Relation(claim)  # a function of anything: evaluated where it is called
    if remainder := remainder_of(claim):
        left, right, step, power = remainder
    names = reachable(theory, left, right, *claim.conditions)
    for entry in (theory[name] for name in names if isinstance(theory.get(name), Definition)):
        if unused := set(entry.parameters) - reachable(theory, entry.body):
            message = f"does not use its argument {', '.join(sorted(unused))}"
            raise Refused(f"{entry.shown} ({entry.where}) {message}")
    letters = letters_of(claim, left, right, names)
    scales = np.tile(SCALES, 10) if claim.sign in "<>≤≥" else SCALES  # to come near to a bound
    result, gaps = Relation(claim), []
    for k in values_of_k(settings):
        scope = scope_for(Evaluator, theory, k, letters, settings, scales)
        try:
            with np.errstate(all="ignore"):  # what is not finite is looked at below
                if step:
                    compare_order(left, right, scope, step, power)
                elif not compare(claim, left, right, scope, names, result, gaps):
                    continue
        except OutOfRange:
            continue
        result.classes += (k,)
        result.points += len(scales)
    if not result.classes:
        message = "no k between 2 and 5 has these indices, conditions and examples"
        raise Refused(f"nothing is left to test: {message}")
    if gaps:
        check_tightness(gaps)
    return result


def values_of_k(settings):
    if "k" not in settings:
        return CLASSES
    number = int(settings["k"].args[0])
    if not 2 <= number <= 50:
        raise Refused(f"an example has between 2 and 50 classes, not {number}")
    return (number,)


def letters_of(claim, left, right, names):
    """Return the index letters that a claim is tested for all values of."""
    for side in (left, right):
        if both := free_letters(side, claim.theory) & bound_letters(side) - {"c"}:
            message = "runs over a sum and stands outside of it: use another letter, or brackets"
            raise Refused(f"the index {', '.join(sorted(both))} {message}")
    letters = free_letters((left, right, claim.conditions), claim.theory)
    if "c" in names and isinstance(claim.theory.get("c"), Letter):
        letters.add("c")
    return sorted(letters - {name for name, _ in claim.settings})


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

    literal = {"number", "negative", "tuple", "matrix", "sum", "product", "quotient", "power"}
    sides = [rounded(s, s) if {n.kind for n in s.walk()} <= literal else s for s in (claim.left, claim.right)]
    if not any(node.kind == "rounded" for side in sides for node in side.walk()):
        message = "for an error that vanishes with h, write = ... + O(h^2)"
        raise Refused(rf"\approx needs a decimal number on one side; {message}")
    return sides


def compare(claim, left, right, scope, names, result, gaps):
    """Compare both sides for one k; return whether the conditions leave anything to compare."""
    x, y = matched(scope.value(left), scope.value(right), "equal")
    if claim.kind == "shape":
        return compare_shape(x, tuple(scope.sizes[size] for size in claim.right.args), scope)
    points, entries = len(scope.scales), x.ndim - AXES
    holds = [scope.truth(condition) for condition in claim.conditions]
    every_point = (points * (1 + TWINS),) + (1,) * (AXES - 1)
    axes = np.broadcast_shapes(*(array.shape[:AXES] for array in (x, y, *holds)), every_point)
    asked = np.full((points, *axes[1:]), True)
    for condition in holds:
        asked &= np.broadcast_to(condition, axes)[:points]
    if not asked.any():
        return False
    x, y = (stretched(side, axes).reshape(1 + TWINS, points, *axes[1:], *shape(side)) for side in (x, y))
    asked = lift(asked, entries) & np.full(x[0].shape, True)
    ordinary = asked & (scope.scales == 1).reshape((-1,) + (1,) * (x.ndim - 2))
    broken = ordinary & ~(np.isfinite(x).any(0) & np.isfinite(y).any(0))
    if claim.kind == "definition":
        if broken.any():
            raise Wrong(f"    its value is not a finite number for k = {scope.sizes['k']}")
        return True
    noise = sum(np.abs(side[1:] - side[0]).max(0) for side in (x, y)) + np.finfo(float).tiny  # underflow
    x, y = x[0], y[0]
    difference, size = x - y, np.maximum(np.abs(x), np.abs(y))
    decided = asked & np.isfinite(x) & np.isfinite(y) & np.isfinite(noise)
    fails = {
        "=": np.abs(difference) > noise, "≈": np.abs(difference) > noise, "≠": np.abs(difference) <= noise,
        "<": difference > noise, "≤": difference > noise, ">": -difference > noise, "≥": -difference > noise,
    }[claim.sign] & decided | broken  # fmt: skip
    if fails.any():
        raise Wrong(describe(claim, scope, x, y, noise, fails, names))
    precise = decided & (noise <= PRECISE * np.maximum(1, size))
    if claim.sign != "≈" and precise.sum() < 0.5 * asked.sum():
        message = "write the formula in a more stable form"
        raise Refused(f"rounding errors are too large here to tell right from wrong: {message}")
    if claim.sign in "<>≤≥":
        distance = np.where(np.abs(difference) > noise, np.abs(difference), 0)
        gaps.append((distance[decided], size[decided], np.ptp(x) > 0 and np.ptp(y) > 0))
    elif claim.sign == "=":
        shares = np.abs(difference) / np.maximum(1, size)
        result.largest_error = max(result.largest_error, shares[precise].max(initial=0))
    return True


def compare_shape(array, wanted, scope):
    if shape(array) != wanted:
        message = f"by its definition it is {shape_name(array)}, not of shape {wanted}"
        raise Wrong(f"    {message}, for k = {scope.sizes['k']}")
    return True


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
        rest = tuple(term for term in terms if term.kind != "call" or term.args[0] != "O")
        if len(rest) == len(terms):
            continue
        ((argument, *_), *others) = (term.args[1] for term in terms if term not in rest)
        step, power = argument.args if argument.kind == "power" else (argument, ONE)
        whole = power.kind == "number" and power.args[0].isdigit()
        if others or not rest or claim.sign != "=" or step.kind != "name" or not whole:
            raise Refused("write = ... + O(h^2), with one O and a whole power of a variable")
        main = rest[0] if len(rest) == 1 else Node("sum", rest, side.place)
        return other, main, step.args[0], int(power.args[0])


def compare_order(left, right, scope, step, power):
    """Check that the difference shrinks like the power of the step: halve it, and compare."""
    entry, errors = scope.theory.get(step), []
    if not isinstance(entry, Variable) or entry.sizes:
        raise Refused(rf"say what {step} is: \({step} \in \mathbb R_{{>0}}\)")
    for h in (1 / 64, 1 / 128):
        inner = scope.override({step: constant(h)})
        x, y = matched(inner.value(left), inner.value(right), "equal")
        errors.append(np.median(np.abs(x - y)[: len(scope.scales)][scope.scales == 1]))
    ratio = errors[0] / errors[1]
    if not 0.7 * 2**power < ratio < 1.4 * 2**power:
        raise Wrong(
            f"    half of {step} divides the error by {ratio:.3g}, and O({step}^{power}) says by {2**power}\n"
            f"    at           k = {scope.sizes['k']}, {step} = 1/64 and 1/128\n"
            f"    errors       {errors[0]:.3g} and {errors[1]:.3g}"
        )

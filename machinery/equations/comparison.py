"""Evaluate each claim at random points, for several k, for every class and every free index."""

from dataclasses import replace
from typing import Any

import numpy as np

from machinery.equations.claims import Claim
from machinery.equations.environment import Environment
from machinery.equations.evaluator import environment, exact, truth, value
from machinery.equations.nodes import ONE, Node
from machinery.equations.points import SCALES, TWINS, OutOfRange
from machinery.equations.report import Outcome, describe, message_at, ordinary
from machinery.equations.shapes import AXES, Array, constant, lift, matched, shape, stretched
from machinery.equations.theory import LETTERS, Definition, Letter, Variable, base_and_indices, bound_letters, free_letters, meaning, reachable
from machinery.equations.tokens import Refused, refusing_what_libraries_raise

CLASSES = (2, 3, 4, 5)  # the values of k
# Noise above this share of the values means that a formula can't be evaluated well enough to
# be told from a wrong one; most points have to do better.
PRECISE = 1e-8
WRONG = "this does not hold\n"
LIMITS = {"k": (2, 50), "N": (1, 1000), "D": (1, 1000)}  # the sizes of examples that can be evaluated
LOOSE = 0.2  # at its nearest point, a bound has to be this small a share of its typical distance


judgements: dict[tuple[Any, ...], Outcome] = {}  # of claims that hold, by all that their evaluation depends on


def check(claim: Claim) -> Outcome:
    """Evaluate a claim; what holds, and is written again elsewhere, still holds."""
    sides, settings = (claim.left, claim.right, *claim.conditions), dict(claim.settings)
    known = meaning(claim.theory, {*reachable(claim.theory, *sides), *settings})
    key = claim.kind, claim.sign, sides, claim.settings, known
    try:
        if key not in judgements:
            needed = {name: claim.theory[name] for name, _ in known}  # and the rest can't change what is found
            with refusing_what_libraries_raise():
                judgements[key] = judged(replace(claim, theory=needed))
        return replace(judgements[key], claim=claim)
    except Refused as error:
        place = claim.offset if error.place is None else error.place
        return Outcome(claim, message_at(claim.formula, place, str(error)))


def judged(claim: Claim) -> Outcome:
    """Evaluate a claim in general and at its example, if it has one, where the formula may be undefined although it is right in general."""
    if not claim.settings:
        return strong(evaluated(claim))
    try:
        general = strong(evaluated(replace(claim, settings=())))
    except Refused:
        return strong(evaluated(claim))
    if fits(dict(claim.settings)):
        evaluated(claim)
    return general


def condition_in_vain(claims: list[Claim]) -> str:
    """Return a message if no claim of a chain needs the condition on it, otherwise nothing."""
    limited = [claim for claim in claims if claim.conditions]
    if not limited or any(check(replace(claim, conditions=())).message for claim in claims):
        return ""
    message = "this holds without its condition, at every index: leave the condition out"
    return message_at(limited[0].formula, limited[0].offset, message)


def evaluated(claim: Claim) -> Outcome:
    """Evaluate a claim for every k, and refuse it if it is false or undefined, or if rounding errors hide the answer."""
    theory, settings, result = claim.theory, dict(claim.settings), Outcome(claim)
    if is_open(claim):
        return result
    claim, remainder = without_remainder(claim)
    classes = (int(settings["k"].args[0]),) if "k" in settings else CLASSES
    if not fits(settings):
        raise Refused("an example has 2 to 50 classes, and N and D are at most 1000")
    letters = letters_of(claim)
    scales = np.tile(SCALES, 10) if claim.sign in "<>≤≥" else SCALES  # to come near to a bound
    for k in classes:
        try:
            env = environment(theory, k, letters, settings, scales)
            if remainder:
                compare_order(claim, env, *remainder)
            elif claim.kind == "definition":
                check_finite(claim, env)
            else:
                compare(claim, env, result)
        except OutOfRange:
            continue
        result.classes += (k,)
        result.points += len(scales)
    assignments = [condition for condition in claim.conditions if is_assignment(condition)]
    if result.classes or not assignments:
        return result
    return evaluated(supposed(claim, assignments))  # a hypothetical, which random points never fulfil by chance


def is_assignment(condition: Node) -> bool:
    """Tell whether a condition gives something a value, as s_c = 1 does, while i = c and k = 2 do not."""
    (target, *_), signs = condition.args
    base, _ = base_and_indices(target)
    return signs == ("=",) and base.kind == "name" and base.args[0] not in (*LETTERS, *LIMITS)


def supposed(claim: Claim, assignments: list[Node]) -> Claim:
    """Return a claim about what its sides would be if something else had these values."""
    values = tuple(condition.args[0] for condition in assignments)
    left, right = (Node("restricted", (side, values), side.place) for side in (claim.left, claim.right))
    others = tuple(condition for condition in claim.conditions if condition not in assignments)
    return replace(claim, left=left, right=right, conditions=others)


def fits(settings: dict[str, Node]) -> bool:
    """Tell whether formulas are evaluated for the sizes of an example."""
    return all(least <= int(settings[name].args[0]) <= most for name, (least, most) in LIMITS.items() if name in settings)


def strong(result: Outcome) -> Outcome:
    """Return what an evaluation found, or refuse the claim if the evaluation proves too little."""
    if not result.classes and not is_open(result.claim):
        raise Refused("nothing is left to test: no k from 2 to 5 has these indices, conditions and examples")
    if result.gaps and not any(farthest for _, farthest in result.gaps):
        raise Refused("both sides are always equal: write = instead")
    if result.gaps and min(nearest for nearest, _ in result.gaps) > LOOSE:
        raise Refused("the bound is too loose to mean anything: the sides never come near to each other")
    return result


def is_open(claim: Claim) -> bool:
    """Tell whether a claim defines a function with any arguments, which is evaluated only where it is called."""
    if claim.kind != "definition":
        return False
    definition = claim.theory[claim.left.args[0]]
    parameters = definition.parameters if isinstance(definition, Definition) else ()
    return not all(isinstance(claim.theory.get(name), (Variable, Definition)) for name in parameters)


def letters_of(claim: Claim) -> list[str]:
    """Return the index letters whose values are all tested, and refuse letters that would mislead readers."""
    theory, sides = claim.theory, (claim.left, claim.right)
    for side in sides:
        if both := free_letters(theory, side) & bound_letters(side) - {"c"}:
            raise Refused(f"the index {min(both)} runs over a sum and stands outside of it: use another letter, or brackets")
    names = reachable(theory, *sides, *claim.conditions)
    for entry in (entry for name in names if isinstance(entry := theory.get(name), Definition)):
        if unused := set(entry.parameters) - reachable(theory, entry.body):
            raise Refused(f"{entry.tex} ({entry.where}) does not use its argument {min(unused)}")
    in_definitions = {"c"} if "c" in names and isinstance(theory.get("c"), Letter) else set()
    letters = free_letters(theory, *sides, *claim.conditions) | in_definitions
    return sorted(letters - {name for name, _ in claim.settings})


def compare(claim: Claim, env: Environment, result: Outcome) -> None:
    """Compare both sides for one k."""
    x, y, asked, half = sides_of(claim, env)
    if not asked.any():
        raise OutOfRange("the conditions leave nothing to compare")
    # The first row of each side has the values at the points, the others those at their twins.
    noise = sum(np.abs(side[1:] - side[0]).max(0) for side in (x, y)) + np.finfo(float).tiny  # underflow
    x, y = x[0], y[0]
    difference, size, finite = x - y, np.maximum(np.abs(x), np.abs(y)), np.isfinite(x) & np.isfinite(y)
    distance = np.where(np.abs(difference) > noise + half, np.abs(difference), 0)  # beyond rounding
    # Where the conditions hold (`asked`): both sides and their noise are numbers (`decided`), and the noise is too small to hide an
    # error (`precise`); at ordinary points (`plain`), both sides must have a value.
    decided = asked & finite & np.isfinite(noise)
    precise = decided & (noise <= PRECISE * np.maximum(1, size)) & ((noise <= half) | (half == 0))
    plain = asked & ordinary(env, asked)
    above, below = difference > noise, -difference > noise
    fails = {
        "=": distance > 0, "≈": distance > 0, "≠": distance == 0, "≤": above, "≥": below,
        "<": above | plain & precise & ~below, ">": below | plain & precise & ~above,
    }[claim.sign] & decided | plain & ~finite
    if fails.any():
        headline = "this has no value here\n" if (fails & ~finite).any() else WRONG
        raise Refused(headline + describe(claim, env, x, y, noise + half, fails))
    if (precise.sum(0) < 0.5 * asked.sum(0)).any():
        raise Refused("rounding errors hide what is right and wrong: write the formula in a more stable form")
    if claim.sign in "<>≤≥":
        both_vary = all(np.ptp(side[decided]) > 0 for side in (x, y))
        nearest = nearness(distance[decided], size[decided], both_vary)
        result.gaps += ((nearest, distance[decided].max()),)
    elif claim.sign == "=":
        shares = np.abs(difference) / np.maximum(1, size)
        result.largest_error = max(result.largest_error, shares[precise].max(initial=0))


def sides_of(claim: Claim, env: Environment) -> tuple[Array, Array, Array, Array]:
    """Return the values of both sides, twins first, then points; where the conditions hold; half a unit of the last digit."""
    sides = (claim.left, claim.right)
    of_index = any(side.kind == "big" and side.args[0].startswith("arg") for side in sides)  # beside it, a letter is a number
    x, y = (exact(side, env) if of_index and side.kind == "name" else value(side, env) for side in sides)
    x, y = matched(x, y, "equal")
    half = digits_shown(claim, env, x) if claim.sign == "≈" else constant(0)
    holds = [truth(condition, env) for condition in claim.conditions]
    points = len(env.scales)
    every_point = np.empty((points * (1 + TWINS),) + (1,) * (AXES - 1))
    axes = np.broadcast_shapes(*(array.shape[:AXES] for array in (x, y, every_point, *holds)))
    asked = np.full((points, *axes[1:]), True)
    for condition in holds:
        asked &= np.broadcast_to(condition, axes)[:points]
    x, y = (stretched(side, axes).reshape(1 + TWINS, points, *axes[1:], *shape(side)) for side in (x, y))
    return x, y, lift(asked, x.ndim - 1 - AXES) & np.full(x[0].shape, True), half


def digits_shown(claim: Claim, env: Environment, like: Array) -> Array:
    """Return half a unit of the last digit of the decimals in an approximation; of two, the coarser counts."""
    halves = [half for side in (claim.left, claim.right) if side.has_decimals() and (half := half_units(side))]
    if not halves:
        hint = r"as in L \approx 1.4076, and not a formula of rounded numbers; for an error that vanishes with h, write = ... + O(h^2)"
        raise Refused(rf"\approx needs a decimal number on one side, {hint}")
    return np.max([np.abs(matched(exact(half, env, value), like, "rounded")[0][:1]) for half in halves], axis=0)


TEN = Node("number", ("10",))


def half_units(node: Any) -> Any:
    """Return numbers with half a unit of the last digit shown in place of each, or None for a formula that is none."""
    if isinstance(node, tuple):
        parts = tuple(map(half_units, node))
        return None if None in parts else parts
    if node.kind == "number":
        digits = node.args[0].partition(".")[2]
        return Node("number", (f"0.{'0' * len(digits)}5" if digits else "0",))
    if node.kind == "product" and node.args[2].kind == "power" and node.args[2].args[0] == TEN:  # 2.5 \cdot 10^{-3}
        half = half_units(node.args[1])
        return half and Node("product", (node.args[0], half, node.args[2]))
    args = half_units(node.args) if node.kind in ("negative", "transpose", "numbers", "matrix") else None
    return args and Node(node.kind, args)


def check_finite(claim: Claim, env: Environment) -> None:
    """Check that a definition has a value at ordinary points."""
    found = value(claim.left, env)[: len(env.scales)]
    if not np.isfinite(found[env.scales == 1]).all():
        raise Refused(WRONG + f"    its value is not a finite number for k = {env.sizes['k']}")


def nearness(distance: Array, size: Array, both_vary: bool) -> float:
    """Return how near the sides of a bound come to each other, because a bound such as s_1 > -5 says nothing."""
    shares = [distance.min() / max(np.median(distance), 1e-300)]
    if both_vary:  # then the distance has to be small beside the sides, too
        shares.append((distance / np.maximum(size, 1e-300)).min())
    return max(shares)


def without_remainder(claim: Claim) -> tuple[Claim, tuple[str, int] | None]:
    """Return a claim without the O(h^p) at the end of its right side, and h and p if there is one."""
    *terms, last = claim.right.args if claim.right.kind == "sum" else (claim.right,)
    if last.kind != "call" or last.args[0] != "O":
        return claim, None
    (argument, *others) = last.args[1]
    step, power = argument.args if argument.kind == "power" else (argument, ONE)
    entry = claim.theory.get(step.args[0])
    number = isinstance(entry, Variable) and not entry.sizes and power.kind == "number"
    if others or not terms or claim.sign != "=" or not number or not power.args[0].isdigit():
        raise Refused(r"write = ... + O(h^2), with a whole power of a variable \(h \in \mathbb R_{>0}\)")
    right = Node("sum", tuple(terms), claim.right.place)
    return replace(claim, right=right), (step.args[0], int(power.args[0]))


def compare_order(claim: Claim, env: Environment, step: str, power: int) -> None:
    """Check that the difference shrinks like this power of the step when the step is halved."""
    errors = []
    for h in (1 / 64, 1 / 128):
        inner = env.with_values({step: constant(h)})
        x, y = matched(value(claim.left, inner), value(claim.right, inner), "equal")
        errors.append(np.median(np.abs(x - y)[: len(env.scales)][env.scales == 1], axis=0).ravel())  # for each index
    vanishing = errors[0] <= 1e-9  # rounding, divided by the step
    ratios = np.where(vanishing, 2**power, errors[0] / errors[1])
    worst = np.abs(np.log(ratios / 2**power)).argmax()
    if vanishing.all() or not 0.7 * 2**power < ratios[worst] < 1.4 * 2**power:
        raise Refused(
            f"{WRONG}    half of {step} divides the error by {ratios[worst]:.3g}, and O says by {2**power}\n"
            f"    at           k = {env.sizes['k']}, {step} = 1/64 and 1/128\n"
            f"    errors       {errors[0][worst]:.3g} and {errors[1][worst]:.3g}"
        )

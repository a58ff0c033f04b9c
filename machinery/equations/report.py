"""The report on a page: a summary for readers, and messages for authors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from machinery.equations.claims import Claim
from machinery.equations.environment import Environment
from machinery.equations.evaluator import lookup
from machinery.equations.formulas import Formula
from machinery.equations.nodes import Node
from machinery.equations.shapes import AXES, Array
from machinery.equations.theory import Definition, Variable, reachable

MISSING = re.compile(r"(\S+) is not defined on this page")


@dataclass
class Outcome:
    """What the evaluation of a claim or a definition showed; the message is empty if it holds."""

    claim: Claim
    message: str = ""
    classes: tuple[int, ...] = ()  # the values of k
    points: int = 0
    largest_error: float = 0.0  # of an equality
    gaps: tuple[tuple[float, float], ...] = ()  # of a bound, for each k: the least distance, as a share, and the largest


@dataclass(eq=False)
class PageReport:
    """Everything that was found on a page: the outcome of each claim, and the formulas as they were read."""

    outcomes: list[Outcome]
    page: Any

    @property
    def claims(self) -> list[Outcome]:
        """What a reader would call a claim: all outcomes but those of definitions."""
        return [outcome for outcome in self.outcomes if outcome.claim.kind != "definition"]

    @property
    def marks(self) -> list[tuple[str, str]]:
        """Place and reason of each formula that is not a claim."""
        return [(formula.at(), " ".join(formula.mark.split())) for formula in self.page.marks]

    @property
    def messages(self) -> list[str]:
        """Causes first. What only lacks a name that another message is about, or a refused definition, is counted instead."""
        told: list[str] = []
        missing: set[str] = set()
        left_out = 0
        for message in self.page.refusals + [outcome.message for outcome in self.outcomes if outcome.message]:
            name = match[1] if (match := MISSING.search(message)) else ""
            if name and (name in missing or re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", self.page.refused)):
                left_out += 1
                continue
            missing |= {name}
            told.append(message)
        if left_out:
            told[-1] += f"\n    and {left_out} more message{'s' * (left_out > 1)}, which follow{'s' * (left_out == 1)} from these"
        return told

    @property
    def summary(self) -> str:
        """The line for readers, empty for a page without claims and marks."""
        parts = [self.evaluated] if self.claims else []
        if reasons := [reason for _, reason in self.marks]:
            formulas = "1 formula is" if len(reasons) == 1 else f"{len(reasons)} formulas are"
            parts.append(f"{formulas} no claim ({', '.join(dict.fromkeys(reasons))})")
        return "; ".join(parts)

    @property
    def evaluated(self) -> str:
        claims = self.claims
        general = [outcome for outcome in claims if len(outcome.classes) > 1] or claims
        classes = sorted({k for outcome in general for k in outcome.classes}) or [0]
        points = min((outcome.points for outcome in general if outcome.points), default=0)
        signs = {outcome.claim.sign for outcome in claims}
        word = "equality" if len(claims) == 1 else "equalities" if signs == {"="} else "relations"
        span = f"k = {classes[0]}" + (f"…{classes[-1]}" if len(classes) > 1 else "")
        parts = [f"{len(claims)} {word} on this page, evaluated for {span} at {points} random points"]
        if examples := len(claims) - len(general):
            parts.append(f", {examples} of them with the numbers of an example")
        elif len(claims) > 1:
            parts[0] = parts[0].replace(", evaluated", ", each evaluated")
        if exact := [r.largest_error for r in claims if r.claim.sign == "=" and "O(" not in r.claim.texts[1]]:
            parts.append(f"; largest error {max(exact):.0e}".replace("0e+00", "0"))
        return "".join(parts)


def message_at(formula: Formula, place: int, message: str) -> str:
    """Return a message with page, line and column, and the line as written."""
    line = formula.tex.split("\n")[formula.tex.count("\n", 0, place)].strip()
    headline, *others = message.split("\n")
    shown = [f"    written      {line}"] if line else []
    return "\n".join([f"{formula.at(place)}: {headline}", *shown, *others])


def ordinary(env: Environment, like: Array) -> Array:
    """Return where points are ordinary ones, to compare with an array whose first axis they are."""
    return (env.scales == 1).reshape((-1,) + (1,) * (like.ndim - 1))


def describe(claim: Claim, env: Environment, x: Array, y: Array, noise: Array, fails: Array) -> str:
    """Describe a point at which the sides differ, an ordinary one if there is any."""
    fails = fails.reshape(*fails.shape[:AXES], -1).any(-1)
    plain = fails & ordinary(env, fails)
    at = tuple(np.argwhere(plain if plain.any() else fails)[0])
    names = reachable(claim.theory, claim.left, claim.right, *claim.conditions)
    known = {name: claim.theory[name] for name in sorted(names) if name in claim.theory}
    lines = [
        f"left         {claim.texts[0]}  =  {shown(x[at])}",
        f"right        {claim.texts[1]}  =  {shown(y[at])}",
        *point(env, at, names, {name: entry for name, entry in known.items() if isinstance(entry, Variable)}),
        *distance(claim, x[at], y[at], noise[at].ravel()),
    ]
    if claim.conditions:
        lines.append("only for     " + ", ".join(map(condition, claim.conditions)))
    elif {"i", "j"} & set(env.letters) and not fails[env.scales == 1].any(0).all():
        lines.append(r"perhaps it holds in one case only: write \quad (i = c) or \quad (i \neq c) after it")
    elif claim.sign == "=" and (np.abs(x + y) <= noise)[np.isfinite(x + y)].all() and np.isfinite((x - y)[at]).all():
        lines.append("one side is minus the other: a sign is wrong")
    is_value_of_a_name = claim.sign == "=" and claim.left.kind in ("entry", "name") and claim.right.kind == "number"
    if not claim.formula.display and (claim.formula.is_supposed or is_value_of_a_name):
        lines.append(r"if this is a hypothetical, write it after what follows from it: \(L = 0 \text{ if } s_c = 1\); where words follow from it,")
        lines.append("say it in words, or put <!-- not a claim: a condition --> in front")
    if taken := [entry for entry in known.values() if isinstance(entry, Definition)]:
        lines.append("taken as definitions")
        lines += [f"             {entry.tex}  ({entry.where})" for entry in taken]
    return "\n".join("    " + line for line in lines)


def point(env: Environment, at: tuple[int, ...], names: set[str], variables: dict[str, Variable]) -> Iterator[str]:
    """Yield what the sizes, the index letters and the variables are at a point."""
    sizes = {"k", *names, *(size for entry in variables.values() for size in entry.sizes)}
    places = [f"{size} = {env.sizes[size]}" for size in env.sizes if size in sizes]
    places += [f"{letter} = {here(array, at)}" for letter, array in sorted(env.letters.items())]
    yield f"at           {', '.join(places)}"
    for name in variables:
        yield f"             {name.removesuffix('[]')} = {shown(here(lookup(name, env), at))}"


def distance(claim: Claim, x: Array, y: Array, noise: Array) -> Iterator[str]:
    """Yield by how much both sides differ at a point, and what an approximation has to be."""
    gap = np.abs(x - y).ravel()
    worst = (gap - noise).argmax()
    reason = "the digits shown explain" if claim.sign == "≈" else "rounding explains"
    yield f"apart by     {gap[worst]:.3g}; {reason} {noise[worst]:.1g}"
    if claim.sign == "≈" and np.isfinite(noise).all():
        exact = x if claim.right.has_decimals() else y
        yield f"to these digits, it is {shown(np.round(exact, round(-np.log10(2 * noise[worst]))))}"


def here(array: Array, at: tuple[int, ...]) -> Array:
    """Return the value at one point and for one value of each index letter."""
    return array[tuple(place if size > 1 else 0 for place, size in zip(at, array.shape))]


def condition(chain: Node) -> str:
    sides, signs = chain.args
    names = ["_".join(str(part.args[0]) for part in (side.args if side.kind == "entry" else (side,))) for side in sides]
    return names[0] + "".join(f" {sign} {name}" for sign, name in zip(signs, names[1:]))


def shown(array: Array) -> str:
    return " ".join(np.array2string(np.asarray(array), precision=6, separator=", ").split())

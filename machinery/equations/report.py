"""The message about a claim that does not hold: what, where, and what it rests on."""

import numpy as np

from machinery.equations.shapes import AXES
from machinery.equations.theory import Definition, Variable


def located(claim, place, message):
    """Return a message with page, line, column and the row as written."""
    line, column = claim.formula.position(claim.offset if place is None else place)
    headline, _, rest = message.partition("\n")
    return f"{claim.formula.page}:{line}:{column}: {headline}\n    row          {claim.row}" + (f"\n{rest}" if rest else "")


def describe(claim, scope, x, y, noise, bad, names):
    """Describe a point at which the sides differ, an ordinary one if there is any."""
    bad = bad.reshape(*bad.shape[:AXES], -1).any(-1)
    ordinary = bad & (scope.scales == 1).reshape((-1,) + (1,) * (AXES - 1))
    at = tuple(np.argwhere(ordinary if ordinary.any() else bad)[0])
    entries = {name: claim.theory.get(name) for name in sorted(names)}
    sizes = {size for entry in entries.values() if isinstance(entry, Variable) for size in entry.sizes} | set(names) | {"k"}
    places = [f"{size} = {scope.sizes[size]}" for size in ("k", "N", "D") if size in sizes]
    places += [f"{letter} = {here(array, at)}" for letter, array in sorted(scope.letters.items())]
    variables = [name for name, entry in entries.items() if isinstance(entry, Variable) or name in scope.settings]
    moves = [f"d {name}" for name in variables if f"d {name}" in claim.theory and r"\mathrm" in claim.row]
    share = f"this happens at {bad.any(tuple(range(1, AXES))).sum()} of {len(scope.scales)} points for this k"
    reason = "the digits shown explain" if claim.sign == "≈" else "rounding explains"
    lines = [
        f"    left         {claim.texts[0]}  =  {shown(x[at])}",
        f"    right        {claim.texts[1]}  =  {shown(y[at])}",
        f"    at           {', '.join(places)}",
        *(f"                 {name.rstrip('#')} = {shown(here(scope.lookup(name), at))}" for name in (*variables, *moves)),
        f"    apart by     {np.abs(x - y)[at].max():.3g}; {reason} {noise[at].max():.1g}; {share}",
    ]
    if claim.conditions:
        lines.append("    only for     " + ", ".join(condition(chain) for chain in claim.conditions))
    elif {"i", "j"} & set(scope.letters) and not bad.all((0, *range(1, AXES))):
        lines.append(r"    perhaps it holds in one case only: then write \quad (i = c) or \quad (i \neq c) behind it")
    taken = [f"                 {entry.tex}  ({entry.where})" for entry in entries.values() if isinstance(entry, Definition)]
    return "\n".join([*lines, *(["    taken as definitions", *taken] if taken else [])])


def here(array, at):
    """Return the value at one point and for one value of each index letter."""
    return array[tuple(place if size > 1 else 0 for place, size in zip(at, array.shape))]


def condition(chain):
    sides, signs = chain.args
    names = [str(side.args[0]) if side.kind in ("name", "number") else side.kind for side in sides]
    return names[0] + "".join(f" {sign} {name}" for sign, name in zip(signs, names[1:]))


def shown(array):
    return " ".join(np.array2string(np.asarray(array), precision=6, separator=", ").split())

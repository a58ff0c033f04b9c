"""What is said about a page: its summary for readers, and messages for authors."""

from dataclasses import dataclass

import numpy as np

from machinery.equations.shapes import AXES
from machinery.equations.theory import Definition, Variable


@dataclass
class PageReport:
    """All that was found on a page: its relations, and the page as it was read."""

    relations: list
    page: object

    @property
    def claims(self):
        return [relation for relation in self.relations if relation.claim.kind in ("claim", "definition again")]

    @property
    def definitions(self):
        return [relation for relation in self.relations if relation.claim.kind.startswith("definition")]

    @property
    def marks(self):
        """Line and reason of each display that is not a claim."""
        return [(formula.position()[0], formula.mark) for formula in self.page.marks]

    @property
    def refusals(self):
        """Messages about what could not be read."""
        messages = []
        for formula, place, message in self.page.refusals:
            line, column = formula.position(place)
            row = formula.tex.split("\n")[formula.tex.count("\n", 0, place)].strip()
            messages.append(f"{formula.page}:{line}:{column}: {message}" + (f"\n    row          {row}" if row else ""))
        return messages

    @property
    def messages(self):
        return self.refusals + [relation.message for relation in self.relations if relation.message]

    @property
    def summary(self):
        """The line for readers, empty for a page without claims."""
        claims = self.claims
        if not claims:
            return ""
        general = [relation for relation in claims if len(relation.classes) > 1] or claims
        examples = len(claims) - len(general)
        classes = sorted({k for relation in general for k in relation.classes}) or [0]
        points = min((relation.points for relation in general if relation.points), default=0)
        exact = [relation.largest_error for relation in claims if relation.claim.sign == "=" and "O(" not in relation.claim.row]
        largest = f"; largest error {max(exact):.0e}".replace("0e+00", "0") if exact else ""
        equal = all(relation.claim.sign == "=" for relation in claims)
        word = "equality" if len(claims) == 1 else "equalities" if equal else "relations"
        span = f"k = {classes[0]}" + (f"…{classes[-1]}" if len(classes) > 1 else "")
        each = ", each" if len(claims) > 1 and not examples else ","
        example = f", {examples} of them with the numbers of an example" if examples else ""
        return f"{len(claims)} {word} on this page{each} evaluated for {span} at {points} random points{example}{largest}"


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

"""Plant errors in the pages' own formulas, to see how strong the check of the equations is.

Every planted error must be found. One that is not, a survivor, must have left the formula
true, and is listed in `data/survivors.txt` with the reason. The test fails for a survivor
that is not listed, and for a listed one that is now found.
"""

import functools
import itertools
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from machinery.content.check_equations import source
from machinery.equations import NOTATION, comparison, definitions_of, formulas_of, statements
from machinery.equations.comparison import check, condition_in_vain
from machinery.equations.examples import example
from machinery.equations.nodes import Node
from machinery.equations.shapes import matched
from machinery.equations.statements import Page
from machinery.equations.theory import Variable
from machinery.equations.tokens import Refused
from machinery.sources import texts
from tests.equation_anchors import anchors, difference
from tests.fail_with_message import refuse
from tests.wrong_equations import errors_to_plant

DATA = Path(__file__).parent / "data"
EXTRA = {path.name: path.read_text("utf-8") for path in sorted(DATA.glob("*.md"))}
PAGES = [*texts(), *EXTRA]


@functools.cache
def formulas(name):
    """Return the formulas of a page, rendered only on demand, because `python -m tests` needs a single page."""
    return formulas_of(source(name, EXTRA[name]) if name in EXTRA else source(f"docs/{name}", texts()[name]))


@functools.cache
def notation():
    return dict(definitions_of(source(f"docs/{NOTATION}", texts()[NOTATION])))


@pytest.fixture(autouse=True)
def remember_what_was_read(monkeypatch):
    monkeypatch.setattr(statements, "read", functools.cache(statements.read))


def read(name, found):
    """Return a page, from its formulas."""
    return Page(found, None if name in (*EXTRA, NOTATION) else notation())


def holds(claim):
    return not check(claim).message


def is_found(name, found, right, place):
    """Tell whether the check finds something wrong with a page that has an error planted at a place, or at none."""
    page = read(name, found)
    if page.refusals or any(len(getattr(page, what)) != len(getattr(right, what)) for what in ("claims", "conditions", "settings")):
        return True
    if page.theory != right.theory and not anchored(name, page.theory):
        return True
    near = [claim for claim in page.claims if 0 <= place - claim.formula.start <= len(claim.formula.tex)]
    if place and all(getattr(page, part) == getattr(right, part) for part in ("theory", "settings", "conditions")):
        asked = near  # the error can't reach the others
    else:
        asked = sorted(page.claims, key=lambda claim: (claim.kind == "definition", abs(claim.formula.start + claim.offset - place)))
    try:
        return not all(holds(page.completed(claim)) for claim in asked) or has_condition_in_vain(page, near)
    except Refused:
        return True


def has_condition_in_vain(page, claims):
    completed = [page.completed(claim) for claim in claims if claim.kind == "claim"]
    return any(condition_in_vain([*chain]) for _, chain in itertools.groupby(completed, key=lambda claim: claim.chain))


ANYTHING = Node("name", ("anything",))


def changes_nothing(operator, name, found, right):
    """Tell whether an error is in a part whose value does not matter, such as a term times 0, so that there is nothing to find."""
    page = read(name, found)
    changed = [
        (new, side, getattr(old, side), getattr(new, side))
        for new, old in zip(page.claims, right.claims) for side in ("left", "right") if getattr(new, side) != getattr(old, side)
    ]
    return bool(changed) and all(
        claim.sign in "=≈" and any(holds(with_anything(page, claim, side, formula)) for formula in with_a_part_free(before, after, operator))
        for claim, side, before, after in changed
    )


def with_anything(page, claim, side, formula):
    """Return a claim with another formula on one side, in which a variable stands for anything."""
    return page.completed(replace(claim, theory={**claim.theory, "anything": Variable("anything", (), ("real",))}, **{side: formula}))


def with_a_part_free(right, wrong, operator):
    """Yield the right formula with an arbitrary value in place of a part that contains all differences from the wrong one, the smallest part first."""
    if type(right) is type(wrong) is Node:
        if right.kind == wrong.kind:
            yield from (replace(right, args=args) for args in with_a_part_free(right.args, wrong.args, operator))
        yield ANYTHING
        if operator in ("sign", "factor"):
            yield Node("product", ("", ANYTHING, right))
    elif type(right) is type(wrong) is tuple and len(right) == len(wrong):
        different = [place for place, (one, other) in enumerate(zip(right, wrong)) if one != other]
        if len(different) == 1:
            (place,) = different
            yield from ((*right[:place], part, *right[place + 1 :]) for part in with_a_part_free(right[place], wrong[place], operator))


def anchored(name, theory):
    """Tell whether the formulas of a page agree with the snippets that implement them."""
    try:
        return not any(difference(theory, *line) for line in anchors() if line[0] == name)
    except Refused:
        return False


def planted(found, right):
    """Yield (operator, place, the formulas with one error, the text around it before and after)."""
    # An example with other numbers is just another example, and no error.
    examples = {each.formula for each in right.settings} - {claim.formula for claim in right.claims}
    for number, formula in enumerate(found):
        tex = formula.tex
        if formula.mark is not None or not formula.is_statement or r"\in " in tex or formula in examples:
            continue
        for operator, start, end, replacement in errors_to_plant(tex):
            mutant = tex[:start] + replacement + tex[end:]
            changed = [*found[:number], replace(formula, tex=mutant), *found[number + 1 :]]
            yield operator, formula.start + start, changed, (around(tex, start, end), around(mutant, start, start + len(replacement)))


def around(tex, start, end):
    """Return the text of a formula around a place, long enough to identify it even if words beside the formula change."""
    first, last = tex.rfind("\n", 0, start) + 1, tex.find("\n", end)
    return " ".join(tex[max(first, start - 30) : end + 30 if last < 0 else min(last, end + 30)].split())


def survivors_of(name, is_asked=lambda line: True):
    found = formulas(name)
    right = read(name, found)
    if wrong := [message for line in anchors() if line[0] == name and (message := difference(right.theory, *line))]:
        refuse(*wrong)
    assert not is_found(name, found, right, 0), "the page itself has to be right"
    tally, survivors = Counter(), []
    for operator, place, mutant, (before, after) in planted(found, right):
        line = f"{operator}: {before}  ->  {after}"
        if is_asked(line):
            alive = not is_found(name, mutant, right, place) and not changes_nothing(operator, name, mutant, right)
            tally[operator, alive] += 1
            survivors += [line] * alive
    return tally, survivors


def listed():
    """Return the survivors with their reasons: blocks of `# reason`, then `page | survivor` lines."""
    reasons, reason = {}, ""
    for line in (DATA / "survivors.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            reason = line.lstrip("# ")
        elif line.strip():
            reasons[line] = reason
    return reasons


@pytest.mark.sampled  # a sixth of each page
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("sixth", range(6))
def test_planted_errors_are_found(name, sixth, record_property):
    def is_asked(line):
        return zlib.crc32(line.encode()) % 6 == sixth

    tally, survivors = survivors_of(name, is_asked)
    record_property("errors", {operator: n for operator, n in tally.items()})
    known = set(filter(is_asked, (line.split(" | ", 1)[1] for line in listed() if line.startswith(name + " | "))))
    if new := set(survivors) - known:
        refuse(
            f"docs/{name}: these planted errors are not found, so that a reader could not rely on the formula. Claim more of it, or add "
            "these lines to tests/data/survivors.txt, below a line `# reason`:", *(f"{name} | {line}" for line in sorted(new)),
        )
    if gone := known - set(survivors):
        refuse("these planted errors are found now, or change nothing: delete their lines in tests/data/survivors.txt", *(f"{name} | {line}" for line in sorted(gone)))


@pytest.mark.parametrize("name", PAGES)
def test_a_side_that_is_far_off_is_refused_in_each_example(name, monkeypatch):
    monkeypatch.setattr(comparison, "judgements", {})  # forget the right evaluations
    page = read(name, formulas(name))
    examples = {tuple(sorted(example(page.settings, each.formula, page.theory).items())) for each in page.settings}
    for claim, settings in itertools.product(page.claims, sorted(examples, key=str)):
        by = {"<": -8250, "≤": -8250}.get(claim.sign, 8250)
        monkeypatch.setattr(comparison, "matched", functools.partial(right_side_off, by))
        if claim.kind == "claim":
            assert check(replace(page.completed(claim), settings=settings)).message, f"accepted, off by {by}: {claim.id} for {settings}"


def right_side_off(by, x, y, what, place=None):
    x, y = matched(x, y, what, place)
    return x, y + by if what == "equal" else y


def test_every_survivor_has_a_reason():
    assert [line for line, reason in listed().items() if not reason] == []

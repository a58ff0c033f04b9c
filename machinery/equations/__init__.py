"""Read what the formulas of a page claim, and evaluate it.

    >>> reports = check_site({"notation.md": Source(...), "derivation.md": Source("derivation.md", html, written)})
    >>> reports["derivation.md"].summary
    '15 equalities on this page, each evaluated for k = 2…5 at 40 random points; largest error 3e-16'

`formulas` finds the formulas of a rendered page; `tokens`, `parser` and `relations` make trees of them (`nodes`);
`statements` (with `domains`, `examples` and `theory`) tells definitions, conditions and claims apart;
`evaluator` (with `environment`, `points`, `functions`, `derivatives`, `shapes` and `ellipsis`) computes;
`comparison` compares, and `report` says what was found; `numbers`, with `formulas_with_values`, writes the numbers of an equation at an example,
and `moving` finds out what they are at others.

Words:

chain      sides with relations between them, such as `a = b < c`
claim      one relation of a chain, with the definitions, conditions and examples that apply to it
condition  a comparison of index letters, such as (i = c): the claims beside it are tested only where it holds
example    the settings, numbers in place of variables, that are in force at a formula
letter     an index: i, j, l and c go up to k, n up to N, d up to D
name       a symbol with its accents and labels, such as `hat y` for \\hat y
noise      random relative errors, a thousand times larger than rounding, in every intermediate value
point      random values of all variables; a claim is evaluated at ten of them, a bound at a hundred
theory     what is known at a place: letters, variables (\\in) and definitions (:=)
twin       a copy of a point, evaluated with noise: the difference of the two values shows how much rounding matters
"""

import contextlib
import functools
from dataclasses import replace

from machinery.equations.claims import Claim
from machinery.equations.comparison import check, condition_in_vain
from machinery.equations.formulas import Source, formulas_of
from machinery.equations.report import Outcome, PageReport
from machinery.equations.statements import Page
from machinery.equations.theory import Entry, Variable
from machinery.equations.tokens import Refused, as_tex

__all__ = ["NOTATION", "PageReport", "Source", "check_page", "check_site", "definitions_of", "formulas_of", "read_page"]

Known = tuple[tuple[str, Entry], ...]  # a theory in a form that can be the key of a cache
NOTATION = "notation.md"  # the page whose definitions hold on every other page


def check_site(sources: dict[str, Source]) -> dict[str, PageReport]:
    """Return the report of each page; what `notation.md` defines holds on all of them."""
    notation = definitions_of(sources[NOTATION]) if NOTATION in sources else ()
    return {name: check_page(source, () if name == NOTATION else notation) for name, source in sources.items()}


# While `mkdocs serve` runs, most edits change one page, or the words of the notation page but no definition.
@functools.lru_cache(maxsize=256)
def check_page(source: Source, notation: Known = ()) -> PageReport:
    """Return the report of a page on which the `definitions_of` the notation page hold, too."""
    page = read_page(source, notation)
    chains: dict[int, list[Outcome]] = {}
    for claim in page.claims:
        outcome = check(page.completed(claim))
        if outcome.message and (hint := hint_at_example(page, claim)):
            outcome.message += f"\n    {hint}"
        chains.setdefault(claim.chain, []).append(outcome)
    for outcomes in chains.values():
        if not any(outcome.message for outcome in outcomes):
            outcomes[0].message = condition_in_vain([outcome.claim for outcome in outcomes if outcome.claim.kind == "claim"])
    return PageReport([outcome for outcomes in chains.values() for outcome in outcomes], page)


def hint_at_example(page: Page, claim: Claim) -> str:
    """Return what to write instead of a wrong claim if it is meant as an example, holds at one, or holds there to the digits shown."""
    name = claim.left.args[0] if claim.left.kind == "name" else ""
    if claim.right.kind in ("number", "numbers") and isinstance(page.theory.get(name), Variable) and not isinstance(claim.theory.get(name), Variable):
        return f"{as_tex(name)} is declared only further down: declare it first, and this is an example"
    with contextlib.suppress(Refused):
        here = page.completed(claim, at_example=True)
        if claim.sign == "=" and not check(replace(here, sign="≈")).message:
            return r"it holds to the digits shown: write \approx"
        if here.settings and not check(here).message:
            example = ", ".join(str(each) for each in page.settings if each.holds_at(claim.formula))
            return f"it holds only at the example of the whole page, {example}, but is tested at random points: give this section the example again"
    return ""


def read_page(source: Source, notation: Known = ()) -> Page:
    return Page(formulas_of(source), dict(notation))


@functools.lru_cache(maxsize=64)
def definitions_of(source: Source, notation: Known = ()) -> Known:
    """Return the theory at the end of a page, as pairs of a name and what is known about it."""
    return tuple(sorted(read_page(source, notation).theory.items()))

"""How strong the check of the equations is: errors are planted in the pages' own formulas.

Every planted error must be found. One that is not, a survivor, is still true; it is listed
in `data/survivors.txt` with the reason. A survivor that is not listed fails, and so does a
listed one that is now found.
"""

import functools
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from machinery.equations import NOTATION, definitions_of, evaluate_at, statements
from machinery.equations.check import check, needed
from machinery.equations.pages import formulas
from machinery.equations.statements import RELATION, Page
from machinery.equations.tokens import Refused
from machinery.pages import texts
from tests.equation_anchors import ANCHORS, agrees
from tests.mutations import mutations

DATA = Path(__file__).parent / "data"
MARKDOWN = {name: text for name, text in texts().items() if name.endswith(".md")}
PAGES = {name: text for name, text in MARKDOWN.items() if RELATION.search(text)}


def as_markdown(notebook):
    """Return the Markdown cells of a notebook, with the delimiters of Markdown pages."""
    text = "\n\n".join("".join(cell["source"]) for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "markdown")
    text = re.sub(r"\$\$(.*?)\$\$", lambda match: rf"\[{match[1]}\]", text, flags=re.DOTALL)
    return re.sub(r"\$([^$]+)\$", lambda match: rf"\({match[1]}\)", text)


NOTEBOOKS = {f"{name} as Markdown": as_markdown(text) for name, text in texts().items() if name.endswith(".ipynb")}
MARKDOWN |= {name: text for name, text in NOTEBOOKS.items() if RELATION.search(text)}
PAGES |= {name: MARKDOWN[name] for name in NOTEBOOKS if name in MARKDOWN}
PAGES |= {path.name: path.read_text("utf-8") for path in sorted(DATA.glob("*.md"))}
NOTATION_THEORY = definitions_of(NOTATION, MARKDOWN[NOTATION]) if NOTATION in MARKDOWN else None


@pytest.fixture(autouse=True)
def remember_what_was_read(monkeypatch):
    monkeypatch.setattr(statements, "read", functools.cache(statements.read))


def counts(page):
    return len(page.claims), page.assumptions


def found(name, text, place, expected):
    """Tell whether the check finds something wrong with a page; look near the place first."""
    own = name in MARKDOWN and name != NOTATION
    page = Page(name, text, NOTATION_THEORY if own else None)
    if page.refusals or counts(page) != expected:
        return True
    chains = {}
    for unfinished in sorted(page.claims, key=lambda claim: abs(claim.formula.start + claim.offset - place)):
        try:
            claim = page.completed(unfinished)
        except Refused:
            return True
        if check(claim).message:
            return True
        chains.setdefault(claim.chain, []).append(claim)
    return any(needed(members) for members in chains.values()) or not anchored(name, text)


def anchored(name, text):
    """Tell whether the formulas of a page agree with the snippets that implement them."""
    notation = None if name == NOTATION else NOTATION_THEORY
    theory = definitions_of(name, text, notation)
    for page, formula, inputs, _, expected in ANCHORS:
        if page == name.removesuffix(" as Markdown"):
            try:
                actual = evaluate_at(theory, formula, inputs)
            except Refused:
                return False
            if not agrees(actual, expected, inputs):
                return False
    return True


def plant(name, text):
    """Yield (operator, place, mutated text, the place before, and after) for each error in a page."""
    for formula in formulas(name, text)[0]:
        if formula.mark is not None or not (formula.display or RELATION.search(formula.tex)) or r"\in " in formula.tex:
            continue
        tex = text[formula.start : formula.start + len(formula.tex)]
        for operator, start, end, replacement in mutations(tex):
            a, b = formula.start + start, formula.start + end
            mutated = text[:a] + replacement + text[b:]
            yield operator, a, mutated, _around(text, a, b), _around(mutated, a, a + len(replacement))


def _around(text, start, end):
    """Return the line around a place, cut to what tells it from others."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return " ".join(text[max(first, start - 30) : min(last, end + 30)].split())


def survivors_of(name):
    text = PAGES[name]
    own = name in MARKDOWN and name != NOTATION
    expected = counts(Page(name, text, NOTATION_THEORY if own else None))
    assert not found(name, text, 0, expected), "the page itself has to be right"
    tally, survivors = Counter(), []
    for operator, place, mutated, before, after in plant(name, text):
        alive = not found(name, mutated, place, expected)
        tally[operator, alive] += 1
        if alive:
            survivors.append(f"{operator}: {before}  ->  {after}")
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


@pytest.mark.parametrize("name", sorted(PAGES))
def test_planted_errors_are_found(name, record_property):
    tally, survivors = survivors_of(name)
    record_property("mutations", {operator: n for operator, n in tally.items()})
    known = {line.split(" | ", 1)[1] for line in listed() if line.startswith(name + " | ")}
    new, gone = set(survivors) - known, known - set(survivors)
    assert not new, "these planted errors are not found; strengthen the check, or list them with the reason:\n" + "\n".join(
        f"{name} | {line}" for line in sorted(new)
    )
    assert not gone, "these listed survivors are found now; take them off the list:\n" + "\n".join(sorted(gone))


def test_every_survivor_has_a_reason():
    assert all(listed().values())

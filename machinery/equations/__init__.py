"""Equations that are executed: what a page claims is read from its LaTeX and evaluated.

    >>> reports = check_site({"notation.md": "...", "derivation.md": "..."})
    >>> reports["derivation.md"].summary
    '15 equalities on this page, each evaluated for k = 2…5 at 40 random points; largest error 3e-16'

`pages` finds the formulas; `tokens`, `atoms` and `reading` make trees of them (`nodes`);
`statements` (with `domains` and `theory`) tells definitions, conditions and claims apart;
`evaluate` (with `scope`, `points`, `functions`, `derivatives`, `shapes` and `ellipsis`) computes;
`check` compares, and `report` tells.
"""

import functools

import numpy as np

from machinery.equations.check import check, needed
from machinery.equations.evaluate import Evaluator
from machinery.equations.pages import formulas
from machinery.equations.reading import read
from machinery.equations.report import PageReport
from machinery.equations.shapes import AXES, constant
from machinery.equations.statements import Page
from machinery.equations.theory import SIZES, Letter, Variable, factors

__all__ = ["NOTATION", "PageReport", "check_page", "check_site", "definitions_of", "evaluate_at"]

NOTATION = "notation.md"  # the page whose definitions hold on every other page


def check_site(pages):
    """Check all pages.

    Parameters
    ----------
    pages : dict of str to str
        Name and content of each page. What `notation.md` defines holds on all of them.

    Returns
    -------
    dict of str to PageReport
    """
    notation = pages.get(NOTATION)
    return {name: check_page(name, pages[name], None if name == NOTATION else notation) for name in pages}


@functools.lru_cache(maxsize=256)  # an edit under `mkdocs serve` changes one page of many
def check_page(name, text, notation=None):
    """Check one page and return its `PageReport`.

    Parameters
    ----------
    name : str
        Its name, shown in messages; `.ipynb` for a notebook.
    text : str
        The content of the file.
    notation : str, optional
        The content of the notation page, whose definitions hold here too.
    """
    page, chains = read_page(name, text, notation), {}
    for claim in page.claims:
        chains.setdefault(claim.chain, []).append(check(page.completed(claim)))
    for relations in chains.values():
        if not any(relation.message for relation in relations):
            relations[0].message = needed([r.claim for r in relations if r.claim.kind == "claim"])
    return PageReport([relation for relations in chains.values() for relation in relations], page)


def read_page(name, text, notation=None):
    return Page(name, formulas(name, text), notation and definitions_of(NOTATION, notation))


@functools.lru_cache(maxsize=64)
def definitions_of(name, text, notation=None):
    """Return what holds at the end of a page: a dict of names."""
    return read_page(name, text, notation).theory


def evaluate_at(theory, tex, values):
    """Return the value of a formula at given numbers, to compare it with code.

    Parameters
    ----------
    theory : dict
        From `definitions_of`.
    tex : str
        The formula, without a relation.
    values : dict
        An array for each variable, the numbers of index letters (from 1), and labels for
        a batch as `c#`. The sizes follow from the shapes.

    Returns
    -------
    ndarray
        The entries of the value, in one row.
    """
    (statement,) = read(tex, factors(theory))
    scope = Evaluator(theory, dict.fromkeys(SIZES, 1), np.ones(1), twins=0)
    for name, given in values.items():
        entry, array = theory.get(name), np.asarray(given, dtype=float)
        if isinstance(entry, Letter):
            scope.letters[name] = np.full((1,) * AXES, int(given))
            continue
        scope.values[name] = constant(array)
        if isinstance(entry, Variable):
            scope.sizes |= zip(entry.sizes, array.shape)
    with np.errstate(all="ignore"):
        return scope.value(statement.sides[0]).ravel()

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

from machinery.equations.check import check, needed
from machinery.equations.pages import formulas
from machinery.equations.report import PageReport
from machinery.equations.statements import Page

__all__ = ["NOTATION", "PageReport", "check_page", "check_site", "definitions_of", "read_page"]

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
    notation = definitions_of(NOTATION, pages.get(NOTATION, ""))
    return {name: check_page(name, text, () if name == NOTATION else notation) for name, text in pages.items()}


# An edit under `mkdocs serve` changes one page of many, or words of the notation page and no definition.
@functools.lru_cache(maxsize=256)
def check_page(name, text, notation=()):
    """Check one page and return its `PageReport`.

    Parameters
    ----------
    name : str
        Its name, shown in messages; `.ipynb` for a notebook.
    text : str
        The content of the file.
    notation : tuple
        The `definitions_of` the notation page, which hold here too.
    """
    page, chains = read_page(name, text, notation), {}
    for claim in page.claims:
        chains.setdefault(claim.chain, []).append(check(page.completed(claim)))
    for relations in chains.values():
        if not any(relation.message for relation in relations):
            relations[0].message = needed([r.claim for r in relations if r.claim.kind == "claim"])
    return PageReport([relation for relations in chains.values() for relation in relations], page)


def read_page(name, text, notation=()):
    return Page(formulas(name, text), dict(notation))


@functools.lru_cache(maxsize=64)
def definitions_of(name, text, notation=()):
    """Return what holds at the end of a page: pairs of a name and what is known of it."""
    return tuple(sorted(read_page(name, text, notation).theory.items()))

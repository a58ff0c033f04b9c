"""`mkdocs serve` as a workbench: quick, and no error ends it. `mkdocs build` imports nothing from here.

MkDocs builds the whole site for each edit. Nearly all of that time goes into pages, notebooks
and templates that the edit does not change, so these are kept. If a page is broken, the reason is
shown above its last good state, and all other pages are built.
"""

import sys

from machinery.serve import blocks, kept_formulas, kept_pages, kept_runs, kept_search_sections, last_good_pages, problems, snippets, workbench

__all__ = ["blocks", "kept_pages", "kept_runs", "last_good_pages", "problems", "snippets", "start", "workbench"]


def start():
    """Replace the server of MkDocs, and write no `.pyc` files into watched folders."""
    workbench.start()
    kept_formulas.keep()
    kept_search_sections.keep()
    # MkDocs watches `snippets/`: bytecode written there would start another build.
    sys.dont_write_bytecode = True

"""`mkdocs serve` as a workbench: quick, and no error ends it. `mkdocs build` imports nothing from here.

MkDocs builds the whole site for each edit. Nearly all of that time goes into pages, notebooks
and templates that the edit does not change, so these are kept. If a page is broken, the reason is
shown above its last good state, and all other pages are built.
"""

import sys

from machinery.serve import blocks, formulas, kept_runs, last_good_pages, problems, rendered_pages, search_sections, snippets, templates, workbench

__all__ = ["blocks", "formulas", "kept_runs", "problems", "rendered_pages", "search_sections", "snippets", "last_good_pages", "start", "templates", "workbench"]


def start():
    """Replace the server of MkDocs, and write no `.pyc` files into watched folders."""
    workbench.start()
    formulas.keep()
    search_sections.keep()
    templates.keep()
    # MkDocs watches `snippets/`: bytecode written there would start another build.
    sys.dont_write_bytecode = True

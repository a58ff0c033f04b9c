"""`mkdocs serve` as a workbench: quick, and no error ends it. Nothing of it is imported by `mkdocs build`.

MkDocs builds the whole site for each edit. Nearly all of that time goes into pages, notebooks
and templates that the edit does not change, so these are kept. What is broken is shown over the
last good state of its page, and the rest is built.
"""

import sys

from machinery.serve import formulas, kept_runs, last_good_pages, problems, rendered_pages, search_sections, snippets, templates, workbench

__all__ = ["formulas", "kept_runs", "problems", "rendered_pages", "search_sections", "snippets", "last_good_pages", "start", "templates", "workbench"]


def start():
    """Replace the server of MkDocs, and write no `.pyc` files into watched folders."""
    workbench.start()
    formulas.keep()
    search_sections.keep()
    templates.keep()
    # Bytecode in `snippets/`, which is watched, would build everything again.
    sys.dont_write_bytecode = True

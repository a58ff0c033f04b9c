"""What makes `mkdocs serve` quick; nothing of it is imported by `mkdocs build`.

MkDocs builds the whole site for each edit. Nearly all of that time goes into pages, notebooks
and templates that the edit does not change, so these are kept.
"""

import functools
import sys

from mkdocs.commands import serve

from machinery.serve import kept_runs, rendered_pages, search_sections, snippets, templates

__all__ = ["kept_runs", "rendered_pages", "search_sections", "snippets", "start", "templates"]


def start():
    """Poll for changes every 0.1 s instead of 0.5 s, and write no `.pyc` files into watched folders."""
    serve.LiveReloadServer = functools.partial(serve.LiveReloadServer, polling_interval=0.1)
    search_sections.keep()
    # Bytecode in `snippets/`, which is watched, would build everything again.
    sys.dont_write_bytecode = True

"""Import the modules of `snippets/` again after one of them was edited."""

import importlib
import sys

from machinery.content import compared_frameworks, explorer, folded_checks, paste, tables
from machinery.sources import DOCS, SNIPPETS, files_in

USERS = compared_frameworks, tables, explorer, folded_checks, paste  # in this order: tables imports from compared_frameworks
loaded = None


def reload():
    """Import the snippets again, and the modules that use them, if they or the data have changed."""
    global loaded
    now = {file: file.read_bytes() for file in (*files_in(SNIPPETS, "*.py"), *files_in(DOCS, "data/*"))}
    if loaded is not None and loaded != now:
        loaded = {}  # if one can't be imported, the next build tries again
        for name in [name for name in sys.modules if name.startswith("snippets.")]:
            del sys.modules[name]
        for module in USERS:
            importlib.reload(module)
    loaded = now

"""In the kernel of a notebook: note each file of the repository that its code opens.

Loaded as an extension of IPython, so that the notebook's own names stay as they are. What is
noted decides whether a kept run still holds: see serve/kept_runs.py.
"""

import hashlib
import importlib.util
import os
import sys
from pathlib import Path

ROOT = os.path.join(Path(__file__).resolve().parents[2], "")


def load_ipython_extension(shell):
    record = open(os.environ["OPENED_FILES"], "w", encoding="utf-8")
    seen = set()

    def note(event, arguments):
        if event != "open" or not isinstance(arguments[0], str):
            return
        path = os.path.realpath(arguments[0])
        if path.endswith(".pyc"):  # a module that was compiled before: what counts is its source
            path = importlib.util.source_from_cache(path)
        # What is installed is told by the lock. Each file is noted as it is when first opened.
        if path.startswith(ROOT) and not path.startswith(sys.prefix) and path not in seen:
            seen.add(path)
            print(digest(path), path, file=record, flush=True)

    sys.addaudithook(note)


def digest(path):
    """Return a digest of a file's content, or of its absence."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return "absent"

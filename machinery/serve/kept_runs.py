"""Keep the outputs of notebooks on disk, until something changes that they depend on.

No page waits for a notebook that has run before: it shows the outputs of the last run. The notebook runs again as soon as
the pages are served, and when this run ends, the site is built once more.
"""

import hashlib
import json
import sys
import threading
from collections import defaultdict
from pathlib import Path

import nbformat

from machinery.content import notebooks, self_contained_notebooks
from machinery.serve import problems
from machinery.sources import ROOT, keep

CACHE = ROOT / ".cache" / "outputs"

served = threading.Event()  # cleared while pages are built
served.set()
started = {}  # by the path of a notebook: the key of its last run, and a future of the Markdown


class Book:
    """A notebook, and what is kept of its last run: the key of that run, and the outputs of each cell."""

    def __init__(self, path):
        self.path, self.notebook = path, self_contained_notebooks.read(path)
        self.key, self.kept = key_of(self.notebook), last_run(path)

    @property
    def is_current(self):
        return self.kept is not None and self.kept["key"] == self.key

    def as_before(self):
        """Return the Markdown with the outputs of the last run below the same code."""
        outputs = defaultdict(list)
        for source, of_cell in self.kept["outputs"]:
            outputs[source].append(nbformat.from_dict(of_cell))
        for cell in self.notebook.cells:
            if outputs[cell.source]:
                cell.outputs = outputs[cell.source].pop(0)
        return notebooks.to_markdown(self.notebook)


def start(paths):
    """Do what `notebooks.start` does, but run only notebooks whose outputs may have changed, and wait only for those that have never run."""
    books = [Book(path) for path in paths]
    old = sorted((book for book in books if not book.is_current), key=lambda book: bool(book.kept))  # first those that a page waits for
    to_run = {book.path: book for book in old if started.get(book.path, (None,))[0] != book.key}
    for _, run in (started[path] for path in to_run if path in started):
        run.cancel()
    futures = notebooks.start([*to_run], lambda path, number: run_and_keep(path, number, awaited=not to_run[path].kept))
    started.update({path: (to_run[path].key, future) for path, future in futures.items()})
    for book in old:
        if book.kept:
            problems.tell_of_run(book.path, started[book.path][1])
    return {book.path: notebooks.finished(book.as_before()) if book.kept else started[book.path][1] for book in books}


def run_and_keep(path, number="1 of 1", awaited=True):
    if not awaited:
        served.wait()
    key = Book(path).key
    try:
        notebook = notebooks.run(path, number)
        if Book(path).key == key:  # otherwise it was edited during the run
            outputs = [(cell.source, cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]
            keep(kept_file(path), {"key": key, "outputs": outputs})
        return notebooks.to_markdown(notebook)
    finally:
        if not awaited:
            ended().touch()


def last_run(path):
    file = kept_file(path)
    return json.loads(file.read_text("utf-8")) if file.is_file() else None


def kept_file(path):
    return CACHE / f"{path.stem}-{hashlib.sha256(str(path).encode()).hexdigest()[:8]}.json"


def ended():
    """Return the file that is touched when a run in the background ends, and that MkDocs watches."""
    CACHE.mkdir(parents=True, exist_ok=True)
    return CACHE / "ended"


def key_of(notebook):
    """Return what a run depends on: the code, with that of the snippets and the data inside, the environment, and how it is run."""
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    packages = Path(nbformat.__file__).parents[1].stat().st_mtime_ns
    files = ROOT / "requirements.txt", ROOT / "machinery/matplotlibrc", Path(notebooks.__file__)
    return [code, sys.version, packages, *(file.read_text("utf-8") for file in files)]

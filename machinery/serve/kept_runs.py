"""Keep the outputs of notebooks on disk, until something changes that they depend on.

No page waits for a notebook that has run before: it shows the outputs of the last run. The notebook runs again as soon as
the pages are served, and when this run ends, the site is built once more.
"""

import hashlib
import json
import os
import sys
import threading
from collections import defaultdict
from concurrent.futures import Future
from pathlib import Path

import nbformat

from machinery.content import notebooks, self_contained_notebooks
from machinery.serve import problems
from machinery.sources import ROOT

CACHE = ROOT / ".cache" / "outputs"

served = threading.Event()  # cleared while pages are built
served.set()
started = {}  # by the path of a notebook: the key of its last run, and a future of the Markdown


def start(paths):
    """Do what `notebooks.start` does, but run only notebooks whose outputs may have changed, and wait only for those that have never run."""
    read = {path: self_contained_notebooks.read(path) for path in paths}
    keys = {path: key_of(read[path]) for path in paths}
    kept = {path: last_run(path) for path in paths}
    old = [path for path in paths if not kept[path] or kept[path]["key"] != keys[path]]
    old.sort(key=lambda path: bool(kept[path]))  # first those that a page waits for
    to_run = [path for path in old if path not in started or started[path][0] != keys[path]]
    for path in to_run:
        if path in started:
            started[path][1].cancel()
    futures = notebooks.start(to_run, lambda path, number: run_and_keep(path, number, awaited=not kept[path]))
    started.update({path: (keys[path], future) for path, future in futures.items()})
    for path in old:
        if kept[path]:
            problems.tell_of_run(path, started[path][1])
    return {path: finished(read[path], kept[path]) if kept[path] else started[path][1] for path in paths}


def finished(notebook, kept):
    """Return a future of a notebook's Markdown, with the outputs of its last run below the same code."""
    outputs = defaultdict(list)
    for source, of_cell in kept["outputs"]:
        outputs[source].append(nbformat.from_dict(of_cell))
    for cell in notebook.cells:
        if outputs[cell.source]:
            cell.outputs = outputs[cell.source].pop(0)
    future = Future()
    future.set_result(notebooks.to_markdown(notebook))
    return future


def run_and_keep(path, number="1 of 1", awaited=True):
    if not awaited:
        served.wait()
    key = key_of(self_contained_notebooks.read(path))
    try:
        notebook = notebooks.run(path, number)
        if key_of(self_contained_notebooks.read(path)) == key:  # otherwise it was edited during the run
            keep(path, key, [(cell.source, cell.outputs) for cell in notebook.cells if cell.cell_type == "code"])
        return notebooks.to_markdown(notebook)
    finally:
        if not awaited:
            ended().touch()


def keep(path, key, outputs):
    CACHE.mkdir(parents=True, exist_ok=True)
    unfinished = kept_file(path).with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps({"key": key, "outputs": outputs}), "utf-8")
    unfinished.replace(kept_file(path))


def find(path):
    """Return the Markdown of an earlier run if a new one would give the same, otherwise None."""
    notebook, kept = self_contained_notebooks.read(path), last_run(path)
    return finished(notebook, kept).result() if kept and kept["key"] == key_of(notebook) else None


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

"""What the notebooks printed, kept on disk as long as a new run would print the same."""

import hashlib
import json
import os
import sys
from concurrent.futures import Future
from pathlib import Path

import nbformat

from machinery.content import notebooks, self_contained
from machinery.sources import ROOT

CACHE = ROOT / ".cache" / "notebooks"


def start(paths):
    """Do as `notebooks.start`, but run only the notebooks whose kept run does not hold any more."""
    kept = {path: find(path) for path in paths}
    futures = notebooks.start([path for path in paths if kept[path] is None], run_and_keep)
    for path in paths:
        if kept[path] is not None:
            futures[path] = Future()
            futures[path].set_result(kept[path])
    return futures


def run_and_keep(path, number="1 of 1"):
    key = key_of(path)
    markdown = notebooks.execute(path, number)
    if key_of(path) == key:  # otherwise it was edited meanwhile
        CACHE.mkdir(parents=True, exist_ok=True)
        unfinished = kept_file(path).with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps({"key": key, "markdown": markdown}), "utf-8")
        unfinished.replace(kept_file(path))
    return markdown


def find(path):
    """Return the Markdown of an earlier run if a new one would give the same, otherwise None."""
    file = kept_file(path)
    if file.is_file():
        kept = json.loads(file.read_text("utf-8"))
        if kept["key"] == key_of(path):
            return kept["markdown"]


def kept_file(path):
    return CACHE / f"{path.stem}-{hashlib.sha256(str(path).encode()).hexdigest()[:8]}.json"


def key_of(path):
    """Return what a run depends on: the notebook, with code and data inside, the environment, and how pages are made of it."""
    packages = Path(nbformat.__file__).parents[1].stat().st_mtime_ns
    files = ROOT / "requirements.txt", ROOT / "machinery/matplotlibrc", Path(notebooks.__file__)
    return [nbformat.writes(self_contained.read(path)), sys.version, packages, *(file.read_text("utf-8") for file in files)]

"""What the notebooks printed, kept on disk as long as nothing has changed that their code opens."""

import hashlib
import json
import os
import sys
from concurrent.futures import Future
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from machinery.content import notebooks
from machinery.content.opened_files import digest
from machinery.sources import DOCS, ROOT, SNIPPETS

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
    content, around = path.read_text("utf-8"), surroundings()
    with TemporaryDirectory() as folder:
        record = Path(folder, "opened")
        markdown = notebooks.execute(path, number, record)
        lines = record.read_text("utf-8").splitlines() if record.is_file() else []
    if path.read_text("utf-8") == content:  # otherwise it was edited meanwhile
        files = {file: digest for digest, file in (line.split(" ", 1) for line in lines)}
        kept = {"notebook": content, "around": around, "files": files, "markdown": markdown}
        CACHE.mkdir(parents=True, exist_ok=True)
        unfinished = kept_file(path).with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps(kept), "utf-8")
        unfinished.replace(kept_file(path))
    return markdown


def find(path):
    """Return the Markdown of an earlier run if a new one would give the same, otherwise None."""
    file = kept_file(path)
    if file.is_file():
        kept = json.loads(file.read_text("utf-8"))
        same = kept["notebook"] == path.read_text("utf-8") and kept["around"] == surroundings()
        if same and all(digest(name) == kept_digest for name, kept_digest in kept["files"].items()):
            return kept["markdown"]


def kept_file(path):
    return CACHE / f"{path.stem}-{hashlib.sha256(str(path).encode()).hexdigest()[:8]}.json"


def surroundings():
    """Return what a run depends on besides the files that the notebook opens."""
    modules = [*DOCS.rglob("*.py"), *SNIPPETS.rglob("*.py")]  # a new one may stand before another
    packages = Path(nbformat.__file__).parents[1].stat().st_mtime_ns
    files = ROOT / "requirements.txt", ROOT / "machinery/matplotlibrc", Path(notebooks.__file__), Path(__file__)
    return [sys.version, packages, sorted(map(str, modules)), [digest(file) for file in files]]

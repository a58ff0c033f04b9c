"""The pages of the site as their authors wrote them, and the code that they show."""

import ast
import functools
import importlib
import json
import os
import re
import textwrap
import threading
import traceback
from pathlib import Path

import markdown
import nbformat
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SNIPPETS = ROOT / "snippets"
PARSING = threading.Lock()
CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)


@functools.cache
def renderer(coloured=True):
    """Return Python-Markdown with the extensions and options of mkdocs.yml; colouring code takes most of its time."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.plugins.on_config(config)
    config.mdx_configs["pymdownx.highlight"]["use_pygments"] = coloured
    return markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def render(text):
    """Return the HTML that MkDocs makes of Markdown, with plain code."""
    return renderer(coloured=False).reset().convert(text)


def parse(source, file=None):
    """Return the syntax tree of Python code, one at a time: in Python 3.11, two threads that ask for one may get a SystemError."""
    try:
        with PARSING:
            return ast.parse(source, file or "<unknown>")  # noqa: TID251
    except SyntaxError as error:
        if file:
            raise PluginError(f"{place_of(error)}: SyntaxError: {error.msg}") from error
        raise


def recorded(name):
    """Return a record in `docs/data/`."""
    path = DOCS / f"data/{name}.json"
    try:
        return json.loads(text_of(path))
    except FileNotFoundError:
        raise PluginError(f"{name_of(path)}: pages show this record, and it is not there") from None
    except json.JSONDecodeError as error:
        raise PluginError(f"{name_of(path)}:{error.lineno}: this is no JSON: {error.msg}. Did git mark a conflict there?") from None


def files_in(folder, pattern):
    """Return the files in a folder, except for hidden ones, in which editors keep locks and copies of what an author edits."""
    return sorted(path for path in folder.glob(pattern) if path.is_file() and not is_hidden(path.relative_to(folder).as_posix()))


def is_hidden(name):
    return "/." in f"/{name}"


def notebooks():
    return files_in(DOCS, "**/*.ipynb")


def text_of(path):
    """Return the text of a file, or raise an error that names the line where it stops being one.

    The file is read again when its time or its size has changed; otherwise MkDocs would see no change either.
    """
    state = path.stat()
    return read(path, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=256)
def read(path, *_):
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PluginError(f"{name_of(path)}:{line}: this is not UTF-8: save the file again with the encoding UTF-8") from None
    if text.startswith("\ufeff"):
        raise PluginError(f"{name_of(path)}:1: a byte order mark comes first, which is not seen but read: save the file as UTF-8 without BOM")
    return text


def name_of(path):
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def texts():
    """Return the text of each page of the site, by its path in `docs/`."""
    pages = [*files_in(DOCS, "**/*.md"), *notebooks()]
    return {path.relative_to(DOCS).as_posix(): text_of(path) for path in pages}


def read_notebook(path):
    """Return a notebook, or raise an error that names the line, or the cell, where the file stops being one."""
    name, invalid = name_of(path), {}
    try:
        notebook = nbformat.reads(text_of(path), as_version=4, capture_validation_error=invalid)
    except nbformat.reader.NotJSONError as error:
        cause = error.__cause__
        raise PluginError(f"{name}:{cause.lineno}: this is no notebook: {cause.msg}. Did git mark a conflict there?") from None
    except PluginError:
        raise
    except Exception as error:  # of many kinds, if a file is JSON but no notebook
        raise PluginError(f"{name}: this is no notebook: {error}. Write it again in Jupyter") from None
    for error in invalid.values():
        part, number, *_ = *error.relative_path, "", ""
        place, reason = f"{name}, cell {number + 1}" if part == "cells" else name, textwrap.shorten(error.message, 200)
        raise PluginError(f"{place}: this is not as Jupyter saves it: {reason}. Compare it with other cells, or write it again in Jupyter")
    return notebook


def keep(path, value):
    """Write a value as JSON, in one step, because another process may read the file meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(value), "utf-8")
    unfinished.replace(path)


def lines(path):
    """Return the lines of a page, each with its place: `docs/page.md:12` or `docs/book.ipynb, cell 3`."""
    name = name_of(path)
    if path.suffix == ".ipynb":
        cells = enumerate(read_notebook(path).cells, start=1)
        return [(f"{name}, cell {number}", line) for number, cell in cells for line in cell.source.split("\n")]
    text = text_of(path)
    if mark := CONFLICT.search(text):
        line = text.count("\n", 0, mark.start()) + 1
        raise PluginError(f"{name}:{line}: git has marked a conflict here: keep one of the two versions, and delete the marks")
    return [(f"{name}:{number}", line) for number, line in enumerate(text.split("\n"), start=1)]


def refuse_broken_snippets():
    """Stop, with one message, if a snippet can't be imported."""
    for path in files_in(SNIPPETS, "[a-z]*.py"):
        try:
            importlib.import_module(f"snippets.{path.stem}")
        except Exception as error:
            raise PluginError(f"{place_of(error)}: {words_of(error)}") from None


def words_of(error):
    """Return the type and the message of an exception, without the place that Python adds to a SyntaxError."""
    return f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}"


def place_of(error):
    """Return where in this repository an exception was raised, as `snippets/softmax.py:12`, or ""."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        frames.append((error.filename or "", error.lineno))
    inside = [(Path(file).relative_to(ROOT), line) for file, line in frames if Path(file).is_relative_to(ROOT)]
    own = [f"{file.as_posix()}:{line}" for file, line in inside if file.parts[0] in ("docs", "machinery", "snippets", "tests")]
    return own[-1] if own else ""

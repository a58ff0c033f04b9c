"""What `mkdocs serve` keeps of a notebook's run, and when it must not."""

import json
import sys

import pytest

from machinery import notebooks

CODE = "from snippets.outer import f\nprint(f())"


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A notebook whose snippet imports another snippet, with a data file beside it."""
    monkeypatch.setattr(notebooks, "SNIPPETS", tmp_path / "snippets")
    monkeypatch.setattr(notebooks, "SURROUNDINGS", (tmp_path / "requirements.txt",))
    files = {
        "requirements.txt": "numpy",
        "snippets/outer.py": "from snippets.inner import f",
        "snippets/inner.py": "def f(): return 1",
        "snippets/other.py": "",
        "docs/data/values.json": "{}",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return write(tmp_path / "docs/book.ipynb", CODE)


def write(path, code):
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": code, "outputs": [], "execution_count": None}
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


@pytest.mark.parametrize(
    "changed",
    ["snippets/outer.py", "snippets/inner.py", "docs/data/values.json", "requirements.txt"],
)
def test_a_change_in_anything_that_it_reaches_runs_it_again(book, changed):
    before = notebooks.digest(book)
    file = book.parents[1] / changed
    file.write_text(file.read_text() + "\n")
    assert notebooks.digest(book) != before


def test_a_change_of_the_notebook_or_of_python_runs_it_again(book, monkeypatch):
    before = notebooks.digest(book)
    assert notebooks.digest(write(book, CODE + "\n")) != before
    write(book, CODE)
    assert notebooks.digest(book) == before
    monkeypatch.setattr(sys, "version", "another")
    assert notebooks.digest(book) != before


def test_a_change_elsewhere_does_not(book):
    before = notebooks.digest(book)
    (book.parents[1] / "snippets/other.py").write_text("x = 1")
    assert notebooks.digest(book) == before


@pytest.mark.parametrize("code", ["import snippets.outer", "from snippets import outer", "%time 1"])
def test_each_way_to_import_is_seen(book, code):
    before = notebooks.digest(write(book, code))
    (book.parents[1] / "snippets/inner.py").write_text("def f(): return 2")
    assert notebooks.digest(book) != before


def test_a_failing_notebook_is_not_kept(book, monkeypatch, tmp_path):
    monkeypatch.setattr(notebooks, "CACHE", tmp_path / "cache")
    for _ in range(2):
        with pytest.raises(notebooks.PluginError, match="book.ipynb, cell 1: ZeroDivisionError"):
            notebooks.execute(write(book, "1 / 0"), keep=True)


def test_what_is_kept_is_what_was_printed(book, monkeypatch, tmp_path):
    monkeypatch.setattr(notebooks, "CACHE", tmp_path / "cache")
    write(book, "print(6 * 7)")
    first = notebooks.execute(book, keep=True)
    assert "```text\n42\n```" in first
    monkeypatch.setattr(notebooks, "NotebookClient", None)  # a second run would fail
    assert notebooks.execute(book, keep=True) == first

"""What stops being text, or a notebook, names its file, its line or its cell, and the way out."""

import json

import pytest
from mkdocs.exceptions import PluginError

from machinery import includes, sources
from tests.books import notebook_of


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    monkeypatch.setattr(includes, "SNIPPETS", tmp_path)
    return tmp_path


def damaged(**changes):
    """Return a notebook whose second cell has been changed by hand; None takes an entry out."""
    book = json.loads(notebook_of(("markdown", "# Title"), ("code", "print(1)")))
    cell = book["cells"][1]
    cell |= changes
    for key in [key for key in changes if cell[key] is None]:
        del cell[key]
    return json.dumps(book).encode()


UTF_8, BOM = "this is not UTF-8: save the file again with the encoding UTF-8", "a byte order mark comes first, which is not seen but read: save the file as UTF-8 without BOM"
NO_NOTEBOOK, OTHERWISE = "this is no notebook: ", "this is not as Jupyter saves it: "


@pytest.mark.parametrize("file, content, problem", [
    ("page.md", "# Title\n\nFür alle\n".encode("latin-1"), f"page.md:3: {UTF_8}"),
    ("page.md", "# Title\n".encode("utf-16"), f"page.md:1: {UTF_8}"),
    ("page.md", b"\xef\xbb\xbf# Title\n", f"page.md:1: {BOM}"),
    ("page.md", b"# Title\n\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n", "page.md:3: git has marked a conflict here: keep one of the two versions"),
    ("softmax.py", "x = 1\n# Für alle\n".encode("cp1252"), f"softmax.py:2: {UTF_8}"),
    ("softmax.py", b"\xef\xbb\xbfx = 1\n", f"softmax.py:1: {BOM}"),
    ("book.ipynb", "{\n\"cells\": \"ü\"}".encode("latin-1"), f"book.ipynb:2: {UTF_8}"),
    ("book.ipynb", b"\xef\xbb\xbf{}", f"book.ipynb:1: {BOM}"),
    ("book.ipynb", damaged(outputs=None), f"book.ipynb, cell 2: {OTHERWISE}'outputs' is a required property. Compare it with other cells"),
    ("book.ipynb", damaged(source=None), f"book.ipynb, cell 2: {OTHERWISE}'source' is a required property"),
    ("book.ipynb", damaged(cell_type="text"), f"book.ipynb, cell 2: {OTHERWISE}"),
    *(("book.ipynb", text, f"book.ipynb: {NO_NOTEBOOK}") for text in (b"{}", b"[]", b"null", b'{"nbformat": 99}', b'{"nbformat": 4, "cells": 3}')),
])
def test_what_can_t_be_read_names_its_place_and_the_way_out(root, file, content, problem):
    (root / file).write_bytes(content)
    with pytest.raises(PluginError) as raised:
        {"page.md": sources.lines, "softmax.py": lambda path: includes.problem_of(f'--8<-- "{path.name}:x"'), "book.ipynb": sources.read_notebook}[file](root / file)
    assert str(raised.value).startswith(problem)


def test_a_record_that_can_t_be_read_is_named(root, monkeypatch):
    monkeypatch.setattr(sources, "DOCS", root)
    (root / "data").mkdir()
    (root / "data/broken.json").write_text('{\n"a": 1,\n<<<<<<< HEAD')
    for name, message in ("broken", "data/broken.json:3: this is no JSON: "), ("nowhere", "data/nowhere.json: pages show this record, and it is not there"):
        with pytest.raises(PluginError, match=f"^{message}"):
            sources.recorded(name)


@pytest.mark.parametrize("content", [b"# Title\r\n\r\nText", b"# Title\n\nText", b"# Title\r\rText"])
def test_the_ends_of_lines_are_those_of_any_system(root, content):
    (root / "page.md").write_bytes(content)
    assert sources.lines(root / "page.md") == [("page.md:1", "# Title"), ("page.md:2", ""), ("page.md:3", "Text")]


def test_a_file_is_read_again_after_each_change(root):
    path = root / "page.md"
    for text in ("one", "two", "three"):
        path.write_text(text)
        assert sources.text_of(path) == sources.text_of(path) == text


def test_files_are_those_that_are_not_hidden(root):
    for name in ("a.md", "b/c.md", ".d.md", "b/.e.md", ".f/g.md", "b/h.txt", "i.md/j.txt"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).touch()
    assert [path.relative_to(root).as_posix() for path in sources.files_in(root, "**/*.md")] == ["a.md", "b/c.md"]


def test_a_notebook_as_jupyter_saves_it_is_read(root):
    (root / "book.ipynb").write_bytes(damaged())
    assert len(sources.read_notebook(root / "book.ipynb").cells) == 2

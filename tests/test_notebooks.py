"""How a notebook is run, and how long `mkdocs serve` may keep its outputs."""

import os
import re
import shutil
import sys
import threading
from types import SimpleNamespace

import nbformat
import pytest

from machinery import includes, sources
from machinery.content import notebooks, plots, self_contained_notebooks
from machinery.serve import kept_runs, problems
from tests.books import notebook_of

FILES = {
    "requirements.txt": "numpy",
    "machinery/matplotlibrc": "",
    "snippets/outer.py": "from snippets.inner import f\n\n# --8<-- [start:g]\ndef g():\n    return f()\n# --8<-- [end:g]\n",
    "snippets/inner.py": "# --8<-- [start:f]\ndef f():\n    return 1\n# --8<-- [end:f]\n",
    "snippets/alone.py": "x = 2",
    "snippets/unused.py": "",
    "docs/beside.py": "",
    "docs/data/values.txt": "42",
}
CODE = """
import os

from snippets.alone import x
from snippets.outer import g

print(g(), x, open("data/values.txt").read(), sorted(name for name in os.listdir() if "_" not in name))
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A repository with one notebook, which uses a snippet that calls another, a file of code and a file of data."""
    for module in (includes, kept_runs, notebooks, problems, self_contained_notebooks, sources):
        for name, value in {"ROOT": "", "SNIPPETS": "snippets", "CACHE": "cache"}.items():
            monkeypatch.setattr(module, name, tmp_path / value, raising=False)
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    write(tmp_path, CODE)
    return tmp_path


def write(root, code, text="Text."):
    (root / "docs/book.ipynb").write_text(notebook_of(("markdown", text), ("code", code)))


def kept(path):
    """Return the Markdown of an earlier run if a new one would give the same, otherwise None."""
    book = kept_runs.Book(path)
    return book.as_before() if book.is_current else None


def test_the_title_of_folded_code_says_what_it_prints_or_defines():
    def page(source, outputs=()):
        cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["hide-input"]}, outputs=list(outputs))
        return notebooks.to_markdown(nbformat.v4.new_notebook(cells=[cell]))

    printed = nbformat.v4.new_output("stream", name="stdout", text="1")
    assert "<summary>The code of this output</summary>" in page("x = 1\nprint(x)", [printed])
    source = "import numpy as np\nfrom math import exp, log as ln\nx = 1\ndef f():\n    def g(): pass\nclass A: pass"
    names = "<code>np</code>, <code>exp</code>, <code>ln</code>, <code>f</code>, <code>A</code>"
    assert f"<summary>Used below: {names}</summary>" in page(source)


def test_outputs_are_kept_until_something_changes_that_they_depend_on(root, monkeypatch):
    book = root / "docs/book.ipynb"
    assert kept(book) is None
    printed = kept_runs.run_and_keep(book)
    assert "```text\n1 2 42 ['alone.py', 'data']\n```" in printed
    assert kept(book) == printed

    for name in FILES.keys() - {"snippets/unused.py", "docs/beside.py"}:
        # Add a space; in a snippet with a section, inside the section.
        (root / name).write_text(FILES[name].replace("return", "return ") + " " * ("return" not in FILES[name]))
        assert kept(book) is None, f"{name} has changed"
        (root / name).write_text(FILES[name])
        assert kept(book) == printed, f"{name} is as before"
    write(root, CODE + "\n1")
    assert kept(book) is None, "the notebook has changed"
    write(root, CODE)

    (root / "snippets/unused.py").write_text("x = 1")
    (root / "docs/page.md").write_text("# A page")
    assert kept(book) == printed, "only files have changed that it does not use"
    with monkeypatch.context() as another:
        another.setattr(sys, "version", "another")
        assert kept(book) is None, "Python has changed"
    with monkeypatch.context() as another:
        (root / "environment/nbformat").mkdir(parents=True)
        another.setattr(nbformat, "__file__", str(root / "environment/nbformat/__init__.py"))
        assert kept(book) is None, "packages have been installed"


def test_a_kernel_sees_neither_the_repository_nor_what_lies_beside_the_notebook(root, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(root))
    write(root, "import os, sys\nprint(os.listdir(), [path for path in sys.path if path and 'python' not in path])")
    assert "```text\n[] []\n```" in notebooks.execute(root / "docs/book.ipynb")
    for code in ("import beside", "import machinery", "open('data/' + 'values.txt')"):
        write(root, f"{CODE}\n{code}" if "data" not in code else code)
        with pytest.raises(notebooks.PluginError, match=r"book.ipynb, cell 2: (ModuleNotFound|FileNotFound)Error"):
            notebooks.execute(root / "docs/book.ipynb")


def test_kernels_that_start_at_the_same_moment_cannot_take_each_others_ports():
    def transport(folder):
        kernel = SimpleNamespace(transport="tcp")
        notebooks.talk_through_files(kernel, folder)
        return kernel.transport

    assert transport("/tmp/folder") == ("tcp" if os.name == "nt" else "ipc")
    assert transport("/tmp/" + "folder" * 20) == "tcp", "the address of a file must be short"


def test_a_failing_notebook_is_not_kept(root):
    write(root, "1 / 0")
    with pytest.raises(notebooks.PluginError, match="book.ipynb, cell 2: ZeroDivisionError"):
        kept_runs.run_and_keep(root / "docs/book.ipynb")
    assert kept(root / "docs/book.ipynb") is None


def test_the_message_of_a_cell_counts_cells_as_authors_do_and_no_lines(root):
    (root / "snippets/inner.py").write_text(FILES["snippets/inner.py"].replace("return 1", "return 1 / 0"))
    use, call = ("code", "from snippets.outer import g\n\ndef h():\n    return g()"), ("code", "x = 1\nh()")
    (root / "docs/book.ipynb").write_text(notebook_of(("markdown", "Text."), use, ("markdown", "Text."), call))
    with pytest.raises(notebooks.PluginError) as error:
        notebooks.execute(root / "docs/book.ipynb")
    own, brought = "docs/book.ipynb, cell", "what is imported in docs/book.ipynb, cell 2, in"
    message = str(error.value)
    assert re.findall(r"^.*\bcell\b.*", message, re.MULTILINE) == [
        f"{own} 4: ZeroDivisionError: division by zero", f"{own} 4", f"{own} 2, in h()", f"{brought} g()", f"{brought} f()",
    ]
    assert re.findall(r"^-+> +(.*)", message, re.MULTILINE) == ["h()", "return g()", "return f()", "return 1 / 0"]
    assert message.count("division by zero") == 1

    write(root, "x = = 1")
    with pytest.raises(notebooks.PluginError, match=r"^docs/book\.ipynb, cell 2: SyntaxError: invalid syntax\n\ndocs/book\.ipynb, cell 2\n"):
        notebooks.execute(root / "docs/book.ipynb")


def test_a_page_shows_what_its_notebook_printed_before_until_the_next_run_ends(root, monkeypatch):
    book, go_on, runs = root / "docs/book.ipynb", threading.Event(), []

    def run(path, number):
        runs.append(number)
        go_on.wait()
        notebook = self_contained_notebooks.read(path)
        if "fails" in notebook.cells[-1].source:
            raise notebooks.PluginError("docs/book.ipynb, cell 2: it fails")
        notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", name="stdout", text=f"Run {len(runs)}.")]
        return notebook

    def shown():
        problems.running.clear()
        problems.failed_runs.clear()
        return kept_runs.start([book])[book]

    monkeypatch.setattr(notebooks, "run", run)
    monkeypatch.setattr(kept_runs, "started", {})
    first = shown()
    assert not first.done() and not problems.running, "a page waits for the first run"
    go_on.set()
    assert "Run 1." in first.result() and not kept_runs.ended().exists()
    write(root, CODE, text="Another text.")
    assert "Another text." in shown().result() and "Run 1." in shown().result() and not problems.running

    go_on.clear()
    (root / "snippets/inner.py").write_text(FILES["snippets/inner.py"].replace("1", "2"))
    assert "Run 1." in shown().result() and [each.page for each in problems.running] == ["book.ipynb"]
    assert shown().done()
    go_on.set()
    kept_runs.started[book][1].result()
    assert len(runs) == 2, "the notebook ran twice after one edit"
    assert kept_runs.ended().exists(), "without this file, MkDocs doesn't build again"
    assert "Run 2." in shown().result() and not problems.running

    write(root, f"{CODE}\nfails", text="Text.")
    shown()
    assert "it fails" in str(kept_runs.started[book][1].exception())
    assert "fails" in shown().result() and [each.text for each in problems.failed_runs] == ["docs/book.ipynb, cell 2: it fails"]
    assert len(runs) == 3, "a notebook that failed must not run again before it is edited"


def test_the_authors_own_filter_of_warnings_does_not_reach_the_kernel(root, monkeypatch):
    write(root, "import sys\nprint(sys.warnoptions, sys.flags.dev_mode)")
    for name, value in {"PYTHONWARNINGS": "default", "PYTHONDEVMODE": "1"}.items():
        monkeypatch.setenv(name, value)
        assert "```text\n[] False\n```" in notebooks.execute(root / "docs/book.ipynb"), name


def test_a_warning_stops_the_build_unless_it_says_that_matplotlib_looks_for_fonts(root):
    for code in ["import sys\nprint('!', file=sys.stderr)", "import warnings\nwarnings.warn('!')", "import numpy\nnumpy.log(numpy.zeros(1))"]:
        write(root, code)
        with pytest.raises(notebooks.PluginError, match="book.ipynb, cell 2: writes to stderr"):
            kept_runs.run_and_keep(root / "docs/book.ipynb")
        assert kept(root / "docs/book.ipynb") is None
    write(root, "import logging\nlogging.getLogger('matplotlib.font_manager').warning('building the font cache')\nprint('drawn')")
    assert "drawn" in notebooks.execute(root / "docs/book.ipynb")


def test_only_notebooks_that_run_are_logged(root, caplog):
    caplog.set_level("INFO", "mkdocs.notebooks")
    write(root, "1")
    other = root / "docs/other.ipynb"
    shutil.copy(root / "docs/book.ipynb", other)
    for _ in range(2):
        runs = kept_runs.start([root / "docs/book.ipynb", other])
        assert all("```python\n1\n```" in run.result() for run in runs.values())
    assert sorted(caplog.messages) == ["Running book.ipynb, 1 of 2", "Running other.ipynb, 2 of 2"]


def test_a_plot_is_not_finer_than_can_be_seen_and_its_texts_stay():
    svg = '<svg viewBox="0 0 9.8765 2"><path d="M 1.23456 -0.128 L 3.5 4"/><text x="0.126">0.001234</text></svg>'
    assert plots.in_page(svg, "an error of 0.00123") == (
        '<svg role="img" aria-label="an error of 0.00123" viewBox="0 0 9.88 2"><path d="M 1.23 -0.13 L 3.5 4"/><text x="0.13">0.001234</text></svg>'
    )

"""A notebook that is downloaded, and a notebook page that is copied block by block, work without the repository."""

import functools
import importlib.metadata
import json
import os
import re
import subprocess
import sys

import nbformat
import pytest

from machinery.content import check_my_gradient, self_contained_notebooks
from machinery.sources import DOCS, notebooks, read_notebook
from tests import site_checks
from tests.conftest import SITE_URL
from tests.test_readme import WORKFLOW

# Run what is pasted as Python's prompt does: one statement after another. The value of the last one is shown.
PROMPT = """
import ast, json, sys, warnings
warnings.simplefilter("error")
warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")  # from plt.show()
sys.path.insert(0, "")
names = {"__name__": "__main__"}
sys.displayhook = lambda value: None if value is None or hasattr(value, "_repr_markdown_") else print(value)
for block in json.load(sys.stdin):
    *statements, last = ast.parse(block).body
    exec(compile(ast.Module(statements, []), "<prompt>", "exec"), names)
    exec(compile(ast.Interactive([last]), "<prompt>", "single"), names)
plots = sys.modules.get("matplotlib.pyplot")
print("plots:", len(plots.get_fignums()) if plots else 0)
"""


def pasted(blocks, folder):
    """Return what the blocks print, one after another, in a Python that sees neither the repository nor another file."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", PROMPT],
        input=json.dumps(blocks), cwd=folder, capture_output=True, encoding="utf-8", timeout=120, env={**os.environ, "MPLBACKEND": "agg"},
    )
    assert done.returncode == 0, done.stderr
    return [line.rstrip() for line in done.stdout.splitlines() if line.strip()]


def page_of(site, path):
    name = path.relative_to(DOCS).with_suffix("")
    return site / name, site_checks.page(site, name)


def blocks_of(folder, page):
    """Return the Python blocks of a page; those that it fetches when they are unfolded come from their files."""
    found = []
    for block in page.select("article .language-python.highlight"):
        fold = block.find_parent("details")
        link = fold and fold.select_one("a[download]")
        shown = (text for text in block.strings if not text.find_parent(class_="checks-door"))  # copying leaves it out
        found.append((folder / link["href"]).read_text("utf-8") if link else "".join(shown))
    return [block.strip() for block in found]


def cells_of(folder):
    """Return the packages that a download names in its first cell, and its other cells with code."""
    (path,) = folder.glob("*.ipynb")
    first, *others = [cell.source for cell in read_notebook(path).cells if cell.cell_type == "code"]
    return re.fullmatch(r"%pip install -q (.*)", first)[1].split(), others


distributions = functools.cache(importlib.metadata.packages_distributions)
each_notebook = pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)


# The sample is every third notebook: each build runs the same code in a kernel, and the next test compares it with the page.
@pytest.mark.sampled(3, 1)
@each_notebook
def test_the_blocks_of_a_page_pasted_into_an_empty_python_print_what_it_shows(site, tmp_path, path):
    folder, page = page_of(site, path)
    shown = [line.rstrip() for block in page.select(".language-text.highlight") for line in block.get_text().splitlines() if line.strip()]
    shown.append(f"plots: {len(page.select('figure.plot'))}")
    assert pasted(blocks_of(folder, page), tmp_path) == shown


@each_notebook
def test_a_download_is_the_page_and_names_the_packages_that_it_imports(site, path):
    folder, page = page_of(site, path)
    packages, cells = cells_of(folder)
    assert [re.sub(r"^#\| fig-alt:.*\n", "", cell).strip() for cell in cells] == blocks_of(folder, page)

    imported = set(re.findall(r"^(?:from|import) ([a-z]\w*)", "\n".join(cells), re.MULTILINE)) - sys.stdlib_module_names
    assert {name for name in imported if not set(distributions().get(name, ())) & set(packages)} <= {"diagnose"}


def test_an_output_that_is_not_the_page_s_and_a_missing_name_are_noticed(tmp_path):
    assert pasted(["a = 1", "print(a)\na"], tmp_path) == ["1", "1", "plots: 0"]
    for missing in ("import snippets", "open('data/pytorch.json')", "print(undefined)"):
        with pytest.raises(AssertionError, match="ModuleNotFoundError|FileNotFoundError|NameError"):
            pasted([missing], tmp_path)


@pytest.fixture
def book(monkeypatch):
    """A function that returns the cells of a notebook of one cell, with what this uses inside."""

    def cells(source):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        monkeypatch.setattr(self_contained_notebooks, "read_notebook", lambda path: notebook)
        return [cell.source for cell in self_contained_notebooks.read(DOCS / "planted.ipynb").cells]

    return cells


def test_code_is_added_once_with_the_functions_that_it_calls_and_its_name_in_the_notebook(book):
    code, cell = book("import numpy as np\n\nfrom snippets.jacobian import vector_jacobian_product as product\nfrom snippets.softmax import softmax\n\nprint(1)")
    assert cell == "import numpy as np\n\nprint(1)"
    found = re.findall(r"^(def \w+|\w+ = \w+)", code, re.MULTILINE)
    assert sorted(found) == ["def as_floats", "def as_logits", "def softmax", "def vector_jacobian_product", "product = vector_jacobian_product"]
    assert found[-1].startswith("product"), "the other name of a function must follow its definition"
    assert code.count("import numpy as np") == 1 and "Parameters" not in code


def test_a_snippet_without_sections_becomes_a_file_beside_the_notebook(book):
    program, cell = book("from snippets.diagnose import diagnose\nopen('data/nowhere.json')")
    assert 'Path("diagnose.py")' in program and cell == "from diagnose import diagnose\nopen('data/nowhere.json')"


@pytest.mark.parametrize("text", ["a\n", "'''", "\\", "\\n", "'", '"""', "é"])
def test_the_cell_of_a_file_writes_it_unchanged(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    exec(self_contained_notebooks.file_cell(self_contained_notebooks.Piece("data/a.txt", text, is_file=True)).source, {})
    assert (tmp_path / "data/a.txt").read_text("utf-8") == text


@pytest.mark.parametrize(
    "source, message",
    [
        ("import snippets.softmax", "write 'import snippets.softmax' as 'from snippets.softmax import softmax'"),
        ("from snippets import softmax", "write 'from snippets import softmax' as "),
        ("def f():\n    from snippets.softmax import softmax", "at the top of the cell"),
        ("from snippets.sofmax import softmax", "there is no snippets/sofmax.py: there are "),
        ("from snippets.softmax import sofmax", "snippets/softmax.py has no section 'sofmax': it has softmax"),
    ],
)
def test_imports_that_cannot_be_replaced_are_refused_with_the_way_out(book, source, message):
    with pytest.raises(self_contained_notebooks.PluginError, match=re.escape(message)) as refused:
        book(source)
    assert str(refused.value).startswith("docs/planted.ipynb, cell 1: ")


def test_links_of_a_download_lead_to_the_site(site):
    text = (site / "mistakes/mistakes.ipynb").read_text("utf-8")
    assert f"]({SITE_URL}is-mine-right/)" in text and not re.search(r"\]\([\w./-]+\.(md|ipynb)", text)


RIGHT = """\
import numpy as np

def loss_and_gradient(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    Y = np.eye(logits.shape[1])[labels]
    return -(Y * log_p).sum(axis=1).mean(), (np.exp(log_p) - Y) / len(labels)
"""


def test_check_my_gradient_brings_the_program_and_judges_the_second_cell(site, tmp_path):
    notebook = read_notebook(site / check_my_gradient.NAME)
    bring, example, answer = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert {"Wrong.", "Forgot the batch mean"} <= set(pasted([bring, example, answer], tmp_path))
    assert (tmp_path / "diagnose.py").read_bytes() == (site / "diagnose.py").read_bytes()
    assert pasted([bring, RIGHT, answer], tmp_path)[0] == "Correct."


def test_notebooks_open_in_colab_where_the_workflow_has_put_them(site, copy, tmp_path):
    branch = "https://colab.research.google.com/github/owner/name/blob/notebooks/"
    assert not any("colab.research" in page.read_text("utf-8") for page in site.rglob("*.html"))
    copy.keep("is-mine-right.md")
    copy.replace("mkdocs.yml", '!ENV [COLAB_URL, ""]', branch)
    code, output = copy.build()
    assert code == 0, output
    pages = "".join(page.read_text("utf-8") for page in (copy.root / "site").rglob("index.html"))
    linked = re.findall(rf'href="{branch}([^"]+)"[^>]*>Open in Colab</a>', pages)

    subprocess.run(["tar", "-cf", tmp_path / "artifact.tar", "-C", copy.root / "site", "."], check=True)
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "repository"], check=True)
    [push] = [step for step in WORKFLOW["jobs"]["notebooks"]["steps"] if "run" in step]
    github = {"TOKEN": "token", "GITHUB_REPOSITORY": "owner/name", "GITHUB_SHA": "0" * 40}
    instead = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{tmp_path}/repository.insteadOf",
               "GIT_CONFIG_VALUE_0": "https://x-access-token:token@github.com/owner/name"}
    subprocess.run(["bash", "-ec", push["run"]], cwd=tmp_path, env={**os.environ, **github, **instead}, check=True)
    pushed = subprocess.run(["git", "ls-tree", "-r", "--name-only", "notebooks"], cwd=tmp_path / "repository", capture_output=True, text=True).stdout
    assert sorted(linked) == sorted(pushed.split()) and len(linked) == len(notebooks()) + 1

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

from machinery.content import check_my_gradient, copied_cells, self_contained_notebooks
from machinery.sources import DOCS, notebooks, read_notebook
from tests import built_site
from tests.conftest import SITE_URL
from tests.test_readme import WORKFLOW

# Run what is pasted as Python's prompt does: one statement after another. The value of the last one is shown, unless a semicolon hides it in Jupyter.
# With an argument, each block gets a new prompt.
PROMPT = """
import ast, json, sys, warnings
warnings.simplefilter("error")
warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")  # from plt.show()
sys.path.insert(0, "")
names = {"__name__": "__main__"}
sys.displayhook = lambda value: None if value is None or hasattr(value, "_repr_markdown_") else print(value)
for block in json.load(sys.stdin):
    if sys.argv[1:]:
        names = {"__name__": "__main__"}
    program = ast.parse(block)
    last = [] if block.endswith(";") else [program.body.pop()]
    exec(compile(program, "<prompt>", "exec"), names)
    exec(compile(ast.Interactive(last), "<prompt>", "single"), names)
plots = sys.modules.get("matplotlib.pyplot")
print("plots:", len(plots.get_fignums()) if plots else 0)
"""


def pasted(blocks, folder, *alone):
    """Return what the blocks print, one after another, in a Python that sees neither the repository nor another file."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", PROMPT, *alone],
        input=json.dumps(blocks), cwd=folder, capture_output=True, encoding="utf-8", timeout=120, env={**os.environ, "MPLBACKEND": "agg"},
    )
    assert done.returncode == 0, done.stderr
    return [line.rstrip() for line in done.stdout.splitlines() if line.strip()]


def page_of(site, path):
    name = path.relative_to(DOCS).with_suffix("")
    return site / name, built_site.page(site, name)


def blocks_of(folder, page):
    """Return the Python blocks of a page; those that it fetches when they are unfolded come from their files."""
    found = []
    for block in page.select("article .language-python.highlight"):
        fold = block.find_parent("details")
        link = fold and fold.select_one("a[download]")
        found.append((folder / link["href"]).read_text("utf-8") if link else shown(block))
    return [block.strip() for block in found]


def shown(block):
    return "".join(text for text in block.strings if not text.find_parent(class_="checks-door"))  # copying leaves it out


def copies_of(folder, page):
    """Return what the copy buttons of a notebook's page should give: each block below the lines that it names, by block, first and last line."""
    blocks = page.select("article .language-python.highlight")
    lines = [shown(block).rstrip().split("\n") for block in blocks]
    found = []
    for block, own in zip(blocks, blocks_of(folder, page), strict=True):
        needed = [map(int, part.split("-")) for part in block.get("data-needs", "").split()]
        found.append("\n\n\n".join([*("\n".join(lines[cell][first - 1 : last]) for cell, first, last in needed), own]))
    return found


def printed_on(page):
    """Return the lines that the blocks of a page print, and the number of plots."""
    shown = [line.rstrip() for block in page.select(".language-text.highlight") for line in block.get_text().splitlines() if line.strip()]
    return [*shown, f"plots: {len(page.select('figure.plot'))}"]


def cells_of(folder):
    """Return the packages that a download names in its first cell, and its other cells with code."""
    (path,) = folder.glob("*.ipynb")
    first, *others = [cell.source for cell in read_notebook(path).cells if cell.cell_type == "code"]
    return re.fullmatch(r"%pip install -q (.*)", first)[1].split(), others


distributions = functools.cache(importlib.metadata.packages_distributions)
each_notebook = pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)


@each_notebook
def test_each_block_of_a_page_runs_alone_with_the_lines_that_are_copied_along(site, tmp_path, path):
    folder, page = page_of(site, path)
    assert pasted(copies_of(folder, page), tmp_path, "alone") == printed_on(page)


@pytest.mark.parametrize(("cells", "needed"), [
    (["import numpy as np\na = 1", "b = 2", "print(np.ones(a))"], [(0, 1, 2)]),
    (["a = 1\nb = a\nprint(b)\nc = b", "print(c)"], [(0, 1, 2), (0, 4, 4)]),
    (["a = 1\n\n\nb = a", "print(b)"], [(0, 1, 4)]),
    (["a = 1\n\n\n\nprint(a)\n\n\nb = a", "print(b)"], [(0, 1, 1), (0, 8, 8)]),
    (["a = 1", "a = 2", "print(a)"], [(1, 1, 1)]),
    (["a = [1]", "a[0] = 2", "a.append(3)", "a += [4]", "print(a)"], [(0, 1, 1), (1, 1, 1), (2, 1, 1), (3, 1, 1)]),
    (["import a\nb = a.b", "import a\nc = a.c\na.show()", "print(a, b, c)"], [(0, 1, 2), (1, 2, 2)]),
    (["a, b = 1, 2", "def f(a):\n    return a + b\n", "print(f(3))"], [(0, 1, 1), (1, 1, 2)]),
    (["a = x = 1", "for a in range(3):\n    b = a\n    print(b)\nprint([x for x in 'abc'])"], []),
    (["a = 1", "print([a for a in a])"], [(0, 1, 1)]),
    (["def f():\n    return g()\ndef g():\n    return a\na = 1\nprint(f())", "f()"], [(0, 1, 5)]),
    (["a = 1\nb = 2", "try:\n    b\nexcept ValueError as a:\n    print(a)"], [(0, 2, 2)]),
    (["a = 1", "%pip install a", "print(a)"], [(0, 1, 1)]),
    (["a = 1", "if a:\n    a = 2\n", "print(a)"], [(0, 1, 1), (1, 1, 2)]),
])
def test_a_block_needs_what_binds_or_changes_the_names_that_it_uses(cells, needed):
    assert copied_cells.needed_lines([(code, None) for code in cells])[-1] == needed


def test_a_block_needs_the_file_that_it_opens_or_imports():
    cells = [("...", "data/a.json"), ("...", "b.py"), ("import json\nwith open('data/a.json') as file:\n    a = json.load(file)", None), ("from b import c\nprint(a)", None)]
    assert copied_cells.needed_lines(cells)[2:] == [[(0, 1, 1)], [(0, 1, 1), (1, 1, 1), (2, 1, 3)]]


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

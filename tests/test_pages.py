"""Every code block of every page is executed or listed as shown only, and the outputs shown are those of the blocks."""

import ast
import functools
import re
import sys
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from mkdocs.utils.meta import get_data
from pytest_codeblocks.main import extract_from_file

from machinery import fences
from machinery.content.functions_of_equations import REFERENCE
from machinery.includes import expanded
from machinery.sources import DOCS, ROOT, SNIPPETS, files_in, lines, notebooks, read_notebook, render, renderer, text_of
from tests.fail_with_message import refuse
from tests.pages import markdown_pages, wrong_references
from tests.test_style import ruff

# What a page may show without running it here, and why.
SHOWN_ONLY = {
    "console": "commands for the reader's own machine",
    "powershell": "the same, on Windows",
    "markdown": "how to write a page",
    "tex": "how to write a formula; the build typesets those of the pages",
    "julia": "needs Julia; test_paste.py compares the numbers",
    "matlab": "needs MATLAB; test_paste.py compares the numbers",
    "r": "needs R; test_paste.py compares the numbers",
    "diff": "the fix of the program above; test_gallery.py applies it",
    "pytorch": "needs PyTorch; `python -m tests.record_pytorch --check` runs them",
    "framework": "needs JAX, Keras or scikit-learn; `python -m tests.record_frameworks --check` runs them",
}
OUTPUT = "An output is ```text below a python block, with <!--pytest-codeblocks:expected-output--> on the line above it"
CLEAR = ".venv/bin/jupyter nbconvert --clear-output --inplace"
COLUMNS = 80  # of code and output, beside the navigation


def name(path):
    return path.relative_to(ROOT).as_posix()


def blocks(markdown_text, place):
    """Return kind, text and line of each code block of a page, as it is rendered."""
    body, _ = get_data(markdown_text)
    page = BeautifulSoup(renderer().reset().convert(body), "html.parser")
    found, (lines, _) = page.find_all("pre"), fences.read(markdown_text)
    if len(found) != len(lines):
        refuse(f"{place}: {len(found)} code blocks, but {len(lines)} fences: don't indent code instead")
    kinds = [
        next((c.removeprefix("language-") for c in pre.parent["class"] if c.startswith("language-")), None)
        for pre in found
    ]
    return [(kind, pre.get_text().strip("\n"), line) for kind, pre, line in zip(kinds, found, lines)]


@functools.cache
def shown(path):
    if wrong := fences.find_wrong(path):
        refuse(*wrong)
    return blocks(path.read_text("utf-8"), name(path))


@functools.cache
def run(path):
    return [block for block in extract_from_file(path) if block.syntax in ("python", "sh", "bash")]


def instead_of(kind):
    if re.match("i?py", kind, re.IGNORECASE):
        return "Code that runs begins with ```python alone, and what it prints is a block of its own"
    if re.match("out|std|plain|none|result|print", kind, re.IGNORECASE):
        return OUTPUT
    return f"Blocks that are only shown begin with {', '.join(f'```{each}' for each in SHOWN_ONLY)}; another kind needs a line in SHOWN_ONLY in tests/test_pages.py, with the reason"


each_page = pytest.mark.parametrize("path", markdown_pages(), ids=name)
each_notebook = pytest.mark.parametrize("path", notebooks(), ids=name)


@each_page
def test_each_block_is_executed_or_listed_as_shown_only(path):
    ran = {block.lineno: expanded(block.code).strip("\n") for block in run(path) if block.syntax == "python"}
    executed = Counter(ran.values())
    compared = Counter((block.expected_output or "").strip("\n") for block in run(path))
    problems = []
    for kind, text, line in shown(path):
        accounts = {"python": executed, "text": compared}.get(kind)
        if accounts is not None and accounts[text] > 0:
            accounts[text] -= 1
        elif kind == "python":
            problems.append(f"{name(path)}:{line}: this python block is not what runs. Begin it with ```python alone, at the left edge")
        elif kind == "text":
            problems.append(f"{name(path)}:{line}: this output is not compared with what a block printed. {OUTPUT}")
        elif kind not in SHOWN_ONLY:
            problems.append(f"{name(path)}:{line}: a block of kind {kind!r} is neither executed nor listed as shown only. {instead_of(str(kind))}")
    problems += [f"{name(path)}:{line}: this block is executed, but it is not shown as it runs" for line, code in ran.items() if executed[code] > 0]
    if problems:
        refuse(*problems)


@each_page
def test_no_block_is_skipped(path):
    for block in run(path):
        if block.marks or block.importorskip:
            refuse(f"{name(path)}:{block.lineno}: this block is skipped")


def tree(code):
    try:
        return ast.parse(code)
    except SyntaxError:  # its run says where
        return ast.Module([], [])


@each_page
def test_blocks_run_alone_in_an_empty_python_with_numpy(path):
    for kind, text, line in shown(path):
        if kind == "python":
            imported = {
                module.split(".")[0]
                for node in ast.walk(tree(text))
                if isinstance(node, (ast.Import, ast.ImportFrom))
                for module in ([node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
            }
            others = imported - {"numpy"} - set(sys.stdlib_module_names)
            if others:
                what = "include the function with --8<-- instead" if "snippets" in others else "NumPy alone is there"
                refuse(f"{name(path)}:{line}: a reader who copies this block can't import {', '.join(sorted(others))}: {what}")


def undefined(program):
    return ruff("--isolated", "--select", "F821", "--output-format", "concise", "-", input=program).stdout.count("F821")


def programs(path):
    """Return the programs of a page that its readers run elsewhere; a single line is quoted from one."""
    texts = [path.read_text("utf-8")] if path.suffix == ".md" else [cell.source for cell in read_notebook(path).cells if cell.cell_type == "markdown"]
    return [text for page in texts for kind, text, _ in blocks(page, name(path)) if kind in ("pytorch", "framework") and "\n" in text]


@pytest.mark.parametrize("path", [*markdown_pages(), *notebooks()], ids=name)
def test_programs_for_a_framework_define_what_they_use(path):
    for program in programs(path):
        if undefined(program):
            refuse(f"{name(path)}: a reader who copies this block lacks names: import or define them in it", program)


def test_a_program_without_its_import_is_noticed():
    (program,) = programs(DOCS / "network.ipynb")
    assert undefined(program) == 0 and undefined(program.replace("import torch\n", "")) > 0


@each_page
def test_code_and_outputs_fit_beside_the_navigation(path):
    for kind, text, line in shown(path):
        if long := [row for row in text.split("\n") if kind in ("python", "text") and len(row) > COLUMNS]:
            refuse(f"{name(path)}:{line}: more than {COLUMNS} columns, the width beside the navigation: break the line, or print less", *(f"{origin(row)}{row}" for row in long))


def test_a_row_of_a_snippet_is_traced_to_its_line():
    assert re.fullmatch(r"snippets/softmax\.py:\d+: ", origin('    """Return the probabilities s = S(z) of each row of logits."""'))
    assert origin("print(softmax([1.0, 2.0]))") == ""


def origin(row):
    """Return which line of a snippet a page shows as this row, as `snippets/softmax.py:12: `, or ""; of a docstring, the page shows the first line."""
    files = [(name(path), text_of(path).split("\n")) for path in files_in(SNIPPETS, "*.py")]
    return next((f"{file}:{number}: " for file, rows in files for number, line in enumerate(rows, 1) if line.rstrip('"') == row.rstrip('"')), "")


@each_notebook
def test_notebooks_are_saved_without_outputs_and_show_only_what_they_run(path):
    if wrong := fences.find_wrong(path):
        refuse(*wrong)
    for number, cell in enumerate(read_notebook(path).cells, start=1):
        place = f"{name(path)}, cell {number}"
        if cell.cell_type == "code":
            if cell.outputs or cell.execution_count is not None:
                refuse(f"{place}: save it without outputs: {CLEAR} {name(path)}")
            code = re.sub(r"^#\| fig-alt:.*\n", "", cell.source, flags=re.MULTILINE)
            if long := [line for line in code.split("\n") if len(line) > COLUMNS]:
                refuse(f"{place}: more than {COLUMNS} columns, the width beside the navigation: break the line, or print less", *long)
        else:
            for kind, *_ in blocks(cell.source, place):
                if kind not in SHOWN_ONLY:
                    refuse(f"{place}: a block of kind {kind!r} is not executed. What runs is a cell of code")


@pytest.mark.parametrize("path", [*files_in(DOCS, "**/*.md"), *notebooks()], ids=name)
def test_each_page_describes_itself(path):
    matter = read_notebook(path).metadata if path.suffix == ".ipynb" else get_data(path.read_text("utf-8"))[1]
    where = "to the metadata of the notebook" if path.suffix == ".ipynb" else "at its head, between two lines of ---"
    length = len(matter.get("description") or "")
    if not 50 <= length <= 300:
        refuse(f"{name(path)}: its description has {length} characters. Add one of 50 to 300 {where}: description: What the page answers.")
    tags = matter.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        refuse(f"{name(path)}: tags are a list of words, such as tags: [hinge, SVM]")


def wrong_anchors(placed):
    """Return a message for each heading that has the anchor of one above it, or one made of TeX, of pairs of place and line of Markdown."""
    page = BeautifulSoup(render("\n".join(line for _, line in placed)), "html.parser")
    seen, found = set(), []
    for heading in page.find_all(re.compile("h[1-6]"), id=True):
        anchor = heading["id"]
        unnumbered = re.sub(r"_\d+$", "", anchor)  # Python-Markdown numbers those that it has made
        if taken := {anchor, unnumbered} & seen:
            title = heading.get_text().removesuffix("¶")
            written = re.compile(rf"#+ ({re.escape(title)}\s*({{.*}})?|.*{{#{anchor}}})\s*")
            *_, place = placed[0][0], *(place for place, line in placed if written.fullmatch(line))
            found.append(f"{place}: a heading above has the anchor #{min(taken)} already, so no link can lead to this one. Give it another, as in ## {title} {{#other}}")
        formula = heading.find(class_="arithmatex")
        if formula and not any(f"{{#{anchor}}}" in line for _, line in placed):
            place = next((place for place, line in placed if line.startswith("#") and formula.get_text()[2:-2] in line), placed[0][0])
            found.append(f"{place}: the anchor of this heading is made of TeX, #{anchor}. Give it one that stays, as in ## The factor \\(s_c\\) {{#factor}}")
        seen.add(anchor)
    return found


@pytest.mark.parametrize("path", [*markdown_pages(), *notebooks()], ids=name)
def test_each_heading_has_an_anchor_of_its_own(path):
    placed = lines(path)
    if path.suffix == ".ipynb":
        prose = {f"{name(path)}, cell {number}" for number, cell in enumerate(read_notebook(path).cells, start=1) if cell.cell_type == "markdown"}
        placed = [(place, line) for place, line in placed if place in prose]
    if found := wrong_anchors(placed):
        refuse(*found)


def test_a_repeated_anchor_is_noticed():
    page = "# Page\n\n## Loss\n\n```\n# Loss\n```\n\n## Loss {#two}\n\n## Loss\n\n## Other {#two}\n\n## Loss of rows {#l_2}\n"
    messages = wrong_anchors([(f"p.md:{number}", line) for number, line in enumerate(page.split("\n"), start=1)])
    assert [message.partition(" already")[0] for message in messages] == ["p.md:11: a heading above has the anchor #loss", "p.md:13: a heading above has the anchor #two"]


def test_an_anchor_made_of_tex_is_noticed():
    page = ["# Page", "## The factor \\(s_c\\)", "## Half of $\\frac{1}{2}$", "## Own \\(s_c\\) {#own}"]
    messages = wrong_anchors([(f"p.md:{number}", line) for number, line in enumerate("\n\n".join(page).split("\n"), start=1)])
    assert [message.partition(". ")[0] for message in messages] == [
        "p.md:3: the anchor of this heading is made of TeX, #the-factor-s_c", "p.md:5: the anchor of this heading is made of TeX, #half-of-frac12",
    ]


@pytest.mark.parametrize("path", files_in(SNIPPETS, "*.py"), ids=name)
def test_docstrings_name_pages_and_equations_that_exist(path):
    if wrong := wrong_references(path.read_text("utf-8")):
        refuse(*(f"{name(path)}: a docstring says otherwise than the pages: {each}" for each in wrong))


def test_a_wrong_reference_of_a_docstring_is_noticed():
    good = 'Derived on the page "Derivation", equations (D6) and\n    (D7). The page "Gradient check", equation (G1).'
    assert REFERENCE.findall(good) == [("Derivation", "D6", "and", "D7"), ("Gradient check", "G1", "", "")]
    assert not wrong_references(good)
    for old, new, found in [
        ("(D7)", "(D99)", 'the page "Derivation" has no equation (D99), only D1, '), ("Derivation", "Nowhere", 'no page is called "Nowhere". '),
        ("(G1)", "(D4)", 'the page "Gradient check" has no equation (D4), but it is on the page "Derivation"'),
    ]:
        (message,) = wrong_references(good.replace(old, new))
        assert message.startswith(found)

"""Plant each defect that a check is there for, and see whether the check notices it.

These are the defects that this toolchain accepts silently when it is set up as its manuals
show.
"""

import json
import re
import shutil

import pytest
from bs4 import BeautifulSoup

from machinery import fences
from machinery.sources import render
from tests import built_site
from tests.conftest import SITE_URL, run


def test_a_fork_runs_a_module_as_a_new_process_does(copy):
    copy.write("snippets/probe.py", """\
import os, sys
own = sorted(name for name in sys.modules if name.startswith(("machinery", "snippets", "tests")))
print(__name__, __file__, os.getcwd(), sys.argv, sys.path, own)
print("an error", file=sys.stderr)
print(sys.stdin.read() and "something to read")
sys.exit(3)
""")
    assert copy.run("snippets.probe", "--option", "x") == run(copy.root, "snippets.probe", "--option", "x")
    copy.write("snippets/probe.py", "1 / 0")
    code, output = copy.run("snippets.probe")
    assert code == 1 and output.endswith("ZeroDivisionError: division by zero\n"), output


# Code


def test_a_flipped_sign_in_a_snippet_fails_each_page_that_shows_it(copy):
    copy.replace("snippets/loss_and_gradient.py", "gradient[rows, labels] -= 1 ", "gradient[rows, labels] += 1 ")
    code, output = copy.run("pytest", "-q", "--codeblocks", "docs/index.md", "docs/code.md")
    assert code == 1
    for place in (r"docs/index\.md:\d+: the output", r"docs/code\.md:\d+: the output"):
        assert re.search(place, output), output
    assert "\n--- shown on the page\n+++ printed by the block\n" in output


def test_no_page_keeps_the_numbers_of_an_earlier_build(copy):
    copy.keep()
    copy.add_cell("from snippets.loss_and_gradient import loss_and_gradient\nprint(loss_and_gradient([[0, 0]], [0])[1])")

    def numbers():
        code, output = copy.build()
        assert code == 0, output
        page = BeautifulSoup((copy.root / "site/gradient-check/index.html").read_text("utf-8"), "html.parser")
        return [block.get_text().strip() for block in page.select(".language-text")]

    assert numbers() == ["[[-0.5  0.5]]"]
    copy.replace("snippets/loss_and_gradient.py", "gradient[rows, labels] -= 1 ", "gradient[rows, labels] += 1 ")
    assert numbers() == ["[[1.5 0.5]]"]


def test_a_failing_block_names_its_lines_the_exception_and_both_values(copy):
    copy.replace(
        "snippets/softmax.py",
        "    return exponentials / ",
        "    total = exponentials.sum()\n    assert total == 0\n    return exponentials / ",
    )
    copy.append("docs/notation.md", "\n```python\nprint(undefined)\n```\n\n```python\nimport sys\nsys.exit(3)\n```\n")
    code, output = copy.run("pytest", "-q", "--codeblocks", "docs/routes/jacobian.md", "docs/notation.md")
    assert code == 1
    assert re.search(r"docs/routes/jacobian\.md:\d+: J = jacobian\(\[", output), output
    assert re.search(r"docs/routes/jacobian\.md:\d+, snippets/softmax\.py:\d+: assert total == 0", output), output
    assert re.search(r"AssertionError.*\n.*total = np\.float64\(1\.5\d+\)\n.*0 = 0", output), output
    assert re.search(r"docs/notation\.md:\d+: print\(undefined\)\nNameError: name 'undefined' is not defined\nA block runs alone: ", output), output
    assert re.search(r"docs/notation\.md:\d+: sys\.exit\(3\)\nSystemExit: 3", output), output


def test_what_cannot_be_read_as_blocks_and_outputs_names_its_line_and_the_way_out(copy):
    copy.keep("code.md")
    mark, block, output_ = "<!--pytest-codeblocks:expected-output-->", "```python\nprint(1)\n```", "```text\n1\n```"
    for text, problem in [
        (f"{block}\n\n{mark.replace('-output', '_output')}\n{output_}", f"5: <!--pytest-codeblocks:expected_output--> means nothing: write {mark} above an output"),
        (f"{mark}\n{output_}\n\n{block}", "1: this output has no block above it"),
        (f"{block}\n\n{mark}\n{output_}\n\n{mark}\n{output_}", "10: this block has an output already"),
        (f"{block}\n\n{mark}\n```text\n1", "6: this block is not closed: write ``` on a line below it"),
    ]:
        copy.write("docs/code.md", text)
        message = f"docs/code.md:{problem}\n"
        code, output = copy.run("tests.blocks", "docs/code.md")
        assert (code, output) == (0, message), output
        code, output = copy.run("pytest", "-q", "--codeblocks", "docs/code.md")
        assert code != 0 and f"\n{message}" in output, output


INDENTED = "this fence is indented by {} spaces: write all lines of its block at the left edge, or in a list or an admonition with 4 spaces for each level"


@pytest.mark.parametrize(("text", "place", "spaces"), [
    ("  ```python\n  a = 1\n\n  b = 2\n  ```", 1, 2),
    ("    ```python\n    a = 1\n\n    b = 2\n    ```", 1, 4),
    ("\t```console\n\ta\n\t```", 1, 4),
    ("    ```python\na = 1\n```", 1, 4),  # the opening line alone
    ("```python\na = 1\n  ```", 3, 2),  # the closing line alone
    ("- In a list\n\n    ```python\na = 1\n```", 3, 4),
    ("- In a list\n\n  ~~~console\n  a\n  ~~~", 3, 2),
    ("- In a list\n\nNo more\n\n    ```console\n    a\n    ```", 5, 4),
    ("<details markdown>\n\n    ```console\n    a\n    ```\n\n</details>", 3, 4),
    ("<details markdown>\n\n```console\na\n```\n\n</details>", None, 0),
    ("- In a list\n\n    ```console\n    a\n    ```\n\n    1. below it\n\n        ```console\n        a\n        ```", None, 0),
    ("!!! note\n\n    ```console\n    a\n\n    b\n    ```", None, 0),
    ("````markdown\n- To copy\n\n  ```console\n  a\n  ```\n````", None, 0),
])
def test_an_indented_fence_is_noticed_unless_what_it_is_in_is_indented(text, place, spaces):
    opened, wrong = fences.read(text)
    assert wrong == ([(place, spaces)] if place else [])
    assert place or render(text).count("<pre") == len(opened)


def test_an_indented_fence_stops_the_build_and_is_told_once_for_a_page(copy):
    copy.keep("code.md")
    block = "  ```python\n  print(1)\n  ```"
    copy.write("docs/code.md", f"# Code\n\n{block}\n")
    copy.add_cell(f"Text.\n\n{block}", kind="markdown")
    of_page, of_notebook = f"docs/code.md:3: {INDENTED.format(2)}\n", f"docs/gradient-check.ipynb, cell 2:3: {INDENTED.format(2)}\n"
    code, output = copy.run("mkdocs", "build", "--strict")
    assert code != 0 and output.count(of_page) == output.count(of_notebook) == 1 and "Traceback" not in output, output
    assert not list((copy.root / "site").rglob("*.html")), "nothing half-built is left"
    for page, message in {"code.md": of_page, "gradient-check.ipynb": of_notebook}.items():
        assert copy.run("tests", f"docs/{page}") == (1, f"{message}\ndocs/{page}: 1 to mend\n")
    code, output = copy.run("pytest", "-q", "tests/test_pages.py", "-k", "saved_without_outputs or listed_as_shown_only")
    assert code == 1 and f"\n{of_page}" in output and f"\n{of_notebook}" in output and "Traceback" not in output, output


def test_a_missing_section_or_file_fails_the_tests_and_the_build(copy):
    copy.keep()
    includes = ["softmax.py:sofmax", "sofmax.py:softmax", "softmax.py:3:10"]
    for page, include in zip(("notation", "code", "code"), includes):
        copy.append(f"docs/{page}.md", f'\n```python\n--8<-- "{include}"\n```\n')
    copy.add_cell(f'--8<-- "{includes[0]}"', kind="markdown")
    messages = [
        "docs/notation.md:{}: snippets/softmax.py has no section 'sofmax': it has softmax\n",
        "docs/code.md:{}: there is no snippets/sofmax.py: there are checks.py, ",
        "docs/code.md:{}: can't read '--8<-- \"softmax.py:3:10\"': an include is --8<-- \"softmax.py:softmax\", and nothing after it",
    ]
    for number, include in enumerate(includes):
        page = (copy.root / messages[number].partition(":")[0]).read_text("utf-8").split("\n")
        messages[number] = messages[number].format(page.index(f'--8<-- "{include}"') + 1)
    code, output = copy.run("pytest", "-q", "--codeblocks", "docs/notation.md", "docs/code.md")
    assert code == 1 and all(f"\n{message}" in output for message in messages), output

    code, output = copy.build()
    assert code != 0 and all(f"\n{message}" in output for message in messages), output
    assert "\ndocs/gradient-check.ipynb, cell 2: snippets/softmax.py has no section 'sofmax'" in output, output
    assert "Traceback" not in output and not (copy.root / "site").exists(), output


def test_no_block_is_left_out_silently(copy):
    copy.keep("code.md")
    code = "print('never runs')"
    for block in [
        f'```python title="x"\n{code}\n```',
        f"``` python\n{code}\n```",
        f"~~~python\n{code}\n~~~",
        f"```py\n{code}\n```",
        f"```{{ .python }}\n{code}\n```",
        f"```bash\n{code}\n```",
        f"```text\n{code}\n```",
    ]:
        copy.append("docs/notation.md", f"\n{block}\n")
    copy.append("docs/contributing.md", "\n```python\na = 1\n```\n\n<!--pytest-codeblocks:cont-->\n```python\na\n```\n")
    copy.append("docs/index.md", "\n<!--pytest.mark.skip-->\n```python\n1 / 0\n```\n")
    copy.append("README.md", "\n```python\nfrom snippets.softmax import softmax\n```\n")
    copy.add_cell("```python\nprint('never runs')\n```", kind="markdown")
    copy.replace("docs/code.md", "---\ndescription", "<!--pytest-codeblocks:skipfile-->\n---\ndescription")
    copy.append("docs/summary.md", "\n\n    print('never runs')\n")

    exit_code, output = copy.run("pytest", "-q", "tests/test_pages.py")
    assert exit_code == 1
    lines = (copy.root / "docs/notation.md").read_text("utf-8").split("\n")
    places = [number for number, line in enumerate(lines, start=1) if line == code]
    for number in places:
        assert f"docs/notation.md:{number - 1}: " in output, (number, output)
    for problem in [
        "this python block is not what runs",
        "a block of kind 'py' is neither executed nor listed as shown only. Code that runs begins with ```python alone",
        "a block of kind 'bash' is neither executed nor listed as shown only. Blocks that are only shown begin with ```console, ",
        "this output is not compared with what a block printed. An output is ```text below a python block, with <!--",
        "docs/contributing.md:",
        "docs/index.md:",
        "this block is skipped",
        "a reader who copies this block can't import snippets: include the function with --8<-- instead",
        "docs/gradient-check.ipynb, cell",
        "docs/summary.md: 1 code blocks, but 0 fences",
    ]:
        assert problem in output, (problem, output)
    assert re.search(r"docs/code\.md:\d+: this python block is not what runs", output), output


# Notebooks


def test_a_cell_that_raises_stops_the_build(copy):
    copy.keep()
    copy.add_cell("int('one')")
    copy.add_cell("1 / 0", page="network")
    code, output = copy.build()
    assert code != 0 and re.search(r"gradient-check\.ipynb, cell \d+: ValueError: invalid literal for int", output), output
    assert "int('one')" in output
    assert re.search(r"network\.ipynb, cell \d+: ZeroDivisionError", output), "each that fails is named at once"
    assert not list((copy.root / "site").rglob("*.html")), "nothing half-built is left"


def test_a_damaged_notebook_stops_the_build_and_names_its_line(copy):
    copy.keep()
    copy.write("docs/gradient-check.ipynb", '{\n "cells": [\n<<<<<<< HEAD\n')
    code, output = copy.build()
    assert code != 0 and "\nERROR   -  docs/gradient-check.ipynb:3: this is no notebook: Expecting value" in output, output
    assert "Traceback" not in output and not (copy.root / "site").exists(), output


def test_a_page_in_another_encoding_stops_the_build_and_names_its_line(copy):
    copy.keep()
    (copy.root / "docs/why.md").write_bytes("# Why\n\nFür alle\n".encode("latin-1"))
    for code, output in (copy.build(), copy.run("tests", "docs/why.md")):
        assert code != 0 and "docs/why.md:3: this is not UTF-8: " in output and "Traceback" not in output, output


PLOT = "#| fig-alt: Three lines.\nimport matplotlib.pyplot as plt\nfor n in range(3):\n    plt.plot([n, 1])\nplt.show()"


def test_a_plot_without_description_or_in_a_colour_that_means_something_stops_the_build(copy):
    copy.keep()
    copy.add_cell(PLOT)
    copy.add_cell(PLOT.partition("\n")[2].replace("range(3)", "range(2)"))
    code, output = copy.build()
    assert code != 0 and re.findall(r"docs/gradient-check\.ipynb, cell \d+: .*", output) == [
        'docs/gradient-check.ipynb, cell 2: something is drawn in C2, the colour of logits, without being told to: say color="C0" or "C1", and '
        'tell curves apart by linestyle="--"',
        "docs/gradient-check.ipynb, cell 3: this plot needs a description for those who can't see it, in the first line of its cell: "
        "#| fig-alt: What there is to see.",
    ], output


def test_no_python_file_runs_and_formulas_of_outputs_are_typeset(copy):
    copy.keep()
    (copy.root / "docs/helper.py").write_text("raise SystemExit('executed')\n")
    copy.add_cell(r"from IPython.display import Math" "\n" r"Math(r'\frac{u}{v}')")
    code, output = copy.build()
    assert code == 0, output
    assert not (copy.root / "site/helper").exists()
    page = (copy.root / "site/gradient-check/index.html").read_text("utf-8")
    assert r'data-tex="\displaystyle \frac{u}{v}"' in page


def test_a_snippet_that_no_page_shows_is_noticed(copy):
    copy.append("snippets/softmax.py", "\n\n# --8<-- [start:unused]\nx = 1\n# --8<-- [end:unused]\n")
    code, output = copy.run("pytest", "-q", "tests/test_snippets.py")
    assert code == 1 and "snippets/softmax.py: no page shows the section 'unused'" in output, output


# Links and navigation


def test_dead_links_and_gaps_in_the_navigation_stop_the_build(copy):
    copy.keep("derivation.md")
    links = ["nowhere.md", "derivaton.md#eq-D1", "derivation.md#no-such-anchor", "#symbolz", "#nor-this", "/absolute/", "C:/Users/me/page.md", r"C:\Users\me\page.md", "file:///home/me/page.md"]
    links += ["attachment:pasted.png", "http://127.0.0.1:8000/derivation/", "http://localhost:8888/notebooks/x.ipynb"]
    text = " ".join(f"[dead]({link})" for link in links)
    copy.append("docs/notation.md", f"\n{text}\n")
    copy.add_cell(text, kind="markdown")
    copy.append("docs/forgotten.md", "# Not in the navigation\n")
    copy.append("docs/routes/jacobian.md", "\n[dead](log-sum.md)\n")
    copy.replace("mkdocs.yml", ": index.md\n", ": index.md\n  - Gone: gone.md\n")
    code, output = copy.run("mkdocs", "build", "-q")  # prints warnings and errors only
    assert code != 0 and "INFO" not in output, output
    warnings = [line for line in output.split("\n") if line.startswith("WARNING")]
    for link in links:
        for page in ("notation.md", "gradient-check.ipynb"):
            assert any(page in line and link in line for line in warnings), (page, link, output)
    assert "forgotten.md" in output and any("gone.md" in line for line in warnings), output
    assert re.search(r"docs/notation\.md:\d+: contains a link 'C:\\Users\\me\\page\.md', which no reader can follow\. Save the file in docs/", output), output

    assert " There is no docs/nowhere.md\n" in output and " There is no docs/derivaton.md; nearest: derivation.md\n" in output, output
    assert " There is no docs/routes/log-sum.md; nearest: log-sum-exp.md\n" in output, output
    assert "'#symbolz', but there is no such anchor on this page. Nearest there: #symbols, " in output, output
    assert "'#nor-this', but there is no such anchor on this page.\n" in output, output

    copy.append("README.md", "\n[dead](docs/nowhere.md)\n")
    code, output = copy.run("pytest", "-q", "tests/test_built_site.py", "-k", "readme")
    assert code == 1 and "docs/nowhere.md" in output, output


def test_the_address_of_a_page_with_the_slashes_of_windows_stops_the_build_and_names_the_way_out(copy):
    copy.keep()
    copy.append("docs/notation.md", "\n[Back](routes\\jacobian.md)\n")
    code, output = copy.build()
    assert code != 0 and re.search(r"docs/notation\.md:\d+: contains a link 'routes\\jacobian\.md'.*\. Write / in place of each \\\.", output), output
    assert "in an attribute" not in output, output


def test_names_of_pages_that_hide_one_or_that_no_test_finds_stop_the_build(copy):
    copy.keep()
    copy.write("docs/numbers.md", "# Numbers again\n")
    copy.write("docs/unchecked.markdown", "# Unchecked\n")
    copy.replace("mkdocs.yml", ": index.md\n", ": index.md\n  - Again: numbers.md\n  - Unchecked: unchecked.markdown\n")
    code, output = copy.build()
    assert code != 0 and "docs/numbers.md: docs/numbers.ipynb has the same address, numbers/: rename one of the two\n" in output, output
    assert "docs/unchecked.markdown: only .md and .ipynb are checked: rename it to unchecked.md\n" in output, output


def test_a_site_needs_neither_nav_nor_what_is_extra_and_without_nav_has_one_of_all_pages(copy):
    copy.keep()
    text = (copy.root / "mkdocs.yml").read_text("utf-8")
    copy.write("mkdocs.yml", re.sub(r"^(?:nav|extra):\n(?: .*\n)+", "", text, flags=re.MULTILINE))
    code, output = copy.build()
    assert code == 0 and 'href="../why/"' in (copy.root / "site/notation/index.html").read_text("utf-8"), output


HIDDEN = "docs/._why.md", "docs/.#book.ipynb", "docs/.ipynb_checkpoints/numbers-checkpoint.ipynb", "docs/data/.values.txt", "snippets/._softmax.py"


def test_what_editors_hide_is_no_page_and_no_snippet(copy):
    copy.keep("why.md")
    for name in HIDDEN:
        (copy.root / name).parent.mkdir(exist_ok=True)
        (copy.root / name).write_bytes(b"\0\xff")
    for code, output in (copy.build(), copy.run("tests", "docs/why.md")):
        assert code == 0, output
    published = {path.name for path in (copy.root / "site").rglob("*")}
    assert not [name for name in HIDDEN if name.rpartition("/")[2] in published]


def test_a_snippet_that_can_t_be_imported_is_named_in_one_line(copy):
    copy.keep()
    (copy.root / "snippets/softmax.py").rename(copy.root / "snippets/softmax2.py")
    for arguments, message in {
        ("mkdocs", "build"): "Error: {}", ("mkdocs", "serve"): "Error: {}", ("tests", "docs/why.md"): r"{}\ndocs/why\.md: 1 to mend\n",
    }.items():
        code, output = copy.run(*arguments)
        message = message.format(r"snippets/\w+\.py:\d+: ModuleNotFoundError: No module named 'snippets\.softmax'\n")
        assert code != 0 and re.fullmatch(message, output), output


# Formulas


def test_formulas_that_can_t_be_published_stop_the_build_and_name_their_lines(copy):
    """MathJax refuses some; the others are displays without a unique number, and prose that is read as math."""
    copy.keep("derivation.md")
    copy.replace("docs/derivation.md", r"\frac{\partial L}{\partial s_c} = \frac{-1}{s_c}", r"\frac{\partial L = 1")
    copy.replace("docs/derivation.md", r"\(\mathbf s = S(\mathbf z)\)", r"\(\undefined\)")
    copy.append("docs/notation.md", "\n\\[\na = 1\n\\]\n\n\\[\nb = 1 \\tag{D1}\n\\]\n\n\\(d = 1 \\tag{D99}\\)\n")
    copy.add_cell(r"Broken: $\left( x$", kind="markdown")
    copy.add_cell("It costs $5 and that is 6$ in all.", kind="markdown")
    code, output = copy.build()
    assert code != 0
    source = (copy.root / "docs/derivation.md").read_text("utf-8").split("\n")
    for text, problem in [(r"\frac{\partial L = 1", "Missing close brace"), (r"\undefined", "Undefined control sequence")]:
        line = next(number for number, row in enumerate(source, start=1) if text in row)
        assert re.search(rf"docs/derivation\.md:{line}:\d+: {problem}", output), output
    assert re.search(r"docs/gradient-check\.ipynb, cell \d+:1:\d+: Extra \\left or missing \\right", output), output
    assert re.search(r"docs/notation\.md:\d+:\d+: a displayed equation ends with one \\tag\{\.\.\.\}; [A-Z]+\d+ and all of [A-Z]1, \.\.\. are free", output), output
    assert re.search(r"docs/notation\.md:\d+:\d+: the number D1 is taken by docs/derivation\.md:\d+:\d+; D\d+ and all of [A-Z]1, \.\.\. are free", output), output
    assert re.search(r"docs/notation\.md:\d+:\d+: only a displayed equation has a \\tag", output), output
    assert re.search(r"docs/notation\.md:\d+:\d+: a is not defined on this page", output), "wrong equations are reported together with formulas that can't be typeset"
    assert re.search(r"docs/gradient-check\.ipynb, cell \d+:1:\d+: 'and' looks like prose", output), output


# Markdown makes a formula of each of these, wherever code seems to begin or end in the source.
TYPESET = [
    r"A \` here, \(1 + 1 = 3\), and a \` there.",
    "- A ` here.\n- \\(1 + 1 = 3\\)\n- A ` there.",
    "| A ` | b |\n|---|---|\n| \\(1 + 1 = 3\\) | a ` |",
    "A ` here, \\(1 + 1 = 3\\).\n\n### A ` there\n\n\\(1 + 1 = 3\\)",
    "``` three ``` begin this line.\n\nNothing \\(1 + 1 = 3\\) ends.",
    "~~~text\n`\n~~~\n\nA ` and \\(1 + 1 = 3\\).\n\n    `\n",
    "1. One\n\n    - Two\n\n        \\[\n        1 + 1 = 3 \\tag{X1}\n        \\]",
    "!!! note \"The title \\(1 + 1 = 3\\)\"\n\n    A ` and \\(1 + 1 = 3\\).",
    "Term `\n:   \\(1 + 1 = 3\\)",
    "> A `\n>\n> \\[\n> 1 + 1\n> = 3 \\tag{X2}\n> \\]",
    "<div markdown>\n\n` \\(1 + 1 = 3\\)\n\n</div>",
    "<b>x</b> \\(1 + 1 = 3\\) <!-- ` --> \\(1 + 1 = 3\\) <i>x</i>",
    '<p><span class="arithmatex">\\(1 + 1 = 3\\)</span></p>',
    "**`[\\(1 + 1 = 3\\)](questions.md) [^1]: \\(1 + 1 = 3\\)**",
    "| a |\n|---|\n| \\(\\|1 + 1\\| = 3\\) |",
    "$1 + 1 = 3$\n\n$$\n1 + 1 = 3 \\tag{X3}\n$$\n\n\\begin{align}\n1 + 1 &= 3 \\tag{X4}\n\\end{align}",
]
# Of these it makes none, so readers would see TeX.
SHOWN_AS_TEX = [
    "Text\n\\[\n1 + 1 = 3\n\\]", r"Never \(closed = 3", r"\\(1 + 1 = 3\\)", r"\(1 + 1 = 3\){: .logits }", "<div>\\(1 + 1 = 3\\)</div>",
    r'[words](questions.md "\(1 + 1 = 3\)")', r'<b title="\(1 + 1 = 3\)">words</b>', r"1 + 1 \neq 2",
]


def test_every_formula_that_is_typeset_is_evaluated_and_tex_outside_of_formulas_is_refused(copy):
    copy.keep()
    planted = [text.replace("= 3", f"= {number}") for number, text in enumerate(TYPESET + SHOWN_AS_TEX, start=3)]
    copy.append("docs/questions.md", "\n\n" + "\n\nText.\n\n".join(planted))
    copy.add_cell("from IPython.display import Latex, Markdown\nMarkdown('Then $1 + 1 = 3$')")
    copy.add_cell("Latex('$1 + 1 = %d$' % 3)")
    code, output = copy.build()
    assert code != 0
    page = (copy.root / "docs/questions.md").read_text("utf-8")
    for number, text in enumerate(planted):
        typeset = number < len(TYPESET)
        for sign in re.finditer(r"= \d" if typeset else r"\\\[|\\\(|\\neq", text):
            before = page[: page.index(text) + sign.start()]
            place = f"docs/questions.md:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}: "
            message = "this does not hold" if typeset else f"'{sign[0]}' "
            assert f"\n{place}{message}" in output, (text, place, output)
    assert output.count("\ndocs/gradient-check.ipynb, made by a program: this does not hold") == 2, output


def test_a_relation_that_nothing_evaluates_and_a_formula_only_in_a_title_stop_the_build(copy):
    copy.keep()
    copy.append("docs/questions.md", "\n\n\\(2 \\doteq 3\\), \\(2 ≤ 1\\), and without any \\(a \\to b\\), \\(p(x \\mid y)\\).\n")
    copy.replace("mkdocs.yml", "- Questions: questions.md", r"- Questions \(1 = 2\): questions.md")
    code, output = copy.build()
    assert code != 0
    for relation in "≐≤":
        assert re.search(rf"docs/questions\.md:\d+:\d+: nothing evaluates the relation {relation}", output), output
    assert output.count("nothing evaluates") == 2, output
    assert "docs/questions.md: a title has a formula that no heading of the page has\n    \\(1 = 2\\)" in output, output


def test_a_wrong_equation_stops_the_build_and_names_its_place(copy):
    copy.keep()
    copy.append("docs/notation.md", "\n\\[\n\\log e^2 = 3 \\tag{X1}\n\\]\n")
    copy.add_cell(r"Then $\log e^2 = 3$.", kind="markdown")
    code, output = copy.build()
    assert code != 0 and "these equations can't be published\n" in output, output
    line = (copy.root / "docs/notation.md").read_text("utf-8").split("\n").index("\\log e^2 = 3 \\tag{X1}") + 1
    for place in (f"notation.md:{line}:10", "gradient-check.ipynb, cell 2:1:16"):
        assert f"\ndocs/{place}: this does not hold" in output, output
    assert not list((copy.root / "site").rglob("*.html")), "nothing half-built is left"


# The built site


@pytest.fixture
def planted(site, tmp_path):
    """A copy of the built site, and a function that puts HTML into its home page."""
    folder = tmp_path / "planted"
    shutil.copytree(site, folder)

    def plant(*html):
        page = folder / "index.html"
        page.write_text(page.read_text("utf-8").replace("</article>", "".join(html) + "</article>"), "utf-8")
        return folder

    return plant


def test_requests_to_other_hosts_are_noticed(planted):
    folder = planted(
        '<script src="https://cdn.example/1.js"></script>',
        '<script src="//cdn.example/2.js"></script>',
        '<link rel="stylesheet" href="https://cdn.example/3.css">',
        '<link rel="preconnect" href="https://fonts.example/4">',
        '<img src="https://cdn.example/5.png" alt="">',
        '<img srcset="x.png 1x, https://cdn.example/6.png 2x" alt="">',
        "<style>@import 'https://cdn.example/7.css';</style>",
        '<p style="background: url(https://cdn.example/8.png)">x</p>',
        '<svg><image href="https://cdn.example/9.png"/></svg>',
        '<pre class="mermaid">graph LR</pre>',
    )
    (folder / "stylesheets/site.css").write_text('@import "https://cdn.example/a.css"; p { background: url("//cdn.example/b.png") }')
    found = [re.sub(r"https?:|//(cdn|fonts).example/", "", line) for line in built_site.requests_to_other_hosts(folder)]
    home = ["1.js", "2.js", "3.css", "4", "5.png", "9.png", "6.png", "7.css", "8.png", "//unpkg.com, by the theme, for a Mermaid diagram"]
    assert found == [f"index.html: {url}" for url in home] + ["stylesheets/site.css: a.css", "stylesheets/site.css: b.png"]


def test_raw_math_is_noticed(planted):
    folder = planted(r"<p>\(x\)</p>", r"<p>\[x\]</p>", "<p>$$x$$</p>", r"<p>\frac{1}{2}</p>", r'<p title="\mathbf z">x</p>')
    (folder / "search/full_index.json").write_text(json.dumps({"docs": [{"text": r"the factor \(s_c\)"}]}))
    assert built_site.raw_math(folder) == [
        *(rf"index.html: {text}" for text in [r"\(x\)", r"\[x\]", "$$x$$", r"\frac{1}{2}", r"\mathbf z"]), r"search index: \(",
    ]


def test_a_formula_without_number_or_mathml_is_noticed(planted):
    folder = planted('<mjx-container display="true" data-tex="x"></mjx-container>')
    assert len(built_site.formulas_without_number_or_mathml(folder)) == 2


def test_dead_links_in_the_built_site_are_noticed(planted):
    addresses = ["nowhere/", "derivation/#nowhere", "#nowhere", "assets/nowhere.png"]
    found = built_site.dead_links(planted(*(f'<a href="{address}">x</a>' for address in addresses)), SITE_URL)
    assert [line.split()[1] for line in found] == addresses


FAULTS = [
    ('<html lang="en"', "<html", "no language"),
    (r"<title>.*?</title>", "<title></title>", "no title"),
    (r"<title>.*?</title>", "<title>Twice</title>", ""),
    (r"<title>.*?</title>", "<title>Twice</title>", "the title of {before}"),
    (r'<meta name="description" content="[^"]*">', "", "no description of its own"),
    (r'<link rel="canonical" href="[^"]*">', '<link rel="canonical" href="http://pages.localhost/">', "no canonical address, or another's"),
    ("</article>", "<h1>Again</h1></article>", "2 headings of the first level"),
    ("</article>", "<h2>a</h2><h4>b</h4></article>", "h2 is followed by h4"),
    (r"<main", "<div", "0 of main"),
]


def test_faults_of_the_document_are_noticed(planted):
    """Each fault is planted in another page."""
    folder = planted()
    paths = [path for path, _ in built_site.html_pages(folder) if path.name == "index.html"]
    expected, before = [], ""
    for path, (right, wrong, fault) in zip(paths, FAULTS):
        text, name = path.read_text("utf-8"), path.relative_to(folder).as_posix()
        path.write_text(re.sub(right, wrong, text, count=1), "utf-8")
        assert path.read_text("utf-8") != text
        expected += [f"{name}: {fault}".format(before=before)] if fault else []
        before = name
    assert built_site.faults_of_the_document(folder, SITE_URL) == expected


def test_empty_descriptions_are_noticed(planted):
    texts = ["A plot of the error against the step, on both axes", "error-against-step.png", "Error against step"]
    found = built_site.empty_descriptions(planted(*(f'<img src="x.png" alt="{text}">' for text in texts)))
    assert [line.rpartition(": ")[2] for line in found] == list(map(repr, texts))

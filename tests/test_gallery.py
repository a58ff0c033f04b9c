"""The gallery of mistakes and the answers on pages agree with what the program says."""

import re

import pytest

from machinery.sources import DOCS, read_notebook
from snippets.diagnose import KNOWN, diagnose
from snippets.loss_and_gradient import loss_and_gradient
from tests.pages import markdown_pages
from tests.plugins.answers import ANSWER, with_answers

CELLS = read_notebook(DOCS / "mistakes.ipynb").cells
SECTIONS = {  # heading: program and what asks about it, reason and fix
    cell.source.removeprefix("## "): (f"{CELLS[at + 1].source}\n{CELLS[at + 3].source}", CELLS[at + 2].source)
    for at, cell in enumerate(CELLS)
    if at + 2 < len(CELLS) and "```diff" in CELLS[at + 2].source
}
PAGES = [path for path in markdown_pages() if ANSWER.search(path.read_text("utf-8"))]


def run(program):
    """Run the first cell of the notebook, then a program; return the function that the program asks about."""
    spoken = []
    names = {}
    exec(next(cell.source for cell in CELLS if cell.cell_type == "code"), names)
    names["say"] = spoken.append
    exec(program, names)
    return spoken[0]


def test_the_gallery_has_each_mistake_under_its_own_anchor():
    slugs = {"mistakes/#" + re.sub(r"[^\w\s-]", "", heading).lower().replace(" ", "-") for heading in SECTIONS}
    assert slugs == {mistake.page for mistake in KNOWN.values()}


@pytest.mark.parametrize("heading", SECTIONS)
def test_each_program_of_the_gallery_has_its_mistake_and_the_fix_mends_it(heading):
    program, text = SECTIONS[heading]
    named = {found["mistake"] for found in diagnose(run(program))["findings"]}
    assert named == {name for name in KNOWN if name.lower() == heading.lower()}

    fix = re.search(r"```diff\n(.*?)\n```", text, re.DOTALL)[1].split("\n")
    before = "\n".join(line[1:] for line in fix if line[0] in "- ")
    after = "\n".join(line[1:] for line in fix if line[0] in "+ ")
    assert program.count(before) == 1, f"{heading}: the fix is for other lines"
    assert diagnose(run(program.replace(before, after)))["verdict"] == "correct"


def test_the_function_around_a_class_is_right():
    class SoftmaxLoss:
        def forward(self, logits, labels):
            loss, self.gradient = loss_and_gradient(logits, labels)
            return loss

        def backward(self):
            return self.gradient

    text = (DOCS / "is-mine-right.md").read_text("utf-8")
    (around,) = re.findall(r"```python\n(def .*?)```", text, re.DOTALL)
    names = {"SoftmaxLoss": SoftmaxLoss}
    exec(around, names)
    assert diagnose(names["loss_and_gradient"])["verdict"] == "correct"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_answers_on_pages_are_what_is_printed(path):
    text = path.read_text("utf-8")
    assert with_answers(text) == text, "write them again: pytest --codeblocks docs README.md --write-outputs"


def test_outputs_and_answers_are_written_by_one_command(copy):
    page = (copy.root / "docs/exercises.md").read_text("utf-8")
    wrong = ANSWER.sub(lambda answer: answer[0].replace(answer[2], "Typed by hand.\n"), page, count=1)
    output = re.compile(r"(<!--pytest-codeblocks:expected-output-->\s*```text\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
    wrong = output.sub(r"\1Typed by hand.\n", wrong, count=1)
    assert wrong.count("Typed by hand.") == 2
    copy.write("docs/exercises.md", wrong)
    code, printed = copy.run("pytest", "-q", "--codeblocks", "docs/exercises.md", "--write-outputs")
    assert code == 0, printed
    assert (copy.root / "docs/exercises.md").read_text("utf-8") == page

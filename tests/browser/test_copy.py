"""What readers take away by copying: code that runs, formulas as TeX."""

import json
import re
import subprocess
import sys

from machinery.sources import DOCS, notebooks, read_notebook
from tests.browser.tab import source
from tests.test_downloads import copies_of, page_of

# Blocks of kind `pytorch` are left out, because `tests.record_pytorch --check` runs them.
BLOCKS = "article .language-python.highlight"
NOTEBOOKS = {path.relative_to(DOCS).with_suffix("").as_posix() + "/": path for path in notebooks()}

# An empty Python with NumPy: any other package is missing. Each program starts afresh.
RUN = """
import contextlib, io, json, os, sys, runpy
import numpy

class Missing:
    def find_spec(self, name, path=None, target=None):
        if not name.startswith("_") and name.split(".")[0] not in {"numpy", *sys.stdlib_module_names}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
for number, program in enumerate(json.load(sys.stdin)):
    with open("program.py", "w", encoding="utf-8") as file:
        file.write(program)
    with contextlib.redirect_stdout(io.StringIO()) as output:
        try:
            runpy.run_path("program.py", run_name="__main__")
            error = None
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
    print(json.dumps([output.getvalue(), error]), file=sys.__stdout__)
"""


def clipboard(tab):
    return tab.page.evaluate("navigator.clipboard.readText()")


# Click at the button's place, so that whatever covers it would be hit instead.
COPY = """async (blocks) => {
  const found = []
  for (const block of blocks) {
    const next = block.nextElementSibling
    const button = block.querySelector(".md-code__button")
    button.scrollIntoView({ block: "center" })
    const { left, top, width, height } = button.getBoundingClientRect()
    await navigator.clipboard.writeText("")
    document.elementFromPoint(left + width / 2, top + height / 2).click()
    found.push([await navigator.clipboard.readText(), next?.matches(".language-text") ? next.innerText : ""])
  }
  return found
}"""


def copied(tab):
    """Click each block's copy button; return what is in the clipboard, and the output that the page shows for it."""
    tab.unfold()
    return tab.page.locator(BLOCKS).evaluate_all(COPY)


def run_alone(programs, folder):
    """Return what each program prints and how it fails, in a Python with nothing but NumPy."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUN],
        input=json.dumps(programs), cwd=folder, capture_output=True, encoding="utf-8", timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def faults(blocks, folder):
    """Return the programs that fail when they run alone, or that print something else than the page shows."""
    found = []
    for (program, printed), (output, error) in zip(blocks, run_alone([program for program, _ in blocks], folder), strict=True):
        if not program:
            found.append("nothing is copied")
        elif error or (printed and output.strip() != printed.strip()):
            found.append(f"{error or 'prints something else than the page shows'}:\n{program}")
    return found


def faults_of_copies(tab, page, site, folder):
    """Copy all blocks of a page; return what does not run alone or, for a notebook, what differs from the programs that test_downloads.py runs."""
    blocks = copied(tab)
    if page in NOTEBOOKS:
        programs = copies_of(*page_of(site, NOTEBOOKS[page]))
        return [f"copied instead of a program: {copy}" for (copy, _), program in zip(blocks, programs, strict=True) if copy.strip() != program.strip()]
    assert len(blocks) == source(site, page).count("language-python highlight")
    return faults(blocks, folder) if blocks else []


DIFFS = "article .language-diff.highlight"


def test_the_copy_button_of_a_fix_gives_what_is_to_be_there(tab):
    path = NOTEBOOKS["mistakes/"]
    text = "".join(cell.source for cell in read_notebook(path).cells if cell.cell_type == "markdown")
    fixes = [re.sub("^-.*\n|^[+ ]", "", fix, flags=re.MULTILINE) for fix in re.findall(r"```diff\n(.*?)```", text, re.DOTALL)]
    tab.go("mistakes/")
    assert [fix for fix, _ in tab.page.locator(DIFFS).evaluate_all(COPY)] == [fix.rstrip() for fix in fixes]


def test_a_button_that_cannot_be_hit_is_noticed(tab, plant, tmp_path):
    tab.go(plant("<style>.md-code__button { pointer-events: none }</style>"))
    assert faults(copied(tab), tmp_path) == ["nothing is copied"]


def test_programs_that_need_more_or_print_something_else_are_noticed(tmp_path):
    blocks = [
        ("print(1)", "1"),
        ("print(2)", "1"),
        ("import scipy", ""),
        ("from snippets.softmax import softmax", ""),
        ("z = [1.0]", ""),
        ("print(z)", ""),
    ]
    assert [fault.split(":")[0] for fault in faults(blocks, tmp_path)] == [
        "prints something else than the page shows", "ModuleNotFoundError", "ModuleNotFoundError", "NameError",
    ]


def select_and_copy(tab, selector):
    tab.page.locator(selector).first.evaluate("(element) => getSelection().selectAllChildren(element)")
    tab.page.keyboard.press("ControlOrMeta+c")
    return clipboard(tab)


def test_a_selected_formula_is_copied_as_tex(tab):
    tab.go("derivation/")
    tex = tab.page.locator("#eq-D1 mjx-container").get_attribute("data-tex")
    assert tex.startswith("s_i := ")
    assert select_and_copy(tab, "#eq-D1 .equation-box") == f"\\[\n{tex}\n\\]"
    paragraph = select_and_copy(tab, "article p:has(mjx-container)")
    for formula in tab.page.locator("article p:has(mjx-container)").first.locator("mjx-container").all():
        assert f"\\({formula.get_attribute('data-tex')}\\)" in paragraph


def test_signs_and_glyphs_that_are_copied_are_noticed(tab):
    tab.page.route(re.compile(r"/(copy|cells)\b[^/]*\.js"), lambda route: route.fulfill(body=""))
    tab.go("mistakes/")
    assert "\n+    gradient[" in tab.page.locator(DIFFS).evaluate_all(COPY)[0][0]
    tab.go("derivation/")
    assert "\\frac" not in select_and_copy(tab, "#eq-D1 .equation-box")

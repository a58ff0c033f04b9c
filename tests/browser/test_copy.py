"""What readers take away by copying: code that runs, formulas as TeX."""

import json
import subprocess
import sys
from collections import defaultdict

import pytest

from machinery.pages import DOCS
from machinery.notebooks import ALT_TEXT
from tests.browser.tab import addresses, page_id
from tests.conftest import SITE_URL

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
NOTEBOOKS = {path.relative_to(DOCS).with_suffix("").as_posix() + "/": path for path in DOCS.rglob("*.ipynb")}

# An empty Python with NumPy: any other package is missing. Each program starts afresh.
RUN = """
import contextlib, io, json, os, sys, runpy
import numpy

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] not in {"numpy", *sys.stdlib_module_names}:
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


def copied(tab, selector):
    """Click the copy button of each block; return what the clipboard has, and what the page says that it prints."""
    found = []
    for block in tab.page.locator(selector).all():
        block.locator(".md-code__button").first.click(force=True)
        program = tab.page.evaluate("navigator.clipboard.readText()")
        printed = block.evaluate("(block) => block.nextElementSibling?.matches('.language-text') ? block.nextElementSibling.innerText : null")
        found.append((program, printed))
    return found


def run_alone(programs, folder):
    """Return what each program prints and how it fails, in a Python with nothing but NumPy."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUN], input=json.dumps(programs), cwd=folder, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]

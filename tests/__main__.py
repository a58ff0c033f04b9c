"""Test one page, in seconds: `python -m tests docs/page.md`. Each message once, and causes before what follows from them.

First comes what the build says about the page, then its blocks and the tests that are about a page. With `--write-outputs`, what the
blocks print is written into the output boxes below them.
"""

import argparse
import os
import re
import sys
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.exceptions import PluginError

from machinery.sources import DOCS, ROOT, SNIPPETS, refuse_broken_snippets, texts
from tests.blocks import Failures

ABOUT_PAGES = [f"tests/test_{name}.py" for name in ("pages", "snippets", "glossary", "checks", "equations")]
ASKED = {  # of the last two: what a new snippet needs, and what it needs in its test
    *(f"test_refuses_{what}" for what in ("what_is_no_real_number", "what_is_no_label", "rows_without_a_class")),
    "test_no_function_is_left_out", "test_a_snippet_is_compared_with_the_equations_that_its_docstring_names",
}
ABOUT_RIGHT_EQUATIONS = "tests/test_wrong_equations.py"


class TestsOfOnePage(Failures):
    """Run only the blocks of one page, and the tests whose parameter is the page or a snippet that it shows; keep their messages."""

    def __init__(self, path):
        text = path.read_text("utf-8")
        snippets = [file for file in SNIPPETS.glob("[a-z]*.py") if f'"{file.name}:' in text or f"from snippets.{file.stem} import" in text]
        super().__init__()
        self.path = path
        functions = re.findall(r'^--8<-- "\w+\.py:(\w+)"$', text, re.MULTILINE)
        self.subjects = [path, path.relative_to(DOCS).as_posix(), *snippets, *(file.stem for file in snippets), *functions]
        self.modules = [*(f"snippets.{file.stem}" for file in snippets), *(file.stem for file in snippets)]

    def pytest_collection_modifyitems(self, items):
        items[:] = [item for item in items if item.path == self.path or is_asked(item) and any(map(self.is_subject, item.callspec.params.values()))]

    def is_subject(self, parameter):
        return isinstance(parameter, (str, Path)) and parameter in self.subjects or any(getattr(parameter, name, "") in self.modules for name in ("__module__", "module"))


def is_asked(item):
    return hasattr(item, "callspec") and (item.originalname in ASKED or item.path.stem not in ("test_checks", "test_equations"))


def run_tests(path, files, options):
    tests, blocks = TestsOfOnePage(path), [str(path)] if path.suffix == ".md" else []
    unable = tests.run("--codeblocks", *options, *blocks, *files)
    said = sorted(tests.said, key=lambda message: "the output beneath this block" in message)  # which a wrong snippet has changed
    return [*said, unable] if unable else said


def main():
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path, help="such as docs/derivation.md, or a notebook")
    parser.add_argument("--write-outputs", action="store_true", help="write what each block prints into the output box below it")
    arguments = parser.parse_args()
    path = arguments.page.resolve()
    if not path.exists():
        parser.error(f"{arguments.page} does not exist: give the path of a page, such as docs/derivation.md")
    if DOCS not in path.parents or path.suffix not in (".md", ".ipynb"):
        parser.error(f"{arguments.page} is no page. {what_to_test(path)}")
    os.chdir(ROOT)

    said, page = check(path)
    tell(said)
    if page:  # otherwise nothing else can be told
        files = ABOUT_PAGES if page.added.report.messages else [*ABOUT_PAGES, ABOUT_RIGHT_EQUATIONS]
        options = ["--whole"] + ["--write-outputs"] * arguments.write_outputs
        more = [message for message in with_one_head(run_tests(path, files, options)) if message not in said]
        tell(more)
        said += more
    if said:
        sys.exit(f"{arguments.page}: {len(said)} to mend")
    counts, summary = page.added.counts, page.added.report.summary or "no equations"
    print(f"{arguments.page}: all right; {summary}; blocks: {counts['blocks']}; minutes to read: {counts['minutes']}")


def what_to_test(path):
    """Return what to run in place of a test of a file that is no page: the tests of a snippet, and those of pages that show the file."""
    stem = re.escape(path.stem)
    shown = re.compile(rf'"{stem}\.py:|from snippets\.{stem} import|pictures/{stem}\.py\)')
    own = [name for name in (f"tests/test_{path.stem}.py", f"tests/{path.stem}") if path.parent == SNIPPETS and (ROOT / name).exists()]
    pages = [f"docs/{name}" for name, text in texts().items() if path.suffix == ".py" and shown.search(text)]
    commands = [f"    .venv/bin/pytest {name}" for name in own] + [f"    .venv/bin/python -m tests {name}" for name in pages]
    return "\n".join(["Run instead:", *commands]) if commands else "Give the path of a file .md or .ipynb in docs/"


def check(path):
    """Return what the build says about the page at a path, and the page; if a snippet can't be imported, only that."""
    try:
        refuse_broken_snippets()
    except PluginError as error:
        return [str(error)], None
    from machinery import one_page  # which imports snippets

    return one_page.check(path)


def with_one_head(messages):
    """Return messages, of which those that have their first line in common are one."""
    rest = {}
    for message in dict.fromkeys(messages):
        head, _, body = message.partition("\n")
        rest.setdefault(head, []).append(body)
    return ["\n".join([head, *filter(None, bodies)]) for head, bodies in rest.items()]


def tell(messages):
    for message in messages:
        print(message, end="\n\n", flush=True)


if __name__ == "__main__":
    main()

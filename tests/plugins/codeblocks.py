"""Add to pytest-codeblocks what it lacks: includes, a way to write outputs, clear failures.

pytest-codeblocks runs the `python` blocks of a page as they are in the file. This plugin
expands their includes first, so that what runs is what readers see. A block that fails is
reported with its lines in the page and in the snippet.
"""

import ast
import difflib
import re
import traceback

import pytest
from pytest_codeblocks.main import stdout_io
from pytest_codeblocks.plugin import MarkdownFile, TestBlock

from machinery.includes import INCLUDE, code_of, expanded, find_wrong, with_callees
from machinery.sources import ROOT, SNIPPETS, words_of
from tests.plugins.answers import with_answers

MARK = "<!--pytest-codeblocks:"
EXPECTED = f"{MARK}expected-output-->"
OUTPUT = re.compile(
    rf"(?P<mark>{EXPECTED}\s*```text\n)(?P<text>.*?)(?=^```$)",
    re.MULTILINE | re.DOTALL,
)


def pytest_addoption(parser):
    parser.addoption(
        "--write-outputs", action="store_true",
        help="write what each block prints below it, and the answers of `diagnose`, instead of comparing",
    )


class BlockFailure(Exception):
    """A block's failure; its only argument is the report."""


def pytest_itemcollected(item):
    if isinstance(item, TestBlock) and item.obj.expected_output is not None:
        # Count the page's outputs, because line numbers change when an earlier output is written.
        item.output_number = item.parent.outputs = getattr(item.parent, "outputs", -1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """If pytest-codeblocks can't read a page, say where and what to write, in place of its traceback."""
    report = yield
    if report.failed and isinstance(collector, MarkdownFile):
        page = collector.path.relative_to(ROOT).as_posix()
        report.longrepr = "\n".join(f"{page}:{problem}" for problem in unreadable(collector.path)) or f"{page}: {report.call.excinfo.value}"
    return report


def unreadable(path):
    """Yield what pytest-codeblocks can't read on a page: an unknown comment, a second output, one without a block, a block that never ends."""
    fence, above, output = "", "", False
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        line = line.strip()
        if fence:
            fence = "" if line.startswith(fence) else fence
        elif ticks := re.match("```+", line):
            fence, opened = ticks[0], number
            above, output = ("block" if not output else "output"), False
        elif line.startswith(MARK) and line != EXPECTED:
            yield f"{number}: {line} means nothing: write {EXPECTED} above an output"
        elif line == EXPECTED and not above:
            yield f"{number}: this output has no block above it"
        elif line == EXPECTED and above == "output":
            yield f"{number}: this block has an output already"
        elif line == EXPECTED:
            output = True
    if fence:
        yield f"{opened}: this block is not closed: write {fence} on a line below it"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    if not isinstance(item, TestBlock):
        return (yield)
    page, source = item.path.relative_to(ROOT).as_posix(), item.obj.code
    place, *places = [f"{page}:{item.obj.lineno + number}" for number in range(source.count("\n") + 2)]
    if wrong := find_wrong(zip(places, source.split("\n"))):
        raise BlockFailure("\n".join(wrong))
    item.obj.code = expanded(source)
    if item.config.option.write_outputs:
        write_output(item)
    try:
        return (yield)
    # A block that calls sys.exit() would otherwise end pytest itself.
    except (Exception, SystemExit) as error:
        cause = error.__context__ if isinstance(error, RuntimeError) else error
        if cause is None:
            report = wrong_output(item, place)
        else:
            report = failed_line(item, source, cause)
        raise BlockFailure(report) from None


def failed_line(item, source, error):
    """Report where in the page and in the snippet a block failed, and with which values."""
    page = item.path.relative_to(ROOT).as_posix()
    lines = item.obj.code.split("\n")
    origins = line_origins(source, page, item.obj.lineno)
    report, frame = [], None
    if isinstance(error, SyntaxError):
        report.append(f"{origins[error.lineno - 1]}: {lines[error.lineno - 1].strip()}")
    for frame_, number in traceback.walk_tb(error.__traceback__):
        if frame_.f_code.co_filename == "<string>":
            frame = frame_
            report.append(f"{origins[number - 1]}: {lines[number - 1].strip()}")
    report.append(words_of(error))
    if isinstance(error, NameError):
        report.append("A block runs alone: write in it all that it uses, such as `import numpy as np`")
    if isinstance(error, AssertionError) and frame:
        report += compared_values(lines[frame.f_lineno - 1], frame)
    return "\n".join(report)


def compared_values(line, frame):
    """Return both sides of a failed `assert a == b`, which carries no message of its own."""
    try:
        comparison = ast.parse(line.strip()).body[0].test
        sides = [comparison.left, *comparison.comparators]
    except (SyntaxError, AttributeError):
        return []
    return [f"    {ast.unparse(side)} = {eval(ast.unparse(side), frame.f_globals, frame.f_locals)!r}" for side in sides]


def line_origins(source, page, fence_line):
    """Return where each line of the expanded block comes from, in the page or a snippet."""
    origins = []
    for number, line in with_callees(source.split("\n")):
        number += fence_line + 1
        include = INCLUDE.match(line)
        if not include:
            origins.append(f"{page}:{number}")
            continue
        path = SNIPPETS / include["file"]
        file_lines = [text.strip() for text in path.read_text("utf-8").split("\n")]
        position = file_lines.index(f"# --8<-- [start:{include['section']}]")
        for included in code_of(line):
            # A shortened docstring differs from that in the file, so it gets the line of what precedes it.
            if included.strip() in file_lines[position:]:
                position = file_lines.index(included.strip(), position)
            origins.append(f"{page}:{number}, {path.relative_to(ROOT).as_posix()}:{position + 1}")
            position += 1
    return origins


def wrong_output(item, place):
    """Report the difference between a shown and a printed output."""
    shown, printed = item.obj.expected_output, run(item.obj.code)
    difference = difflib.unified_diff(
        shown.splitlines(), printed.splitlines(), "shown on the page", "printed by the block", lineterm=""
    )
    return "\n".join([
        f"{place}: the output beneath this block is not what the block prints",
        *difference,
        f"Read the difference. To write what is printed: .venv/bin/python -m tests {place.rpartition(':')[0]} --write-outputs",
    ])


def write_output(item):
    """Put what the block prints into the fence beneath it."""
    if item.obj.expected_output is None:
        return
    item.obj.expected_output = run(item.obj.code)
    text = item.path.read_text("utf-8")
    own = list(OUTPUT.finditer(text))[item.output_number]
    item.path.write_text(text[: own.start("text")] + item.obj.expected_output + text[own.end("text") :], "utf-8")


def pytest_sessionfinish(session):
    """Write the answers of the pages that were run."""
    if session.config.option.write_outputs:
        for path in {item.path for item in session.items if isinstance(item, TestBlock)}:
            path.write_text(with_answers(path.read_text("utf-8")), "utf-8")


def run(code):
    with stdout_io() as printed:
        exec(code, {"__MODULE__": "__main__"})
    return printed.getvalue()

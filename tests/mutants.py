"""Plant defects in diagnose.py, one at a time, and list those that no test notices.

    python -m tests.mutants                       all of them: a quarter of an hour on two cores
    python -m tests.mutants --record FILE         goes on where the file of results ends
    python -m tests.mutants --seconds 280 ...     and ends after that time

Each mutant changes one comparison, operator, condition or number. A mutant that survives is
either a hole in the tests or equivalent; those that are equivalent are in EQUIVALENT, by the
text of their line, with the reason.
"""

import argparse
import ast
import copy
import hashlib
import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from machinery.pages import ROOT

FILE = ROOT / "snippets/diagnose.py"
TESTS = "tests/test_diagnose.py"
SECONDS = 60  # a run of the tests takes about 8; a mutant may loop for ever
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
EQUIVALENT = {}


def changes(node):
    """Yield a description and a function that changes the node in place."""
    if isinstance(node, ast.Compare):
        old = type(node.ops[0])
        yield f"{old.__name__} -> {SWAPS[old].__name__}", lambda n: n.ops.__setitem__(0, SWAPS[old]())
    if isinstance(node, (ast.BinOp, ast.BoolOp)) and type(node.op) in SWAPS:
        old = type(node.op)
        yield f"{old.__name__} -> {SWAPS[old].__name__}", lambda n: setattr(n, "op", SWAPS[old]())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        yield "not removed", lambda n: setattr(n, "op", ast.UAdd())
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        new = node.value * 100 if node.value % 1 else node.value + 1
        yield f"{node.value} -> {new}", lambda n: setattr(n, "value", new)
    if isinstance(node, (ast.If, ast.IfExp)):
        for value in (True, False):
            yield f"condition {value}", lambda n, value=value: setattr(n, "test", ast.Constant(value))


def mutants():
    """Yield the line, what is changed, a key, and a function that returns the tree, for each mutant."""
    tree = ast.parse(FILE.read_text("utf-8"))
    for place, statement in enumerate(tree.body):
        for at, node in enumerate(ast.walk(statement)):
            for number, (text, _) in enumerate(changes(node)):

                def planted(place=place, at=at, number=number):
                    mutant = copy.deepcopy(tree)
                    changed = next(n for i, n in enumerate(ast.walk(mutant.body[place])) if i == at)
                    list(changes(changed))[number][1](changed)
                    return ast.fix_missing_locations(mutant)

                key = hashlib.sha256(f"{ast.unparse(statement)} {at} {number}".encode()).hexdigest()[:16]
                yield node.lineno, text, key, planted


def begin(planted):
    """Run the tests on a mutant in a fork of this process, which ends with 0 if all pass."""
    process = os.fork()
    if process == 0:
        signal.alarm(SECONDS)  # ends the process
        for descriptor in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
        try:
            import snippets

            module = type(sys)("snippets.diagnose")
            module.__file__ = str(FILE)
            sys.modules["snippets.diagnose"] = snippets.diagnose = module
            exec(compile(planted(), str(FILE), "exec"), vars(module))
            early = "ignore::pytest.PytestAssertRewriteWarning"  # Hypothesis is imported already
            os._exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-W", early, TESTS]))
        finally:
            os._exit(1)
    return process


def survivors(found, results, record, end):
    """Try all mutants without a result, as many at a time as there are cores; write down what comes."""
    waiting = {mutant[2]: mutant[3] for mutant in found if mutant[2] not in results}
    running = {}
    while running or (waiting and time.monotonic() < end):
        if waiting and len(running) < os.cpu_count() and time.monotonic() < end:
            key = next(iter(waiting))
            running[begin(waiting.pop(key))] = key
        else:
            process, status = os.wait()
            key = running.pop(process)
            results[key] = status == 0
            if record:
                with record.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([key, status == 0]) + "\n")


def main(arguments=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--record", type=Path)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    options = parser.parse_args(arguments)
    import hypothesis, numpy  # noqa: E401, F401  once, before the forks

    unchanged = begin(lambda: ast.parse(FILE.read_text("utf-8")))
    assert os.waitpid(unchanged, 0)[1] == 0, f"{TESTS} fails without a mutant"

    lines, found, results = FILE.read_text("utf-8").split("\n"), list(mutants()), {}
    if options.record and options.record.exists():
        results = dict(map(json.loads, options.record.read_text("utf-8").splitlines()))
    survivors(found, results, options.record, time.monotonic() + options.seconds)
    tried = [mutant for mutant in found if mutant[2] in results]
    alive = [(number, text, lines[number - 1].strip()) for number, text, key, _ in tried if results[key]]
    unlisted = [each for each in alive if not any(part in each[2] for part in EQUIVALENT)]
    for number, text, line in unlisted:
        print(f"{FILE.relative_to(ROOT)}:{number}: {text}: {line}")
    print(f"{len(found)} mutants, {len(tried)} tried, {len(tried) - len(alive)} noticed, "
          f"{len(alive) - len(unlisted)} equivalent, {len(unlisted)} not noticed")  # fmt: skip
    return bool(unlisted) or len(tried) < len(found)


if __name__ == "__main__":
    sys.exit(main())

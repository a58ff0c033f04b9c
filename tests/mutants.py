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
import inspect
import json
import os
import signal
import sys
import time
from pathlib import Path
from types import FunctionType

import pytest

from machinery.pages import ROOT
from snippets import diagnose as module

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


def plant(tree):
    """Put the mutant's code and tables in the place of those of the module, which the tests have imported."""
    new = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(tree, str(FILE), "exec"), new)
    for name, value in new.items():
        if not name.startswith("__") and value is not vars(module)[name]:
            replace(vars(module), name, vars(module)[name], value)


def replace(names, name, old, new):
    """Replace what a name stands for; in place, if other names may stand for it as well."""
    if isinstance(old, FunctionType):
        old, new = inspect.unwrap(old), inspect.unwrap(new)
        old.__code__, old.__defaults__ = new.__code__, new.__defaults__
    elif isinstance(old, property):
        old.fget.__code__ = new.fget.__code__
    elif isinstance(old, type):
        for attribute, value in list(vars(new).items()):
            if isinstance(value, (FunctionType, property)):
                replace(None, attribute, vars(old)[attribute], value)
    elif isinstance(old, dict):
        old.clear()
        old.update(new)
    elif isinstance(old, list):
        old[:] = new
    elif isinstance(old, (int, float, str)):
        names[name] = new


class Loop:
    """Has the tests collected once, and then runs them in a fork for each mutant."""

    def __init__(self, record, end):
        self.record, self.end, self.found, self.results = record, end, list(mutants()), {}
        if record and record.exists():
            self.results = dict(map(json.loads, record.read_text("utf-8").splitlines()))

    def pytest_runtestloop(self, session):
        assert os.waitpid(self.begin(session, lambda: ast.parse(FILE.read_text("utf-8"))), 0)[1] == 0, "they fail as it is"
        waiting = {key: planted for *_, key, planted in self.found if key not in self.results}
        running = {}
        while running or (waiting and time.monotonic() < self.end):
            if waiting and len(running) < os.cpu_count() and time.monotonic() < self.end:
                key = next(iter(waiting))
                running[self.begin(session, waiting.pop(key))] = key
            else:
                process, status = os.wait()
                key = running.pop(process)
                self.results[key] = status == 0
                if self.record:
                    with self.record.open("a", encoding="utf-8") as file:
                        file.write(json.dumps([key, status == 0]) + "\n")
        return True

    def begin(self, session, planted):
        """Run the tests on a mutant in a fork, which ends with 0 if all pass."""
        process = os.fork()
        if process == 0:
            signal.alarm(SECONDS)  # ends the process
            for descriptor in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
            try:
                plant(planted())
                for item, following in zip(session.items, [*session.items[1:], None]):
                    session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                    if session.testsfailed:
                        os._exit(1)
                os._exit(0)
            finally:
                os._exit(1)
        return process


def main(arguments=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--record", type=Path)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    options = parser.parse_args(arguments)
    loop = Loop(options.record, time.monotonic() + options.seconds)
    pytest.main(["-q", "--tb=no", "-p", "no:cacheprovider", TESTS], plugins=[loop])
    lines = FILE.read_text("utf-8").split("\n")
    tried = [mutant for mutant in loop.found if mutant[2] in loop.results]
    alive = [(number, text, lines[number - 1].strip()) for number, text, key, _ in tried if loop.results[key]]
    unlisted = [each for each in alive if not any(part in each[2] for part in EQUIVALENT)]
    for number, text, line in unlisted:
        print(f"{FILE.relative_to(ROOT)}:{number}: {text}: {line}")
    print(f"{len(loop.found)} mutants, {len(tried)} tried, {len(tried) - len(alive)} noticed, "
          f"{len(alive) - len(unlisted)} equivalent, {len(unlisted)} not noticed")  # fmt: skip
    return bool(unlisted) or len(tried) < len(loop.found)


if __name__ == "__main__":
    sys.exit(main())

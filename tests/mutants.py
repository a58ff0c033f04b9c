"""Plant defects in diagnose.py, one at a time, and list those that no test notices.

    python -m tests.mutants                       all of them: a quarter of an hour on two idle cores
    python -m tests.mutants --record FILE         goes on where the file of results ends
    python -m tests.mutants --seconds 280 ...     and ends after that time

Each mutant changes one comparison, operator, condition or number. A mutant that survives is
either a hole in the tests or equivalent; those that are equivalent are in EQUIVALENT, with the reason.
"""

import argparse
import ast
import copy
import hashlib
import inspect
import itertools
import json
import mmap
import os
import signal
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path
from types import FunctionType

import coverage
import pytest

from machinery.sources import ROOT
from snippets import diagnose as module

FILE = ROOT / "snippets/diagnose.py"
TESTS = "tests/test_diagnose.py"
ALIVE = 17  # how a fork ends whose tests all pass: 0 may be the mutant's own end
SECONDS = 60  # a run of the tests takes about 8; a mutant may loop for ever
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
# By the reason why no test can notice them: a part of the line, after the change if other changes of the line can
# be noticed. These are not tried.
EQUIVALENT = {
    "the tests have imported NumPy before; without it, test_diagnose_command.py fails": [
        'if __name__ != "__main__" or "--child"',
    ],
    "another batch does as well; test_no_batch_is_special says what matters": [
        "(5, 4, 1,", "(3, 6, 2,", "(4, 4, 1,", "(7, 2, 1.5,", "(1, 5, 1,", "(4, 3, 0.01,", "(16, 10, 2,",
        "yield Batch(np.array([[1.0,", "yield Batch(np.array([[6.0,", "scale * draw.gauss(0, 1)",
        "1 -> 2 | near, y =", "2 -> 3 | near, y =", "1000 -> 1001 | both =", "100 -> 101 | distances =", "720 -> 721 | distances =", "40 -> 41 | near, far =",
        "720 -> 721 | if at(", "720 -> 721 | capped =", "90 -> 91 | if at(", "110 -> 111 | if at(",
    ],
    "the share is near 0 or 1": ['Gt -> GtE | return "float32" if'],
    "another nudge of this size does as well": [
        "Mult -> Div | nudged =", "Add -> Sub | nudged =", "1e-10 -> 1e-08 | nudged =",
    ],
    "another change of the row does as well": ["z[moved] += np.linspace"],
    "another label does as well": ["y[moved] = (y[moved] + 1)"],
    "both sides are never equal, and the other changes of this line would be noticed": [
        "Gt -> GtE | return c if", "LtE -> Lt | return c if", "Gt -> GtE | if not all((p > 0)",
        "Gt -> GtE | return self.gradient_error >", "LtE -> Lt | elif (changed := ~(np.abs(old",
        "LtE -> Lt | self.mask =", "LtE -> Lt | fine = run", "Gt -> GtE | capped =", "LtE -> Lt | capped =",
        "Gt -> GtE | failing =", "Gt -> GtE | if np.abs(sums).max() >",
        "Gt -> GtE | elif of_gradient > ROUNDING", "LtE -> Lt | if student.signature != ",
        "Lt -> LtE | if size < 1e-12", "LtE -> Lt | return all(error(getattr(",
        "LtE -> Lt | right = student.gradient_only", "LtE -> Lt | return right and min(",
        "Gt -> GtE | if error(second.gradient", "Lt -> LtE | if LOSS_WRONG <", "Gt -> GtE | lossy =",
        "LtE -> Lt | if error(run.seen.gradient", "Lt -> LtE | step, tolerance", "Lt -> LtE | if row_sum <",
    ],
    "sums are what they must be to rounding, or far from it": [
        "1e-05 -> 0.001 | if not all((p > 0)", "1e-05 -> 0.001 | if row_sum <",
        "1e-06 -> 0.0001 | if row_sum <",
    ],
    "no batch has 2 rows": ["1 -> 2 | if run.b.N > 1 and one != other", "1 -> 2 | gradients ="],
    "all of them are equal": ['0 -> 1 | "row_sums"', "0 -> 1 | if gradients and all("],
    "the sum and the difference are finite if both numbers are": [
        "Add -> Sub | if student.gradient_only or not np.isfinite(",
    ],
    "only the size of a tolerance": [
        "1 -> 2 | relative = np.max(", "1 -> 2 | self.loss_error =", "1 -> 2 | least, tolerance =",
        "1 -> 2 | right = student.gradient_only", "1 -> 2 | if LOSS_WRONG <",
        "Sub -> Add | ratios = [proportion",
    ],
    "any batch does": ["b = runs[0].b", "precision(student, runs[0])"],
    "the batches with more than 2 rows tell the same": ["1 -> 2 | self.corrupted.append(evidence"],
    "what changes an input changes it by more": [
        "1e-09 -> 1e-07 | elif (changed := ",
    ],
    "any rounding that is near does": [
        "6 -> 7 | if not targets", '6 -> 7 | return f"for {run.b}, row',
        "9 -> 10 | n, i = np.unravel_index(np.where(", '12 -> 13 | "row"',
    ],
    "this signal ends a process, too": ["9 -> 10 | os.killpg("],
    "nobody looks at a fourth thing": ["3 -> 4 | return returned[:3]"],
    "no error is below 0": ["1 -> 2 | n, i = np.unravel_index(np.where("],
    "-0 is 0": ['Add -> Sub | return f"for {run.b}, row'],
    "any time that is enough does": ["5 -> 6 | ended = child.wait"],
    "seen by tests/test_diagnose_command.py, where the file itself runs": [
        "sys.exit(main(", 'if __name__ == "__main__"',
    ],
    "the parent looks for the answer, not for the code": ["os._exit(0)  # whatever"],
}  # fmt: skip


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
        yield f"{node.value:g} -> {new:g}", lambda n: setattr(n, "value", new)
    if isinstance(node, (ast.If, ast.IfExp)):
        for value in (True, False):
            yield f"condition {value}", lambda n, value=value: setattr(n, "test", ast.Constant(value))


class Mutant(namedtuple("Mutant", "line text change key planted")):
    def __str__(self):
        return f"{self.change} | {self.text}"


def mutants():
    """Yield the line, its text, what is changed, a key, and a function that returns the tree, for each mutant."""
    source = FILE.read_text("utf-8")
    tree, lines = ast.parse(source), source.split("\n")
    for place, statement in enumerate(tree.body):
        for at, node in enumerate(ast.walk(statement)):
            for number, (text, _) in enumerate(changes(node)):

                def planted(place=place, at=at, number=number):
                    mutant = copy.deepcopy(tree)
                    changed = next(n for i, n in enumerate(ast.walk(mutant.body[place])) if i == at)
                    list(changes(changed))[number][1](changed)
                    return ast.fix_missing_locations(mutant)

                key = hashlib.sha256(f"{ast.unparse(statement)} {at} {number}".encode()).hexdigest()[:16]
                yield Mutant(node.lineno, lines[node.lineno - 1].strip(), text, key, planted)


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
    """Has the tests collected once, and then runs those that reach a mutant's line in a fork for each."""

    def __init__(self, record, end):
        self.record, self.end, self.results = record, end, {}
        self.found, self.equivalent = [], []
        parts = sum(EQUIVALENT.values(), [])
        for mutant in mutants():
            (self.equivalent if any(part in str(mutant) for part in parts) else self.found).append(mutant)
        # What is written there of a line that is no more would hide another that may come.
        assert all(any(part in str(mutant) for mutant in self.equivalent) for part in parts), "an entry of no use"
        if record and record.exists():
            self.results = dict(map(json.loads, record.read_text("utf-8").splitlines()))

    def pytest_runtestloop(self, session):
        self.session, self.items = session, {item.nodeid: item for item in session.items}
        self.caught = dict(zip(self.items, itertools.count()))  # the place of each test in the counts
        self.counts = mmap.mmap(-1, 4 * len(self.items))  # shared by the forks: how many mutants each test has caught
        with tempfile.TemporaryDirectory() as folder:
            self.measure(Path(folder, "reached"))
        waiting = [mutant for mutant in self.found if mutant.key not in self.results]
        waiting.sort(key=lambda mutant: len(self.reached.get(mutant.line, self.items)))  # the quick ones first
        running = {}
        while running or (waiting and time.monotonic() < self.end):
            if waiting and len(running) < os.cpu_count() and time.monotonic() < self.end:
                mutant = waiting.pop(0)
                running[self.begin(mutant.line, mutant.planted)] = mutant.key
            else:
                process, status = os.wait()
                key = running.pop(process)
                self.results[key] = os.waitstatus_to_exitcode(status) == ALIVE
                if self.record:
                    with self.record.open("a", encoding="utf-8") as file:
                        file.write(json.dumps([key, self.results[key]]) + "\n")
        return True

    def measure(self, file):
        """Run all tests once, on the file as it is, and note which lines each reaches and how long it takes."""
        process = os.fork()
        if process == 0:
            measured, seconds = coverage.Coverage(data_file=None, include=[str(FILE)], config_file=False), {}
            measured.start()
            for name in self.items:
                measured.switch_context(name)
                begun = time.perf_counter()
                self.run(name, None)
                seconds[name] = time.perf_counter() - begun
            measured.stop()
            reached = measured.get_data().contexts_by_lineno(str(FILE))
            file.write_text(json.dumps([seconds, reached]), "utf-8")
            os._exit(self.session.testsfailed)
        assert os.waitpid(process, 0)[1] == 0, "the tests fail without a mutant"
        self.seconds, reached = json.loads(file.read_text("utf-8"))
        # A test that runs the file as a script reaches each line, and tells nothing of the module.
        first = next(line for line, text in enumerate(FILE.read_text("utf-8").split("\n"), 1) if text.startswith("import"))
        script = set(reached[str(first)])
        self.reached = {int(line): [name for name in names if name not in script] for line, names in reached.items()}

    def run(self, name, following):
        self.session.config.hook.pytest_runtest_protocol(item=self.items[name], nextitem=following)

    def begin(self, line, planted):
        """Run the tests on a mutant in a fork, which ends with ALIVE if all pass; those that caught many come first."""
        tests = [name for name in self.reached.get(line, ()) if name in self.items] or list(self.items)
        tests.sort(key=lambda name: (-self.count(name), self.seconds[name]))
        process = os.fork()
        if process == 0:
            signal.alarm(SECONDS)  # ends the process
            for descriptor in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
            try:
                plant(planted())
                for name in tests:
                    self.run(name, None)
                    if self.session.testsfailed:
                        self.count(name, 1)
                        os._exit(1)
                os._exit(ALIVE)
            finally:
                os._exit(1)
        return process

    def count(self, name, more=0):
        """Return how many mutants a test has caught, after adding some."""
        at = 4 * self.caught[name]
        new = int.from_bytes(self.counts[at : at + 4], "little") + more
        self.counts[at : at + 4] = new.to_bytes(4, "little")
        return new


def main(arguments=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--record", type=Path)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    options = parser.parse_args(arguments)
    loop = Loop(options.record, time.monotonic() + options.seconds)
    pytest.main(["-q", "--tb=no", "-p", "no:cacheprovider", TESTS], plugins=[loop])
    alive = [mutant for mutant in loop.found if loop.results.get(mutant.key)]
    for mutant in alive:
        print(f"{FILE.relative_to(ROOT)}:{mutant.line}: {mutant}")
    tried = sum(mutant.key in loop.results for mutant in loop.found)
    print(f"{len(loop.found)} mutants tried: {tried}, noticed {tried - len(alive)}; equivalent, not tried: {len(loop.equivalent)}")
    return bool(alive) or tried < len(loop.found)


if __name__ == "__main__":
    sys.exit(main())

"""Plant defects in diagnose.py, one at a time, and list those that no test notices.

    python -m tests.mutants             all of them, half an hour on two cores
    python -m tests.mutants 120 180     those of these lines

Each mutant changes one comparison, operator, condition or number. A mutant that survives is
either a hole in the tests or equivalent; those known to be equivalent are in EQUIVALENT, by
the text of their line.
"""

import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from machinery.pages import ROOT

FILE = "snippets/diagnose.py"
SECONDS = 60  # a run of the tests takes about 8; a mutant may loop for ever
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
# Part of the line, and why no test can notice a change there.
EQUIVALENT = {
    'if __name__ != "__main__" or "--child"': "NumPy is imported where it is not needed: only slower",
    'if runs[0].seen.dtype == "float32" or all(': "saves a call, whose answer would be the same",
    'kind = "float32" if gradient.dtype': "where the type does not tell, the nudged call does",
    "np.mean(nudged == runs[0].seen.gradient) > 0.9": "the share is near 0 or 1",
    "if np.ptp(slopes) <=": "both sides are never equal",
    "if error(run.seen.gradient, numeric) <= tolerance": "both sides are never equal",
    "off = np.abs(sums).max() >": "both sides are never equal",
    "<= TOLERANCE[": "both sides are never equal",
    "if run.loss_error > LOSS_TOLERANCE": "both sides are never equal",
    "max(run.loss_error for run in runs) > 1e-9": "both sides are never equal",
    "np.abs(more[0].sum(axis=-1)).max() < 1e-5": "both sides are never equal",
    "z[-1] += np.linspace": "another change of the last row does as well",
    "y[-1] = (y[-1] + 1)": "another label does as well",
    "os._exit(0)": "the parent looks for the answer, not for the code",
    "(3, 6, 2,": "another batch does as well; test_no_batch_is_special says what matters",
    "(4, 4, 1,": "the same", "(1, 5, 1,": "the same", "(4, 3, 0.01,": "the same", "(16, 10, 2,": "the same",
    "(5, 4, 1,": "the same", "(7, 2, 1.5,": "the same",
    "z * (1 + 1e-10)": "another nudge of this size does as well",
    "self.gradient_error > tolerance or": "both sides are never equal",
    "least) <= tolerance": "both sides are never equal",
    "(max(np.max(np.abs(expected)), least) or 1.0)": "only for an expected 0, where any scale does",
    "LOSS_TOLERANCE, 1.0, of_loss)": "LOSS_TOLERANCE leaves room for a factor of 2",
    "return runs[0].seen.dtype": "all runs have the same type",
    "least=1.0)": "LOSS_TOLERANCE leaves room for a factor of 2",
    "elif wrong:": "what is right is explained by no mistake: no finding",
}


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


def mutants(first, last):
    """Yield the line, what is changed, and the source of each mutant."""
    tree = ast.parse((ROOT / FILE).read_text("utf-8"))
    for at, node in enumerate(ast.walk(tree)):
        if first <= getattr(node, "lineno", 0) <= last:
            for number, (text, _) in enumerate(changes(node)):
                mutant = copy.deepcopy(tree)
                changed = next(n for i, n in enumerate(ast.walk(mutant)) if i == at)
                list(changes(changed))[number][1](changed)
                yield node.lineno, text, ast.unparse(ast.fix_missing_locations(mutant))


def survives(source):
    """Run the tests on a copy with this source, and return whether all pass."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("docs", "machinery", "tests", "snippets"):
            skip = shutil.ignore_patterns("node_modules", "__pycache__")
            shutil.copytree(ROOT / name, Path(folder, name), ignore=skip)
        for name in ("pyproject.toml", "mkdocs.yml", "README.md"):
            shutil.copy(ROOT / name, folder)
        Path(folder, FILE).write_text(source, "utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/test_diagnose.py"]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def main(first=1, last=10**6):
    lines = (ROOT / FILE).read_text("utf-8").split("\n")
    found = list(mutants(int(first), int(last)))
    survivors = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (number, text, _), alive in zip(found, pool.map(survives, [source for *_, source in found])):
            line = lines[number - 1].strip()
            if alive and not any(part in line for part in EQUIVALENT):
                survivors += 1
                print(f"{FILE}:{number}: {text}: {line}", flush=True)
    print(f"{len(found)} mutants, {survivors} not noticed")
    return survivors > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

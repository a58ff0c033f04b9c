"""How long a verdict on a right program takes, beside the import of NumPy.

    python -m tests.benchmarks.verdict

Both are processes of their own, run by turns so that a busy machine slows both alike. The program's
own calls count for the verdict; they take about a millisecond.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machinery.pages import ROOT

RIGHT = """\
import numpy as np

def loss_and_gradient(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_s = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    rows = np.arange(len(labels))
    gradient = np.exp(log_s)
    gradient[rows, labels] -= 1
    return -log_s[rows, labels].mean(), gradient / len(labels)
"""
RUNS = 15
AT_MOST = 4


def seconds(command):
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def measure(runs=RUNS):
    """Return the times of both, in seconds, run by turns."""
    with tempfile.TemporaryDirectory() as folder:
        homework = Path(folder, "homework.py")
        homework.write_text(RIGHT, "utf-8")
        verdict = [sys.executable, str(ROOT / "snippets/diagnose.py"), str(homework)]
        numpy = [sys.executable, "-c", "import numpy"]
        seconds(verdict), seconds(numpy)  # the first ones read from the disk
        return tuple(zip(*[(seconds(verdict), seconds(numpy)) for _ in range(runs)]))


def main():
    verdicts, imports = measure()
    ratios = sorted(verdict / numpy for verdict, numpy in zip(verdicts, imports))
    middle = statistics.quantiles(ratios, n=4)
    print(f"a verdict:    median {statistics.median(verdicts) * 1e3:.0f} ms")
    print(f"import numpy: median {statistics.median(imports) * 1e3:.0f} ms")
    print(f"ratio:        median {middle[1]:.2f}, quartiles {middle[0]:.2f} to {middle[2]:.2f}; at most {AT_MOST} is meant")


if __name__ == "__main__":
    main()

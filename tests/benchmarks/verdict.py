"""How long a verdict of `python diagnose.py` on a right program takes, compared with importing NumPy.

Each runs in a new process. The time of the verdict includes the calls of the program, which take
about a millisecond.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from machinery.sources import ROOT
from tests.benchmarks.timing import ratios

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
SECONDS = 15


def process(*arguments):
    """Return a call that runs Python with these arguments."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def run():
    with tempfile.TemporaryDirectory() as folder:
        homework = Path(folder, "homework.py")
        homework.write_text(RIGHT, "utf-8")
        calls = {
            "import numpy": process("-c", "import numpy"),
            "diagnose": process(str(ROOT / "snippets/diagnose.py"), str(homework)),
        }
        return {"a right program": ratios(calls, "import numpy", SECONDS)}


if __name__ == "__main__":
    print(json.dumps(run()))

"""The type annotations of the machinery agree with each other."""

import subprocess
import sys

from machinery.sources import ROOT


def test_mypy_finds_nothing(tmp_path):
    run = subprocess.run([sys.executable, "-m", "mypy", "--cache-dir", tmp_path], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr

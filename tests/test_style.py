"""The code of the repository has no dead imports or names, as ruff sees them; pyproject.toml says what it looks at."""

import subprocess
import sys

from machinery.sources import ROOT


def ruff(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "ruff", "check", "--no-cache", *arguments], cwd=ROOT, capture_output=True, text=True, **options)


def test_ruff_finds_nothing():
    run = ruff("--output-format", "concise")
    assert run.returncode == 0, run.stdout


def test_a_dead_import_is_noticed():
    assert "F401" in ruff("--stdin-filename", "machinery/new.py", "-", input="import os\n").stdout

"""The answers of `diagnose` on pages: what it printed for the program above them.

A page shows a program as a `python` block and, below it, a `console` block that begins with
`$ python diagnose.py homework.py`. `--write-outputs` writes the answers too (codeblocks.py).
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from machinery.sources import SNIPPETS

ANSWER = re.compile(r"^```console\n\$ python (diagnose\.py homework\.py[^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAM = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def answers(text):
    """Yield the match of each answer of a page, and what the command prints."""
    for found in ANSWER.finditer(text):
        program = PROGRAM.findall(text[: found.start()])[-1]
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "homework.py").write_text(program, "utf-8")
            Path(folder, "diagnose.py").write_bytes((SNIPPETS / "diagnose.py").read_bytes())
            done = subprocess.run([sys.executable, *found[1].split()], cwd=folder, capture_output=True, encoding="utf-8")
        yield found, done.stdout + done.stderr


def with_answers(text):
    """Return the page with the answers as they are printed now."""
    for found, printed in reversed(list(answers(text))):
        text = text[: found.start(2)] + printed + text[found.end(2) :]
    return text

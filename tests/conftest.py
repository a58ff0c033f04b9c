import json
import os
import shutil
import subprocess
import sys

import pytest

from machinery.pages import ROOT

SITE_URL = "https://example.org/course/softmax/"  # under a path, as on GitHub Pages


class Copy:
    """A copy of the repository to plant a defect in."""

    def __init__(self, root):
        self.root = root
        for name in ("docs", "snippets", "machinery", "tests", "mkdocs.yml", "pyproject.toml", "requirements.txt", "README.md"):
            source = ROOT / name
            if source.is_dir():
                ignore = shutil.ignore_patterns("node_modules", "__pycache__")
                shutil.copytree(source, root / name, ignore=ignore)
            else:
                shutil.copy(source, root / name)
        # One notebook with code is enough for a defect; the others keep their text and links.
        for path in (root / "docs").rglob("*.ipynb"):
            notebook = json.loads(path.read_text("utf-8"))
            if path.name != "gradient-check.ipynb":
                notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
                path.write_text(json.dumps(notebook), "utf-8")
        # What a build has fetched and typeset before need not be fetched and typeset again.
        (root / "machinery/typeset/node_modules").symlink_to(ROOT / "machinery/typeset/node_modules")
        if (ROOT / ".cache").is_dir():
            shutil.copytree(ROOT / ".cache", root / ".cache")

    def replace(self, file, old, new):
        text = (self.root / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        (self.root / file).write_text(text.replace(old, new), "utf-8")

    def append(self, file, text):
        with open(self.root / file, "a", encoding="utf-8") as opened:
            opened.write(text)

    def run(self, *arguments):
        return run(self.root, *arguments)

    def build(self):
        return self.run("mkdocs", "build")


def run(folder, *arguments):
    """Run a Python module in a folder; return its exit code and all that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=120,
        env={**os.environ, "SITE_URL": SITE_URL, "NO_COLOR": "1"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path, site):
    return Copy(tmp_path / "copy")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site as it is published, built once."""
    folder = tmp_path_factory.mktemp("site")
    code, output = run(ROOT, "mkdocs", "build", "-d", str(folder))
    assert code == 0, output
    return folder

import os
import re
import shutil
import subprocess
import sys
from collections import Counter

import nbformat
import pytest
from coverage import Coverage

from machinery.seams import SEAMS, described
from machinery.sources import ROOT
from tests import course, forked_processes
from tests.books import NEW, notebook_of
from tests.plugins.parallel import once

SITE_URL = "http://pages.localhost/course/softmax/"  # under a path, as on GitHub Pages; browsers trust *.localhost

SNIPPETS = [path.stem for path in (ROOT / "snippets").glob("[a-z]*.py")]
TESTS_OF_SNIPPETS = tuple(f"test_{name}" for name in SNIPPETS)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Trace coverage only in the tests of snippets: those named after a snippet, or in a folder of its name.

    Tracing slows all other tests down, by two thirds at worst. pytest-cov's own mark, `no_cover`, is not
    enough: in a worker of xdist there are two tracers, and it stops one.
    """
    stopped = []
    if not (item.path.stem.startswith(TESTS_OF_SNIPPETS) or item.path.parent.name in SNIPPETS):
        while tracing := Coverage.current():
            tracing.stop()
            stopped.append(tracing)
    try:
        return (yield)
    finally:
        for tracing in reversed(stopped):
            tracing.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Let a failing test name the seam that it guards: a library may have changed there."""
    report = yield
    if report.failed:
        test = item.nodeid.partition("[")[0]
        guarded = [name for name, seam in SEAMS.items() if seam.told_by == test]
        report.sections += [(f"perhaps the seam {name!r} is broken", described(name)) for name in guarded]
    return report


class Copy:
    """A copy of the repository to plant a defect in.

    After `keep` has cut its pages, it builds in a second, or in two if a notebook runs.
    """

    def __init__(self, root, site, run):
        self.root, self.site, self.run_in = root, site, run
        for name in ("docs", "snippets", "machinery", "tests", "mkdocs.yml", "pyproject.toml", "requirements.txt", "README.md"):
            source = ROOT / name
            if source.is_dir():
                ignore = shutil.ignore_patterns("node_modules", "__pycache__", "reports")  # half of all files, which no test of a copy reads
                shutil.copytree(source, root / name, ignore=ignore)
            else:
                shutil.copy(source, root / name)
        course.take_back(root)
        # Reuse what earlier builds have fetched and typeset.
        (root / "machinery/typeset/node_modules").symlink_to(ROOT / "machinery/typeset/node_modules")
        if (ROOT / ".cache").is_dir():
            shutil.copytree(ROOT / ".cache", root / ".cache")

    def replace(self, file, old, new):
        text = (self.root / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        (self.root / file).write_text(text.replace(old, new), "utf-8")

    def write(self, file, text):
        (self.root / file).write_text(text, "utf-8")

    def append(self, file, text):
        with open(self.root / file, "a", encoding="utf-8") as opened:
            opened.write(text)

    def add_cell(self, source, kind="code", page="gradient-check"):
        path = self.root / f"docs/{page}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(NEW[kind](source))
        nbformat.write(notebook, path)

    def keep(self, *pages):
        """Cut every page down to the anchors that links lead to, except for those named."""
        docs = self.root / "docs"
        for path in [*docs.rglob("*.md"), *docs.rglob("*.ipynb")]:
            name = path.relative_to(docs).as_posix()
            if name in ("notation.md", *pages):  # the other pages' equations need the notation
                continue
            url = name.removesuffix(path.suffix).removesuffix("index")
            anchors = re.findall(r' id="[^"_]+"', (self.site / url / "index.html").read_text("utf-8"))
            text = f"# {path.stem}\n\n" + "".join(f"<a{anchor}></a>" for anchor in anchors)
            path.write_text(text if path.suffix == ".md" else notebook_of(("markdown", text)), "utf-8")

    def run(self, *arguments):
        return self.run_in(self.root, *arguments)

    def build(self):
        return self.run("mkdocs", "build")


def run(folder, *arguments):
    """Run a Python module in a folder; return its exit code and all that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=forked_processes.SECONDS, env=environment(),
    )
    return done.returncode, done.stdout


def environment():
    """Return the environment in which tests run programs. Importing Material in one test would otherwise turn its announcement off in later ones."""
    return {**os.environ, "SITE_URL": SITE_URL, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"}


@pytest.fixture(scope="session")
def run_sooner(tmp_path_factory):
    """Like `run`, but in a fork, which starts sooner, where forking is safe."""
    if sys.platform != "linux":
        yield run
    else:
        waiting = forked_processes.Forks(tmp_path_factory.mktemp("forks") / "output", environment())
        yield waiting.run
        waiting.end()


@pytest.fixture
def copy(tmp_path, site, run_sooner):
    return Copy(tmp_path / "copy", site, run_sooner)


@pytest.fixture(scope="session")
def published(tmp_path_factory, run_sooner):
    """The site as it is published, built once."""
    return built(tmp_path_factory, "published", lambda folder: run_sooner(ROOT, "mkdocs", "build", "-d", str(folder)))


@pytest.fixture(scope="session")
def site(request, tmp_path_factory, run_sooner):
    """The site with all pages at SITE_URL, built once. It includes those that a course has dropped, because tests look at them."""
    if not course.is_one(ROOT):
        return request.getfixturevalue("published")
    root = tmp_path_factory.mktemp("all") / "pages"
    return built(tmp_path_factory, "site", lambda folder: Copy(root, None, run_sooner).run("mkdocs", "build", "-d", str(folder)))


def built(tmp_path_factory, name, build):
    folder, (code, output) = once(tmp_path_factory, name, build)
    assert code == 0, output
    return folder


def pytest_terminal_summary(terminalreporter):
    """Print what the browser's tests have weighed, and each reason for skipping tests once."""
    from tests.browser.budgets import HEAD, table

    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    rows = [row for report in reports if report.when == "call" for name, row in report.user_properties if name == "weight"]
    if rows:
        terminalreporter.section("weight of the pages, in bytes as they are sent")
        terminalreporter.write_line(table(HEAD, sorted(rows)))
    skips = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.getreports("skipped"))
    for reason, count in skips.items():
        terminalreporter.write_line(f"{count} tests skipped: {reason}")

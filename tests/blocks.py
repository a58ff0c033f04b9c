"""Run the blocks of pages, and print what is wrong with them: `python -m tests.blocks docs/code.md`. `mkdocs serve` does so after an edit."""

import io
import sys
from contextlib import redirect_stdout

import pytest

from machinery.sources import place_of, words_of


class Failures:
    """A plugin that keeps the message of each test that fails, and of each module of tests that can't be read."""

    def __init__(self):
        self.said = []

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.said.append(report.longreprtext)

    pytest_collectreport = pytest_runtest_logreport

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector):
        """Say where a module of tests, or a snippet that it imports, raised its error, in place of pytest's own frames."""
        report = yield
        if report.failed and isinstance(collector, pytest.Module):
            error = report.call.excinfo.value
            cause = error.__cause__ or error
            report.longrepr = f"{place_of(cause)}: {words_of(cause)}"
        return report

    def run(self, *arguments):
        """Run tests; return "", or why pytest can't run them."""
        with redirect_stdout(io.StringIO()) as printed:
            code = pytest.main(["-p", "no:terminal", *arguments], plugins=[self])
        able = self.said or code in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)
        return "" if able else printed.getvalue() or f"pytest ends with {code!r}"


if __name__ == "__main__":
    failures = Failures()
    if unable := failures.run("-p", "no:cacheprovider", "-n", "0", *sys.argv[1:]):
        sys.exit(unable)
    print(*failures.said, sep="\n")

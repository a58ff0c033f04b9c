"""`mkdocs serve`: an author's changes appear, and a mistake does not end it."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest


@pytest.fixture
def served(copy):
    copy.keep("derivation.md")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = open(copy.root / "log", "w+")
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
        cwd=copy.root, stdout=log, stderr=log, env={**os.environ, "SITE_URL": f"http://127.0.0.1:{port}/"},
    )  # fmt: skip

    def wait_for(text, page=None):
        """Wait until a page, or else the log, has the text; a minute is ample."""
        content = ""
        for _ in range(300):
            time.sleep(0.2)
            if page is None:
                content = (copy.root / "log").read_text("utf-8")
            else:
                try:
                    content = urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}", timeout=5).read().decode()
                except OSError:
                    continue
            if re.search(text, content):
                return
        pytest.fail(f"{text!r} did not appear in {page or 'the log'}:\n{(copy.root / 'log').read_text('utf-8')}")

    yield wait_for
    server.terminate()
    server.wait()
    log.close()


def test_edits_appear_and_a_bad_formula_is_survived(copy, served):
    served("The derivation", "derivation/")

    copy.replace("snippets/softmax.py", "exponentials / exponentials", "exponentials  /  exponentials")
    served(r'exponentials</span>  <span class="o">/</span>  <span', "derivation/")

    copy.replace("docs/derivation.md", "# The derivation\n", "# The derivation\n\n\\(\\frac{1\\)\n")
    served(r"docs/derivation\.md:\d+: Missing close brace")  # MkDocs now waits for the mending

    copy.replace("docs/derivation.md", "\\(\\frac{1\\)", "Mended.")
    served("Mended", "derivation/")

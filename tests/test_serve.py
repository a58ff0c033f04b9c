"""`mkdocs serve`: an author's changes appear, and a mistake does not end it."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest


def plant_notebook(copy):
    """Let a notebook print what another snippet gives the one that it imports, and what a file holds."""
    copy.write("snippets/inner.py", "# --8<-- [start:f]\ndef f():\n    return 'first'\n# --8<-- [end:f]\n")
    copy.write("snippets/outer.py", "from snippets.inner import f\n\n# --8<-- [start:g]\ndef g():\n    return f()\n# --8<-- [end:g]\n")
    copy.write("docs/data/values.txt", "one")
    notebook = json.loads((copy.root / "docs/gradient-check.ipynb").read_text("utf-8"))
    source = "from snippets.outer import g\nprint(g(), open('data/values.txt').read())"
    cell = {"cell_type": "code", "id": "b", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
    notebook["cells"].append(cell)
    copy.write("docs/gradient-check.ipynb", json.dumps(notebook))


@pytest.fixture
def serve(copy):
    """A function that serves the copy and returns another, which waits for what is to appear."""
    with contextlib.ExitStack() as to_end:
        yield lambda: serving(copy, to_end)


def serving(copy, to_end):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = to_end.enter_context(open(copy.root / "log", "w+"))
    server = to_end.enter_context(subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
        cwd=copy.root, stdout=log, stderr=log, env={**os.environ, "SITE_URL": f"http://127.0.0.1:{port}/", "PYTHONDONTWRITEBYTECODE": ""},
    ))
    to_end.callback(server.terminate)

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

    return wait_for


def test_edits_appear_and_mistakes_are_survived(copy, serve):
    copy.keep("derivation.md")
    served = serve()
    served("The derivation", "derivation/")

    copy.replace("snippets/softmax.py", "exponentials / exponentials", "exponentials  /  exponentials")
    served(r'exponentials</span>  <span class="o">/</span>  <span', "derivation/")

    copy.replace("docs/derivation.md", "# The derivation\n", "# The derivation\n\n\\(\\frac{1\\)\n")
    served(r"docs/derivation\.md:\d+:\d+: Missing close brace")  # MkDocs now waits for the mending

    copy.replace("docs/derivation.md", "\\(\\frac{1\\)", '--8<-- "softmax.py:sofmax"')
    served(r"docs/derivation\.md:\d+: snippets/softmax\.py has no section 'sofmax'")

    copy.replace("docs/derivation.md", '--8<-- "softmax.py:sofmax"', "[Dead](nowhere.md)")
    served(r"derivation\.md.*nowhere\.md(.|\n)*Aborted with 1 warnings")
    copy.append("docs/notation.md", "\nNothing to do with it.\n")
    served(r"(nowhere\.md(.|\n)*Aborted with 1 warnings(.|\n)*){2}")  # a page that is wrong is not kept

    copy.replace("docs/derivation.md", "[Dead](nowhere.md)", "[Mended](#later)")
    copy.append("docs/derivation.md", "\n## Later\n")
    served("Mended", "derivation/")
    served("Nothing to do with it", "notation/")
    copy.replace("docs/derivation.md", "\n## Later\n", "\n## Renamed\n")
    served("there is no such anchor on this page(.|\n)*Aborted with 1 warnings")


def test_a_page_follows_whatever_it_rests_on(copy, serve):
    copy.keep("index.md", "derivation.md")
    plant_notebook(copy)
    served = serve()

    def runs():
        return (copy.root / "log").read_text("utf-8").count("Running gradient-check.ipynb")

    def bytecode():
        return {path: path.stat().st_mtime_ns for path in (copy.root / "snippets").rglob("*.pyc")}

    served("first one", "gradient-check/")
    assert runs() == 1
    at_first = bytecode()
    copy.replace("docs/derivation.md", "# The derivation\n", "# The derivation, edited\n")
    served("The derivation, edited", "derivation/")
    copy.replace("snippets/softmax.py", "return exponentials / ", "return 0.25 + 0 * exponentials / ")
    served("--value: 0.2500", "")  # on the home page, by a module that imports the snippet
    assert runs() == 1, "an edit elsewhere does not run it again"

    copy.replace("snippets/inner.py", "first", "second")
    served("second one", "gradient-check/")
    copy.write("docs/data/values.txt", "two")
    served("second two", "gradient-check/")
    copy.append("requirements.txt", "# another lock\n")
    served("(Running gradient-check.ipynb(.|\n)*){4}")
    copy.replace("mkdocs.yml", "toc: {permalink: true}", "toc: {permalink: permanent}")
    served("permanent</a>", "notation/")
    assert bytecode() == at_first, "what is written into a watched folder builds everything again"

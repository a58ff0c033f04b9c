"""`mkdocs serve`, as a process, or without a network and without waiting: `python -m tests.serving STEPS`.

Each step consists of edits, after which the site is built again, and of paths. An edit is a file and its text, or None to delete it. The last line of the output is a list in
JSON: for each step, what would be served at these paths, and under "files" the text of all files of the site.
"""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from mkdocs.__main__ import cli
from mkdocs.livereload import LiveReloadServer


def own_address():
    """Return an address of this process alone: 8000 may be taken by the author's own server.

    Its port is below those that systems hand out: a free one could be handed out before the server has it.
    """
    return f"127.0.0.1:{20_000 + os.getpid() % 12_000}"


@contextlib.contextmanager
def running(root, patience=60, pause=0.1):
    """Serve a copy of the repository; yield a function that waits for what is to appear, at most so many seconds.

    It looks again after each pause. The server answers while it builds, so short pauses slow the build down.
    """
    address = own_address()

    def wait_for(pattern, page=None):
        """Return the seconds until a page contains a pattern, or without a page the log."""
        start = time.perf_counter()
        while time.perf_counter() - start < patience:
            with contextlib.suppress(OSError):
                text = urllib.request.urlopen(f"http://{address}/{page}", timeout=10).read().decode() if page is not None else Path(root, "log").read_text("utf-8")
                if re.search(pattern, text):
                    return time.perf_counter() - start
            time.sleep(pause)
        raise TimeoutError(f"{pattern!r} did not appear in {page or 'the log'}:\n{Path(root, 'log').read_text('utf-8')}")

    with open(root / "log", "w", encoding="utf-8") as log, subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-a", address],
        cwd=root, stdout=log, stderr=log, env={**os.environ, "SITE_URL": f"http://{address}/", "PYTHONDONTWRITEBYTECODE": ""},
    ) as server:
        try:
            yield wait_for
        finally:
            server.terminate()


def take_steps(server, **_):
    print(json.dumps([step(server, number, **each) for number, each in enumerate(json.loads(sys.argv.pop()))]))


def step(server, number, edits, paths):
    for file, text in edits:
        Path(file).unlink() if text is None else Path(file).write_text(text, "utf-8")
    if number:  # MkDocs has built once before it serves
        server.builder()
    files = "".join(path.read_text("utf-8") for path in Path(server.root).rglob("*.html"))
    return {path: get(server, path) for path in paths} | {"files": files}


def get(server, path):
    return b"".join(server.get_app()({"PATH_INFO": path.encode().decode("latin-1")}, lambda *head: None)).decode()


if __name__ == "__main__":
    LiveReloadServer.serve = take_steps
    cli(["serve", "-a", own_address()])

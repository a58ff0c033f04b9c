"""Run `mkdocs serve` without a network and without waiting: `python -m tests.serving STEPS`.

Each step consists of edits, after which the site is built again, and of paths. The last line of the output is a list in
JSON: for each step, what would be served at these paths, and under "files" the text of all files of the site.
"""

import json
import sys
from pathlib import Path

from mkdocs.__main__ import cli
from mkdocs.livereload import LiveReloadServer


def take_steps(server, **_):
    print(json.dumps([step(server, number, **each) for number, each in enumerate(json.loads(sys.argv.pop()))]))


def step(server, number, edits, paths):
    for file, text in edits:
        Path(file).write_text(text, "utf-8")
    if number:  # MkDocs has built once before it serves
        server.builder()
    files = "".join(path.read_text("utf-8") for path in Path(server.root).rglob("*.html"))
    return {path: get(server, path) for path in paths} | {"files": files}


def get(server, path):
    return b"".join(server.get_app()({"PATH_INFO": path}, lambda *head: None)).decode()


if __name__ == "__main__":
    LiveReloadServer.serve = take_steps
    sys.argv[1:1] = ["serve"]
    cli(sys.argv[1:2])

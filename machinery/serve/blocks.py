"""Run the code blocks of edited pages once these are served. A block that fails is shown above its page, but does not stop the build."""

import logging
import os
import re
import subprocess
import sys
import threading

from machinery import includes
from machinery.serve import kept_runs, last_good_pages, problems
from machinery.sources import ROOT

log = logging.getLogger("mkdocs.serve")

FENCED = re.compile(r"^```.*?^```$|^<!--pytest-codeblocks:.*?$", re.MULTILINE | re.DOTALL)
seen = {}  # from each page to its blocks and their outputs in the last build
waiting = set()  # pages whose blocks have to run
running = None  # the process that ran blocks last


def run_edited(pages):
    """Run the blocks of the pages whose blocks have changed since the last build. A later edit ends this run and starts another."""
    now = {page.file.src_uri: blocks(page) for page in pages if page.file.src_uri.endswith(".md") and page.file.src_uri not in last_good_pages.used}
    edited = [page for page, blocks in now.items() if seen and seen.get(page) != blocks]
    seen.update(now)
    if edited:
        waiting.update(edited)
        threading.Thread(target=run_waiting, daemon=True).start()


def blocks(page):
    return FENCED.findall(includes.expanded(page.file.content_string))


def run_waiting():
    global running
    kept_runs.served.wait()
    if running:
        running.kill()
    pages = sorted(waiting)
    running = process = subprocess.Popen(
        [sys.executable, "-m", "tests.blocks", *(f"docs/{page}" for page in pages)], cwd=ROOT, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
    )
    said, _ = process.communicate()
    if process.returncode == 0:  # otherwise a later edit has ended it
        waiting.difference_update(pages)
        show(pages, said.strip())


def show(pages, said):
    """If other blocks fail than before, show this, and let the browser load the page again."""
    before, others = problems.failed_blocks[:], [problem for problem in problems.failed_blocks if problem.page not in pages]
    problems.failed_blocks[:] = [*others, *(problems.by_page(said) if said else [])]
    if problems.failed_blocks != before:
        if said:
            log.warning(said)
        kept_runs.ended().touch()

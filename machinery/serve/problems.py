"""The problems that a build has found, by page, in the words in which the build prints them."""

import logging
import re
from dataclasses import dataclass
from urllib.parse import unquote

from mkdocs.exceptions import MkDocsException

from machinery.sources import DOCS, ROOT, place_of, words_of

log = logging.getLogger("mkdocs.serve")

EVERYWHERE = None  # in place of a page, for a problem that belongs to none
# How a message about a page begins: our errors with its path in the repository, a list by MkDocs with its path in `docs/`
PLACE = re.compile(r"(?:docs/|  - )(?P<page>[^:\n]+?\.(?:md|ipynb))\b")


@dataclass(frozen=True)
class Problem:
    page: str | None  # its path in `docs/`
    text: str


errors, warnings = [], []
failed_runs, running = [], []  # of notebooks whose pages show the outputs of an earlier run
failed_blocks = []
page_now = EVERYWHERE
addresses = {}  # from the path in a URL to the page


def begin(page=EVERYWHERE):
    """Note which page is being built, because an error that names no page belongs to it."""
    global page_now
    page_now = page.file.src_uri if page else EVERYWHERE
    if page:
        addresses[unquote(page.abs_url)] = page_now


def tell_of_run(path, future):
    """Note that a notebook is running again, or that this run has failed."""
    page = path.relative_to(ROOT / "docs").as_posix()
    if future.done() and not future.cancelled() and (error := future.exception()):
        failed_runs.extend(of_error(error))
    else:
        running.append(Problem(page, ""))


def of_error(error):
    """Return what an exception says, by page; if it names none, it belongs to the page that is being built.

    An error in a snippet belongs to no page, whichever page ran into it.
    """
    if str(error).startswith("snippets/"):
        return [Problem(EVERYWHERE, str(error))]
    cause = error.__cause__ or error
    place = place_of(cause)
    if place.startswith("snippets/"):
        return [Problem(EVERYWHERE, f"{place}: {words_of(cause)}")]
    if isinstance(error, MkDocsException):
        return by_page(str(error), page_now)
    return [Problem(page_now, f"{place}: {type(error).__name__}: {error}")]


def of_warnings(records):
    return [problem for record in records if record.levelno == logging.WARNING for problem in by_page(record.getMessage())]


def by_page(text, page=EVERYWHERE):
    """Split a message at the lines that begin with the path of a page; if there is none, it belongs to `page`."""
    title, texts = [], {}
    inside = title
    for line in text.splitlines():
        if (place := PLACE.match(line)) and (DOCS / place["page"]).is_file():
            inside = texts.setdefault(place["page"], [])
        inside.append(line)
    if not texts:
        return [Problem(page, text.strip())]
    return [Problem(name, "\n".join([*title, *own]).strip()) for name, own in texts.items()]

"""What MkDocs logs: a message about a link begins with the place where the link is written, `docs/page.md:12: contains a link ...`,
and names the nearest page, or the nearest anchors of a page, where a link leads to none.

Some links lead into the author's own machine or notebook, and MkDocs takes them for addresses in the web: we log these.
"""

import contextlib
import difflib
import html
import logging
import posixpath
import re
from urllib.parse import unquote

from machinery.sources import DOCS, lines

log = logging.getLogger("mkdocs.links")

LOCAL = re.compile(r'\b(?:href|src)="((?:file:|attachment:|https?://(?:localhost|127\.0\.0\.1)\b|[A-Za-z]:(?:[/\\]|%5C))[^"]*)"')
MESSAGE = re.compile(r"Doc file '(?P<page>[^']+)' (?P<problem>contains an? [\w ]*link '(?P<link>[^']*)')")
NO_ANCHOR = re.compile(r"but (?:the doc '(?P<page>[^']+)' does not contain an anchor|there is no such anchor on this page)")


@contextlib.contextmanager
def recorded(silently=False):
    """Collect the records of what is logged as a warning, or worse; silently if nobody else is to see them."""
    found, log = [], logging.getLogger("mkdocs")
    handler = logging.Handler(logging.WARNING)
    handler.emit = found.append
    log.addHandler(handler)
    propagated, log.propagate = log.propagate, log.propagate and not silently
    try:
        yield found
    finally:
        log.removeHandler(handler)
        log.propagate = propagated


files = None  # of the build


def name_lines():
    logging.getLogger("mkdocs.structure.pages").addFilter(begin_with_place)


def begin_with_place(record):
    """Change a record before it is handled; a kept one may come again, when its link is on another line."""
    message = vars(record).setdefault("without_place", record.getMessage())
    if found := MESSAGE.match(message):
        hint = " Write / in place of each \\." if "\\" in found["link"] else nearest(found["page"], found["link"], message)
        record.msg, record.args = f"{place_of(found['page'], found['link'])}: {message[found.start('problem'):]}{hint}", ()
    return True


def nearest(page, link, message):
    """Return a sentence that says which anchors, or pages, are like the one that a message misses, or "" if it misses none."""
    path, _, anchor = link.partition("#")
    if found := NO_ANCHOR.search(message):
        there = files.get_file_from_path(found["page"] or page).page.present_anchor_ids
        like = [f"#{each}" for each in difflib.get_close_matches(anchor, there, cutoff=0.5)]
        return f" Nearest there: {', '.join(like)}" if like else ""
    if message.endswith("is not found among documentation files."):
        folder = posixpath.dirname(page)
        target = posixpath.normpath(posixpath.join(folder, unquote(path)))
        like = difflib.get_close_matches(target, [file.src_uri for file in files.documentation_pages()], n=1, cutoff=0.7)
        return f" There is no docs/{target}" + (f"; nearest: {posixpath.relpath(like[0], folder)}" if like else "")
    return ""


def warn_of_local_links(content, page):
    """Warn of each link in the HTML of a page that leads into the author's own machine, or to a picture that was pasted into a notebook."""
    for address in dict.fromkeys(LOCAL.findall(content)):
        link = unquote(html.unescape(address))
        way_out = "Save the file in docs/, and write the path from this page, such as ../code.md"
        log.warning(f"{place_of(page, link)}: contains a link '{link}', which no reader can follow. {way_out}")


def place_of(page, link):
    """Return the first place of a link in Markdown or HTML; that of its page, if a program has made it."""
    written = re.compile(rf"[(<\"'\s]{re.escape(link)}[)>\"'\s]")
    places = [place for place, line in lines(DOCS / page) if written.search(f"{line}\n")] if (DOCS / page).is_file() else []
    return places[0] if places else f"docs/{page}"

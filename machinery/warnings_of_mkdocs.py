"""What MkDocs logs: a message about a link begins with the place where the link is written, `docs/page.md:12: contains a link ...`.

Some links lead into the author's own machine or notebook, and MkDocs takes them for addresses in the web: we log these.
"""

import contextlib
import html
import logging
import re
from urllib.parse import unquote

from machinery.sources import DOCS, lines

log = logging.getLogger("mkdocs.links")

LOCAL = re.compile(r'\b(?:href|src)="((?:file:|attachment:|https?://(?:localhost|127\.0\.0\.1)\b|[A-Za-z]:(?:[/\\]|%5C))[^"]*)"')
MESSAGE = re.compile(r"Doc file '(?P<page>[^']+)' (?P<problem>contains an? [\w ]*link '(?P<link>[^']*)')")


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


def name_lines():
    logging.getLogger("mkdocs.structure.pages").addFilter(begin_with_place)


def begin_with_place(record):
    """Change a record before it is handled; a kept one may come again, when its link is on another line."""
    message = vars(record).setdefault("without_place", record.getMessage())
    if found := MESSAGE.match(message):
        hint = " Write / in place of each \\." if "\\" in found["link"] else ""
        record.msg, record.args = f"{place_of(found['page'], found['link'])}: {message[found.start('problem'):]}{hint}", ()
    return True


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

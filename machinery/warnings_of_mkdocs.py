"""What MkDocs logs: a message about a link begins with the place where the link is written, `docs/page.md:12: contains a link ...`."""

import contextlib
import logging
import re

from machinery.sources import DOCS, lines

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
        record.msg, record.args = f"{place_of(found['page'], found['link'])}: {message[found.start('problem'):]}", ()
    return True


def place_of(page, link):
    """Return the first place of a link in Markdown or HTML; that of its page, if a program has made it."""
    written = re.compile(rf"[(<\"'\s]{re.escape(link)}[)>\"'\s]")
    places = [place for place, line in lines(DOCS / page) if written.search(f"{line}\n")] if (DOCS / page).is_file() else []
    return places[0] if places else f"docs/{page}"

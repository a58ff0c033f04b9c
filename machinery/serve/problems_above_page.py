"""Show problems above the page in the browser. They are added while the page is sent, so that no file of the site contains them."""

import html
import re

from machinery.serve import problems
from machinery.serve.problems import EVERYWHERE, PLACE

STYLE = """
.problems { --red: #b3261e; background: var(--surface, Canvas); border-bottom: 1px solid var(--rule, GrayText); box-shadow: inset .3rem 0 var(--red);
  color: var(--ink, CanvasText); font: .7rem/1.5 var(--sans, sans-serif); padding: .6rem 1rem .6rem 1.3rem;
  position: sticky; top: 2.4rem; z-index: 3; max-height: 50vh; overflow: auto }
[data-md-color-scheme="slate"] .problems { --red: #ff8a80 }
.problems.mild { --red: #b98900 }
.problems summary { cursor: pointer } .problems summary b { color: var(--red) }
.problems pre { font: .65rem/1.5 var(--mono, monospace); margin: .5rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere }
.problems a { text-decoration: underline }
@media print { .problems { display: none } }
"""
NOTHING_BUILT = b"""<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="1"><title>Not built yet</title>"""


def over(app):
    """Return a WSGI application that serves what `app` serves, with the problems above each page."""

    def serve(environ, start_response):
        answer = {}
        body = app(environ, lambda status, headers, *more: answer.update(status=status, headers=headers, more=more))
        if ("Content-Type", "text/html") in answer["headers"]:
            page = b"".join(body)
            body = [put_over(page, shown(environ["PATH_INFO"].encode("latin-1").decode()))]
            answer["headers"] = [*(item for item in answer["headers"] if item[0] != "Content-Length"), ("Content-Length", str(len(body[0])))]
        start_response(answer["status"], answer["headers"], *answer["more"])
        return body

    return serve


def put_over(page, problems_here):
    """Put the problems above the content of a page, where the theme's instant navigation replaces them with the page."""
    if not problems_here:
        return page
    before, main, after = page.partition(b"<main")
    return before + problems_here.encode() + main + after if main else NOTHING_BUILT + problems_here.encode()


def shown(path):
    """Return, as HTML, what is wrong with the page at a path, and which other pages are broken."""
    here = problems.addresses.get(path)

    def of_here(found):
        return [problem for problem in found if problem.page in (here, EVERYWHERE)]

    errors, warnings = of_here([*problems.errors, *problems.failed_runs]), of_here(problems.warnings)
    others = {problem.page for problem in [*problems.errors, *problems.failed_runs]} - {here, EVERYWHERE}
    parts = []
    if any(problem.page is EVERYWHERE for problem in errors):
        parts.append(box("The site can't be built.", "What you see is how it was before.", errors))
    elif errors:
        parts.append(box("This page can't be built.", "What you see below is its last good state.", errors))
    if warnings:
        parts.append(box("<code>mkdocs build</code> will refuse this.", "The page below is up to date.", warnings, " mild"))
    if failed := of_here(problems.failed_blocks):
        parts.append(box("<code>pytest</code> will refuse this.", "The page below is up to date.", failed, " mild"))
    if of_here(problems.running):
        parts.append('<aside class="problems mild"><b>This notebook is running.</b> Below is what it printed before.</aside>')
    if others:
        links = ", ".join(f'<a href="{address}">docs/{page}</a>' for address, page in problems.addresses.items() if page in others)
        parts.append(f'<aside class="problems"><b>Elsewhere:</b> {links} can\'t be built.</aside>')
    return f"<style>{STYLE}</style>{''.join(parts)}" if parts else ""


def box(what, state, found, kind=""):
    texts = [PLACES.sub(r"<b>\g<0></b>", html.escape(problem.text, quote=False)) for problem in found]
    body = "".join(f"<pre>{text}</pre>" for text in texts)
    return f'<aside class="problems{kind}" role="alert"><details open><summary><b>{what}</b> {state}</summary>{body}</details></aside>'


PLACES = re.compile(rf"^(?:{PLACE.pattern}(?:, cell \d+)?|snippets/\w+\.py)[\d:]*", re.MULTILINE)

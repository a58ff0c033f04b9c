"""Finish the built site: delay the search index until somebody searches, and shrink pages and scripts."""

import json
import re
from pathlib import Path

from machinery.seams import broken

SPACE = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)|\n\s+", re.DOTALL)
# Names, operators, punctuation and space in code have the colour of all code: see site.css.
PLAIN_CODE = re.compile(r'<span class="(?:n|o|p|w)">([^<]*)</span>')
COMMENTS = re.compile(r"^\s*//.*\n|^\s+| +// .*", re.MULTILINE)


def publish(site, serving=False):
    site = Path(site)
    delay_search(site / "search")
    if not serving:  # this only saves readers a download, so authors should not wait for it
        for path in site.rglob("*.html"):
            path.write_text(smaller(path.read_text("utf-8")), "utf-8")
        for path in site.glob("javascripts/*.js"):
            path.write_text(smaller_script(path.read_text("utf-8")), "utf-8")


def delay_search(folder):
    """Replace the search index by an empty one; the first search fetches the full one.

    Material fetches the index with every page; from an empty one it would build a search that finds nothing. Therefore
    `theme/assets/javascripts/search.js` takes the place of Material's search worker: it says at once that it is ready, and
    loads that worker and the full index with the first search. It also removes punctuation from the question.
    """
    path = folder / "search_index.json"
    index = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if not index.get("docs"):
        raise broken("search index", f"{path.parent.name}/{path.name} has no `docs`")
    path.rename(folder / "full_index.json")
    path.write_text(json.dumps({**index, "docs": []}), "utf-8")


def smaller(page):
    """Return a page without the white space, and the mark-up of code, that make no visible difference."""
    page = SPACE.sub(lambda found: found[1] or "\n", page)
    return PLAIN_CODE.sub(r"\1", page)


def smaller_script(script):
    return COMMENTS.sub("", script)

"""The last step of a build: readers are sent what they need, and the rest not or later."""

import json
import re
from pathlib import Path

SPACE = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)|\n\s+", re.DOTALL)
# Names, operators, punctuation and space in code have the colour of all code: see site.css.
PLAIN_CODE = re.compile(r'<span class="(?:n|o|p|w)">([^<]*)</span>')


def slim(site, serving=False):
    site = Path(site)
    keep_search_for_later(site / "search")
    if serving:  # an author need not wait for what saves readers a download
        return
    for path in site.rglob("*.html"):
        path.write_text(shorter(path.read_text("utf-8")), "utf-8")


def shorter(page):
    """Return a page without the white space and the mark-up of code that nobody sees."""
    page = SPACE.sub(lambda found: found[1] or "\n", page)
    return PLAIN_CODE.sub(r"\1", page)


def keep_search_for_later(folder):
    """Leave the search index empty at first: what is asked of the search brings the full one.

    Material fetches the index with every page, and would make an empty search of it, did
    `theme/assets/javascripts/search.js` not stand between the two.
    """
    path = folder / "search_index.json"
    index = json.loads(path.read_text("utf-8"))
    path.rename(folder / "full_index.json")
    path.write_text(json.dumps({**index, "docs": []}), "utf-8")

"""The last step of a build: readers are sent what they need, and the rest not or later."""

import hashlib
import json
import posixpath
import re
from pathlib import Path

from machinery import styles

LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">\s*')
URL = re.compile(r"""url\((["']?)(?!data:|#|/)([^"':()]+)\1\)""")
SPACE = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)|\n\s+", re.DOTALL)
# Names, operators, punctuation and space in code have the colour of all code: see site.css.
PLAIN_CODE = re.compile(r'<span class="(?:n|o|p|w)">([^<]*)</span>')
FOLDER = "assets/stylesheets"
MATERIAL = f"{FOLDER}/main."  # its first style sheet; what stands before it leads to the site's root


def slim(site, serving=False):
    site = Path(site)
    keep_search_for_later(site / "search")
    if serving:  # an author need not wait for what saves readers a download
        return
    pages = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    pages = {path: SPACE.sub(lambda found: found[1] or "\n", page) for path, page in pages.items()}
    pages = {path: PLAIN_CODE.sub(r"\1", page) for path, page in pages.items()}
    for path, page in use_one_style_sheet(site, pages).items():
        path.write_text(page, "utf-8")


def use_one_style_sheet(site, pages):
    """Return the pages with a link to one style sheet, of the rules that they can use."""
    sheets = {address: read_style_sheet(site, address) for address in LINK.findall(pages[site / "index.html"])}
    scripts = [path.read_text("utf-8") for path in [*site.glob("assets/javascripts/*.js"), *site.glob("javascripts/*.js")]]
    css = styles.purge(sheets, styles.Names(pages.values(), scripts))
    name = f"{FOLDER}/site.{hashlib.sha256(css.encode()).hexdigest()[:8]}.css"
    (site / name).write_text(css, "utf-8")

    def relink(page):
        first = LINK.search(page)
        link = f'<link rel="stylesheet" href="{first[1].partition(MATERIAL)[0]}{name}">\n'
        return page[: first.start()] + link + LINK.sub("", page[first.end() :])

    return {path: relink(page) for path, page in pages.items()}


def read_style_sheet(site, address):
    """Return its text, with addresses of fonts and images as they are from the one style sheet's folder."""

    def move(url):
        target = posixpath.join(posixpath.dirname(address), url[2])
        return f'url("{posixpath.relpath(target, FOLDER)}")'

    return URL.sub(move, (site / address).read_text("utf-8"))


def keep_search_for_later(folder):
    """Leave the search index empty at first: what is asked of the search brings the full one.

    Material fetches the index with every page, and would make an empty search of it, did
    `theme/assets/javascripts/search.js` not stand between the two.
    """
    path = folder / "search_index.json"
    index = json.loads(path.read_text("utf-8"))
    path.rename(folder / "full_index.json")
    path.write_text(json.dumps({**index, "docs": []}), "utf-8")

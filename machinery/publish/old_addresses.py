"""Old addresses of pages: none replaces a page, and each leads to the anchor that it names, even if the new address contains another."""

import re

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from machinery.seams import broken
from machinery.sources import ROOT, lines

LEADS_ON = '<meta http-equiv="refresh"'
# mkdocs-redirects would append one anchor to the other, and the browser would find neither.
SCRIPT = re.compile(r'location\.href="(?P<page>[^"#]*)#(?P<anchor>[^"]*)"\+\(anchor\?"#"\+anchor:""\)')


def refuse_taken(files, config):
    """Stop the build if a page has an old address, because mkdocs-redirects would overwrite that page."""
    pages, wrong = {file.url: file.src_uri for file in files.documentation_pages()}, []
    for old in config.plugins["redirects"].config["redirect_maps"] if "redirects" in config.plugins else ():
        if page := pages.get(File(old, "", "", config.use_directory_urls).url):
            place = next((place for place, line in lines(ROOT / "mkdocs.yml") if line.strip().startswith(f"{old}:")), "mkdocs.yml")
            wrong.append(f"{place}: docs/{page} has this old address, and would be replaced by what leads on: delete the line, or rename the page")
    if wrong:
        raise PluginError("\n".join(wrong))


def keep_anchors(site):
    for path in site.rglob("index.html"):
        page = path.read_text("utf-8")
        if LEADS_ON in page and re.search(r'rel="canonical" href="[^"]*#', page):
            page, count = SCRIPT.subn(r'location.href="\g<page>#"+(anchor||"\g<anchor>")', page)
            if not count:
                raise broken("redirects", path.relative_to(site))
            path.write_text(page, "utf-8")

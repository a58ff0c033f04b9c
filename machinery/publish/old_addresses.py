"""Let an old address lead to the anchor that it names, also where the new address has an anchor of its own."""

import re

from machinery.seams import broken

LEADS_ON = '<meta http-equiv="refresh"'
# mkdocs-redirects would put both anchors behind each other, and the browser would find neither.
SCRIPT = re.compile(r'location\.href="(?P<page>[^"#]*)#(?P<anchor>[^"]*)"\+\(anchor\?"#"\+anchor:""\)')


def keep_anchors(site):
    for path in site.rglob("index.html"):
        page = path.read_text("utf-8")
        if LEADS_ON in page and re.search(r'rel="canonical" href="[^"]*#', page):
            page, count = SCRIPT.subn(r'location.href="\g<page>#"+(anchor||"\g<anchor>")', page)
            if not count:
                raise broken("redirects", path.relative_to(site))
            path.write_text(page, "utf-8")

"""Let an old address lead to the anchor that it names, even if the new address contains another anchor."""

import re

from machinery.seams import broken

LEADS_ON = '<meta http-equiv="refresh"'
# mkdocs-redirects would append one anchor to the other, and the browser would find neither.
SCRIPT = re.compile(r'location\.href="(?P<page>[^"#]*)#(?P<anchor>[^"]*)"\+\(anchor\?"#"\+anchor:""\)')


def keep_anchors(site):
    for path in site.rglob("index.html"):
        page = path.read_text("utf-8")
        if LEADS_ON in page and re.search(r'rel="canonical" href="[^"]*#', page):
            page, count = SCRIPT.subn(r'location.href="\g<page>#"+(anchor||"\g<anchor>")', page)
            if not count:
                raise broken("redirects", path.relative_to(site))
            path.write_text(page, "utf-8")

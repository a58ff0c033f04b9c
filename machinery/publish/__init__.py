"""Finish the built site: delay the search index until somebody searches, let old addresses lead to their anchors, and shrink the pages."""

from pathlib import Path

from machinery.publish import old_addresses, search, smaller_pages


def publish(site, serving=False):
    site = Path(site)
    search.keep_for_later(site / "search")
    old_addresses.keep_anchors(site)
    if not serving:  # this only saves readers a download, so authors should not wait for it
        smaller_pages.write(site)

"""Finish the built site: delay the search index until somebody searches, and shrink the pages."""

from pathlib import Path

from machinery.publish import search, smaller_pages


def publish(site, serving=False):
    site = Path(site)
    search.keep_for_later(site / "search")
    if not serving:  # this only saves readers a download, so authors should not wait for it
        smaller_pages.write(site)

"""What happens to the finished site: readers are sent what they need, and the rest not or later."""

from pathlib import Path

from machinery.publish import search, smaller_pages


def publish(site, serving=False):
    site = Path(site)
    search.keep_for_later(site / "search")
    if not serving:  # an author need not wait for what saves readers a download
        smaller_pages.write(site)

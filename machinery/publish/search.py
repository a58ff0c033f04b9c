"""The search index, which readers fetch with their first question and not with every page."""

import json


def keep_for_later(folder):
    """Leave the search index empty at first: what is asked of the search brings the full one.

    Material fetches the index with every page, and would make an empty search of it, did
    `theme/assets/javascripts/search.js` not stand between the two.
    """
    path = folder / "search_index.json"
    index = json.loads(path.read_text("utf-8"))
    path.rename(folder / "full_index.json")
    path.write_text(json.dumps({**index, "docs": []}), "utf-8")

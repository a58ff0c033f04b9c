"""The search index, which readers fetch with their first question and not with every page."""

import json

from machinery.seams import broken


def keep_for_later(folder):
    """Leave the search index empty at first: what is asked of the search brings the full one.

    Material fetches the index with every page, and would make an empty search of it, did
    `theme/assets/javascripts/search.js` not stand between the two.
    """
    path = folder / "search_index.json"
    index = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if not index.get("docs"):
        raise broken("search index", f"{path.parent.name}/{path.name} has no `docs`")
    path.rename(folder / "full_index.json")
    path.write_text(json.dumps({**index, "docs": []}), "utf-8")

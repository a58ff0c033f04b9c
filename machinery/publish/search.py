"""Let readers fetch the search index with their first search, and not with every page."""

import json

from machinery.seams import broken


def keep_for_later(folder):
    """Replace the search index by an empty one; the first search fetches the full one.

    Material fetches the index with every page, and would make an empty search of it, did
    `theme/assets/javascripts/search.js` not stand between the two. It says at once that it is ready, and brings Material's
    search worker and the full index when something is searched for. It also leaves the signs at the end of a question out.
    """
    path = folder / "search_index.json"
    index = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if not index.get("docs"):
        raise broken("search index", f"{path.parent.name}/{path.name} has no `docs`")
    path.rename(folder / "full_index.json")
    path.write_text(json.dumps({**index, "docs": []}), "utf-8")

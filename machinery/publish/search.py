"""Let readers fetch the search index with their first search, and not with every page."""

import json

from machinery.seams import broken


def keep_for_later(folder):
    """Replace the search index by an empty one; the first search fetches the full one.

    Material fetches the index with every page; from an empty one it would build a search that finds nothing. Therefore
    `theme/assets/javascripts/search.js` takes the place of Material's search worker: it says at once that it is ready, and
    loads that worker and the full index with the first search. It also removes punctuation from the question.
    """
    path = folder / "search_index.json"
    index = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if not index.get("docs"):
        raise broken("search index", f"{path.parent.name}/{path.name} has no `docs`")
    path.rename(folder / "full_index.json")
    path.write_text(json.dumps({**index, "docs": []}), "utf-8")

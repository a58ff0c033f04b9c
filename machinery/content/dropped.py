"""Pages that a course drops: those in `exclude_docs` leave the navigation, and links to them become text.

Their files stay in `docs/`, where the tests go on checking them, and where git can merge what others improve.
"""

import logging
import posixpath
import re
from pathlib import Path

from mkdocs.exceptions import PluginError

from machinery.sources import lines

log = logging.getLogger("mkdocs.dropped")

LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<page>[^():#\s]+\.(?:md|ipynb))(?P<anchor>#[^()\s]*)?\)"
)
# Pages that can't be dropped alone, and what leads to each of them without a link that could become text
NEEDED_BY = {"index.md": "the logo", "notation.md": "the legend of every page", "mistakes.ipynb": "is-mine-right.md"}
listed = []  # what was logged last, so that `mkdocs serve` doesn't repeat it after every edit


def is_dropped(name, config):
    return bool(config.exclude_docs and config.exclude_docs.match_file(name))


def remaining(nav, config):
    """Return a navigation without dropped pages, and without sections that contain nothing else."""
    kept = []
    for entry in nav:
        [(title, below)] = entry.items() if isinstance(entry, dict) else [(None, entry)]
        below = remaining(below, config) if isinstance(below, list) else None if is_dropped(below, config) else below
        if below:
            kept.append({title: below} if title else below)
    return kept


def refuse_wrong(files, config):
    """Stop the build if `exclude_docs` names a page that does not exist, or one that other pages need."""
    names = {file.src_uri for file in files}
    patterns = [pattern for pattern in getattr(config.exclude_docs, "patterns", ()) if pattern.include]
    wrong = [f"nothing in docs/ is called {p.pattern}" for p in patterns if not any(map(p.match_file, names))]
    for name, needed_by in NEEDED_BY.items():
        if is_dropped(name, config) and not is_dropped(needed_by, config):
            wrong.append(f"{name} can't be dropped, because {needed_by} leads to it")
    if wrong:
        raise PluginError("\n".join(["these lines of exclude_docs in mkdocs.yml are wrong", *wrong]))


def unlink(markdown, name, config):
    """Replace links to dropped pages by their text."""
    return LINK.sub(lambda link: link["text"] if leads_away(link, name, config) else link[0], markdown)


def leads_away(link, name, config):
    return is_dropped(posixpath.normpath(posixpath.join(posixpath.dirname(name), link["page"])), config)


def tell(pages, config):
    """Log each line that names a dropped page, for the author to reword."""
    found = []
    for file in pages:
        placed = lines(Path(file.abs_src_path))
        text = "\n".join(line for _, line in placed)
        for link in LINK.finditer(text):
            if leads_away(link, file.src_uri, config):
                place, _ = placed[text.count("\n", 0, link.start())]
                found.append(f"{place}: {' '.join(link[0].split())}")
    if found and found != listed:
        log.info("\n".join(["These links lead to dropped pages, and are text now. You may want to reword their lines:", *found]))
    listed[:] = found

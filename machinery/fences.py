"""Fences, the lines that begin and end a block of code, and how they may be indented.

Indented by mistake, a fence is text for Markdown, or it is code for readers that no test runs, and neither is a warning.
"""

import re

from mkdocs.exceptions import PluginError

from machinery.sources import name_of, read_notebook, text_of

FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*")
CONTAINER = re.compile(r"(?:[-*+]|\d+\.|!!!|\?\?\?\+?|===)\s")  # lists, admonitions, tabs: what is in them is indented
WRONG = "this fence is indented by {} spaces: write all lines of its block at the left edge, or in a list or an admonition with 4 spaces for each level"


def read(text):
    """Return the lines on which fences open, and the line and the indentation of each fence that is indented wrongly."""
    opened, wrong = [], []
    levels, block, above = {0}, None, ""  # how far what comes next may be indented; marks, line and indentation of the open block; the line above
    for number, line in enumerate(text.expandtabs(4).split("\n"), start=1):
        words = line.strip()
        indent = len(line) - len(line.lstrip())
        if block:
            marks, first, own = block
            if words == marks and indent > own:
                wrong.append((number, indent))
            elif words and indent < own:
                wrong.append((first, own))
            if words == marks:
                block = None
        elif words:
            if not above:
                levels = {level for level in levels if level <= indent}
            if fence := FENCE.fullmatch(words):
                block = fence[1] or fence[2], number, indent
                opened.append(number)
                if indent not in levels:
                    wrong.append((number, indent))
            elif CONTAINER.match(words) and (level := indent // 4 * 4) in levels:
                levels.add(level + 4)
        above = words
    return opened, sorted(dict(wrong).items())


def find_wrong(path):
    """Return a message for each fence of a page that is indented wrongly."""
    texts = [(f"{name_of(path)}:", text_of(path))] if path.suffix == ".md" else [
        (f"{name_of(path)}, cell {number}:", cell.source) for number, cell in enumerate(read_notebook(path).cells, start=1) if cell.cell_type == "markdown"
    ]
    return [f"{place}{line}: {WRONG.format(indent)}" for place, text in texts for line, indent in read(text)[1]]


def refuse_wrong(paths):
    """Stop the build if a fence is indented wrongly."""
    if wrong := [message for path in paths for message in find_wrong(path)]:
        raise PluginError("\n".join(wrong))

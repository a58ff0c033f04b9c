"""The formulas of a page, of its titles and of the folds below them, as MathJax gets them: TeX, and whether it is displayed."""

import html
import re

from machinery.content import numbers_fold

IN_TITLE = re.compile(r"\\\((?P<tex>.*?)\\\)")  # a title is the text of a heading, without its elements


def keys(pages):
    """Return the formulas of pages and of the folds below them, each once, as MathJax gets them."""
    return list(dict.fromkeys(key for page in pages for formula in page.added.formulas for key in with_numbers(page, formula)))


def with_numbers(page, formula):
    found = [formula.typeset]
    numbers_fold.fold(page, formula, lambda tex: found.append((tex, False)) or "")
    return found


def in_title(match):
    return html.unescape(match["tex"]).strip(), False


def all_items(items):
    for item in items:
        yield item
        yield from all_items(item.children)

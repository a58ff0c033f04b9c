"""How long a page takes to read."""

import functools
import math
from collections import Counter
from html.parser import HTMLParser

# People read non-fiction at 238 words a minute on average; a formula, a block of code or an
# output is not read word by word, so each counts as a fixed time.
WORDS_PER_MINUTE, SECONDS_PER_BLOCK = 200, 20
MOST = 10


@functools.lru_cache(maxsize=256)
def count(content):
    """Count the words, formulas and blocks of a rendered page, and the minutes to read them.

    The content still has its formulas as TeX, in elements of the class `arithmatex`.
    """
    counter = Reader()
    counter.feed(content)
    counter.close()
    found = counter.found
    seconds = 60 * found["word"] / WORDS_PER_MINUTE + SECONDS_PER_BLOCK * (found["code"] + found["output"] + found["display"])
    return {"blocks": found["code"], "outputs": found["output"], "minutes": math.ceil(seconds / 60)}


def too_long(minutes, by_pieces):
    """Return what to do about a page that takes longer than a reader has, or ""."""
    if minutes <= MOST or by_pieces:
        return ""
    return (f"it takes {minutes} minutes to read, and a page takes at most {MOST}: make two of it, or if it is looked up piece by piece, "
            "say by_pieces: true at its head")


class Reader(HTMLParser):
    """Counts words, and the elements whose content is not read word by word."""

    def __init__(self):
        super().__init__()
        self.found = Counter()
        self.inside = None  # the tag of the counted element in which the parser is
        self.depth = 0  # how many elements with this tag are open, including that element

    def handle_starttag(self, tag, attributes):
        if self.inside:
            self.depth += tag == self.inside
        elif kind := kind_of(tag, dict(attributes)):
            self.found[kind] += 1
            self.inside, self.depth = tag, 1

    def handle_endtag(self, tag):
        if tag == self.inside:
            self.depth -= 1
            self.inside = self.inside if self.depth else None

    def handle_data(self, text):
        if not self.inside:
            self.found["word"] += len(text.split())


def kind_of(tag, attributes):
    """Return what an element counts as, or None if its words are counted."""
    classes = (attributes.get("class") or "").split()
    if "highlight" in classes:
        return "code" if "language-python" in classes else "output" if "language-text" in classes else "other code"
    if "arithmatex" in classes:
        return "display" if tag == "div" else "word"
    if tag == "figure" and "plot" in classes:
        return "output"
    if tag == "svg":  # a picture: readers read its caption, and see its labels
        return "picture"
    if tag == "template":  # a script shows it when it is asked for
        return "template"
    if attributes.get("id") == "paste-table":
        return "data"
    if "brought" in classes:  # code that other pages explain, folded away
        return "brought"

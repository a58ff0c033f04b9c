"""The sections into which Material's search cuts a page, kept as long as the page's HTML is the same."""

import copy
import functools

from material.plugins.search import plugin as search

Parser = search.Parser


def keep():
    search.Parser = KeptParser


@functools.lru_cache(maxsize=256)
def sections(html):
    parser = Parser()
    parser.feed(html)
    parser.close()
    return parser.data


class KeptParser:
    """Replaces the parser of Material's search plugin, which changes the sections that it gets."""

    def feed(self, html):
        self.data = [copy.copy(section) for section in sections(html)]

    def close(self):
        pass

"""Keep the sections into which Material's search divides a page, until the page's HTML changes."""

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
    """Replaces the parser in Material's search plugin. The plugin modifies the sections, so it gets copies."""

    def feed(self, html):
        self.data = [copy.copy(section) for section in sections(html)]

    def close(self):
        pass

"""In `mkdocs serve`: what an edit did not change is not made again.

MkDocs builds the whole site for each edit. Nearly all of that time goes into pages and
templates that are as they were, so these are kept, in memory only, by all that they are made of.
"""

import copy
import functools
import importlib
import json
import os
import sys

from jinja2 import BytecodeCache
from material.plugins.search import plugin as search
from mkdocs.commands import serve

from machinery.pages import DOCS, SNIPPETS

SearchParser = search.Parser


def start():
    """Look for saved files ten times a second instead of twice, and for no others; keep what the search index reads."""
    serve.LiveReloadServer = functools.partial(serve.LiveReloadServer, polling_interval=0.1)
    search.Parser = KeptParser
    # Bytecode in `snippets/`, which is watched, would build everything again: neither we nor the kernels write any.
    sys.dont_write_bytecode, os.environ["PYTHONDONTWRITEBYTECODE"] = True, "1"


loaded = []


def reload_snippets(*users):
    """Import the snippets again, and the modules that use them, if they or the data have changed."""
    now = [file.read_bytes() for file in sorted([*SNIPPETS.glob("*.py"), *DOCS.glob("data/*")])]
    if loaded and loaded != now:
        loaded.clear()  # until all are loaded again
        for name in [name for name in sys.modules if name.startswith("snippets.")]:
            del sys.modules[name]
        for module in users:
            importlib.reload(module)
    loaded[:] = now


rendered = {}
SET_BY_RENDERING = "content", "toc", "_title_from_render", "present_anchor_ids"


def render_once(page):
    """Let the page keep its HTML until something changes that it is made of."""
    render = page.render

    def render_or_copy(config, files):
        included = "--8<--" in page.markdown and [file.read_bytes() for file in sorted(SNIPPETS.glob("*.*"))]
        links_lead_to = sorted(files.src_uris)
        extensions = [name for name in config.markdown_extensions if isinstance(name, str)]
        options = json.dumps(config.mdx_configs, default=lambda option: getattr(option, "__fspath__", option.__repr__)())
        key = page.markdown, included, links_lead_to, extensions, options, repr(config.validation), config.use_directory_urls
        kept_key, values, links = rendered.get(page.file.src_uri, (None, None, None))
        if kept_key != key:
            render(config, files)
            values = [getattr(page, name) for name in SET_BY_RENDERING]
            links = {to.src_uri: anchors for to, anchors in (page.links_to_anchors or {}).items()}
            rendered[page.file.src_uri] = key, copy.deepcopy(values), links
        else:
            for name, value in zip(SET_BY_RENDERING, copy.deepcopy(values)):
                setattr(page, name, value)
            page.links_to_anchors = {files.src_uris[to]: anchors for to, anchors in links.items()}

    page.render = render_or_copy


def forget():
    """After a failed build: the warnings of its pages have to come again."""
    rendered.clear()


@functools.lru_cache(maxsize=256)
def sections(html):
    parser = SearchParser()
    parser.feed(html)
    parser.close()
    return parser.data


class KeptParser:
    """Stands for the parser with which Material cuts a page into the sections of its index."""

    def feed(self, html):
        self.data = [copy.copy(section) for section in sections(html)]

    def close(self):
        pass


class Templates(BytecodeCache):
    """Compiled templates; Jinja compares a digest of their source."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket):
        self.kept[bucket.key] = bucket.bytecode_to_string()

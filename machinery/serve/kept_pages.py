"""Keep the HTML that MkDocs renders from a page's Markdown, until something changes that it depends on."""

import copy
import json
import logging

from machinery import includes
from machinery.warnings_of_mkdocs import recorded

log = logging.getLogger("mkdocs.serve")

SET_BY_RENDERING = {"content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors"}

rendered = {}


def render_once(page):
    """Let the page reuse its HTML of an earlier build, unless something has changed that it depends on."""
    render = page.render

    def render_or_copy(config, files):
        key = made_of(page, config, files)
        kept_key, kept, warnings = rendered.get(page.file.src_uri, (None, None, None))
        if kept_key == key:
            give(kept, page, files)
            for record in warnings:  # they are still true
                logging.getLogger(record.name).handle(record)
            return
        before = dict(vars(page))
        with recorded() as warnings:
            render(config, files)
        changed = {name for name, value in vars(page).items() if name not in before or before[name] is not value}
        if unknown := changed - SET_BY_RENDERING:
            log.info(f"{page.file.src_uri} is rendered again for each edit: rendering now sets {', '.join(sorted(unknown))} too")
            return
        rendered[page.file.src_uri] = key, taken(page), warnings

    page.render = render_or_copy


def taken(page):
    """Return what rendering set on a page."""
    links = {to.src_uri: anchors for to, anchors in (page.links_to_anchors or {}).items()}
    return copy.deepcopy({name: getattr(page, name) for name in SET_BY_RENDERING - {"links_to_anchors"}}), links


def give(kept, page, files):
    """Set on a page what rendering set on it in an earlier build."""
    values, links = kept
    vars(page).update(copy.deepcopy(values))
    page.links_to_anchors = {files.src_uris[to]: anchors for to, anchors in links.items() if to in files.src_uris}


def made_of(page, config, files):
    links_lead_to = sorted(files.src_uris)
    extensions = [name for name in config.markdown_extensions if isinstance(name, str)]
    options = json.dumps(config.mdx_configs, default=lambda option: getattr(option, "__fspath__", option.__repr__)())
    return includes.expanded(page.markdown), links_lead_to, extensions, options, repr(config.validation), config.use_directory_urls


"""The last good state of a page, which is built in place of a broken one."""

import nbformat

from machinery.serve import kept_pages

PLACEHOLDER = "# {}\n\nThis page appears here as soon as it can be built.\n"

used = {}  # by the path in `docs/` of the broken page: its last good state, or None if there is none
last_good = {}  # for each page that could be built: its text, its metadata, and what rendering set
being_built = {}


def use(pages):
    """Let the next build take these pages from their last good states, or if that was tried, build placeholders; return whether anything was left to try."""
    untried = [page for page in pages if used.get(page, True)]
    for page in untried:
        used[page] = last_good.get(page) if page not in used else None
    return bool(untried)


def put(files):
    """Replace the texts of broken pages."""
    for file in files.documentation_pages():
        if file.src_uri in used:
            text, *_ = used[file.src_uri] or [placeholder(file.src_uri)]
            path = file.abs_src_path
            file.content_string = text  # which makes MkDocs forget the path
            file.abs_src_path = path


def placeholder(page):
    markdown = PLACEHOLDER.format(page)
    if page.endswith(".ipynb"):
        return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(markdown, id="a")]))
    return markdown


def render(page):
    """Let a broken page render as its last good state."""

    def render(config, files):
        _, page.meta, kept = used[page.file.src_uri]
        kept_pages.give(kept, page, files)

    if used[page.file.src_uri]:
        page.render = render


def allow_links(page):
    """Let links lead to any anchor of a broken page: the author may have just written it."""
    if page.file.src_uri in used:
        page.present_anchor_ids = None


def keep_if_it_builds(pages):
    for page in pages:
        being_built[page.file.src_uri] = page.file.content_string, page.meta, kept_pages.taken(page)


def keep():
    """After a build that succeeded: its pages are good."""
    last_good.update({page: state for page, state in being_built.items() if page not in used})

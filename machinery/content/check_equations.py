"""Evaluate the equations of all pages in each build, and stop it if one is wrong."""

import functools

import nbformat
from markdown.extensions import Extension
from mkdocs.exceptions import PluginError

from machinery import equations, includes
from machinery.content import explorer, front_matter, notebooks
from machinery.sources import SNIPPETS, render, text_of


class KeepDelimiters(Extension):
    r"""Keep the backslash of a `\[` or `\(` that begins no formula, so that the rendered page can be searched for it."""

    def extendMarkdown(self, md):
        for bracket in "()[]":
            md.ESCAPED_CHARS.remove(bracket)


def evaluate(pages):
    """Return the report of each page, by its path in `docs/`."""
    return equations.check_site({
        page.file.src_uri: source(f"docs/{page.file.src_uri}", page.file.content_string, page.content) for page in pages
    })


def messages(reports):
    return [message for report in reports.values() for message in report.messages]


def refuse(reports):
    if wrong := messages(reports):
        raise PluginError("\n".join(["these equations can't be published", *wrong]))


@functools.lru_cache(maxsize=256)
def source(name, text, html=None):
    """Return a page to evaluate, from the path and the text of its file, and the HTML that the build has rendered.

    Without HTML it is rendered here, but a notebook is not run and has no outputs.
    """
    if name.endswith(".ipynb"):
        notebook = nbformat.reads(text, as_version=4)
        written = [(f"{name}, cell {number}", cell.source) for number, cell in enumerate(notebook.cells, start=1)]
        text = text if html else notebooks.to_markdown(notebook)
    else:
        included = dict.fromkeys(match["file"] for match in includes.INCLUDE.finditer(text))
        written = [(name, front_matter.blanked(text))]
        written += [(f"snippets/{file}", text_of(SNIPPETS / file)) for file in included if (SNIPPETS / file).is_file()]
    return equations.Source(name, html or explorer.insert(render(front_matter.blanked(text)), scripts=["", ""]), tuple(written))

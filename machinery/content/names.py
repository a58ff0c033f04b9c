"""The names of pages, which MkDocs takes as they are, even if one page then hides another, or if no test finds it."""

from mkdocs.exceptions import PluginError


def refuse_wrong(files):
    """Stop the build if two pages have one address, or if a page has a suffix that only MkDocs takes for one of Markdown, such as .markdown."""
    pages, wrong = {}, []
    for file in files:
        other = pages.setdefault(file.url, file.src_uri)
        if other != file.src_uri:
            wrong.append(f"docs/{file.src_uri}: docs/{other} has the same address, {file.url}: rename one of the two")
        if not file.src_uri.endswith((".md", ".ipynb")):
            wrong.append(f"docs/{file.src_uri}: only .md and .ipynb are checked: rename it to {file.src_uri.rpartition('.')[0]}.md")
    if wrong:
        raise PluginError("\n".join(wrong))

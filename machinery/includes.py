"""Code from `snippets/` in a page.

A page includes a section of a snippet with `--8<-- "softmax.py:softmax"`, which
pymdownx.snippets expands. The file keeps the full docstring; a page shows its first line.
"""

import re

from markdown.extensions import Extension

LONG_DOCSTRING = re.compile(r'^([ \t]*"""(?:(?!""")[^\n])+)\n(?:(?!""")[\s\S])*"""', re.MULTILINE)


class ShortDocstrings(Extension):
    """Cut the docstrings of included sections to their first line."""

    def extendMarkdown(self, md):
        snippets = md.preprocessors["snippet"]
        extract_section = snippets.extract_section

        def extract_and_shorten(section, lines):
            code = "\n".join(extract_section(section, lines))
            return LONG_DOCSTRING.sub(r'\1"""', code).split("\n")

        snippets.extract_section = extract_and_shorten

"""Code from `snippets/` in a page.

A page includes a section of a snippet with `--8<-- "softmax.py:softmax"`, which
pymdownx.snippets expands. The file keeps the full docstring; a page shows its first line.
"""

import re

from markdown.extensions import Extension
from mkdocs.exceptions import PluginError

from machinery.seams import broken
from machinery.sources import SNIPPETS, lines

MARKER = re.compile(r"\s*-+8<-+")
INCLUDE = re.compile(rf'{MARKER.pattern} "(?P<file>[^":]+)(?::(?P<section>[\w-]+))?"')
SECTION = re.compile(r"^# --8<-- \[start:([\w-]+)\]$", re.MULTILINE)
LONG_DOCSTRING = re.compile(r'^([ \t]*"""(?:(?!""")[^\n])+)\n(?:(?!""")[\s\S])*"""', re.MULTILINE)


class ShortDocstrings(Extension):
    """Cut the docstrings of included sections to their first line."""

    def extendMarkdown(self, md):
        try:
            snippets = md.preprocessors["snippet"]
            extract_section = snippets.extract_section
        except (KeyError, AttributeError) as error:
            raise broken("preprocessor of includes", f"there is no {error}") from None

        def extract_and_shorten(section, lines):
            code = "\n".join(extract_section(section, lines))
            return LONG_DOCSTRING.sub(r'\1"""', code).split("\n")

        snippets.extract_section = extract_and_shorten


def refuse_wrong(paths):
    """Stop the build if pages include what isn't there."""
    if wrong := [message for path in paths for message in find_wrong(lines(path))]:
        raise PluginError("\n".join(["these includes lead nowhere", *wrong]))


def find_wrong(placed):
    """Return a message for each line that can't be expanded, of pairs of place and line."""
    return [f"{place}: {problem}" for place, line in placed if MARKER.match(line) and (problem := problem_of(line))]


def problem_of(line):
    include = INCLUDE.fullmatch(line)
    if not include:
        return f"can't read {line.lstrip()!r}: an include is --8<-- \"softmax.py:softmax\", and nothing behind it"
    file, section = include.groups()
    if not (SNIPPETS / file).is_file():
        return f"there is no snippets/{file}: there are {', '.join(sorted(path.name for path in SNIPPETS.glob('[!_]*.py')))}"
    sections = SECTION.findall((SNIPPETS / file).read_text("utf-8"))
    if section not in (None, *sections):
        return f"snippets/{file} has no section '{section}': it has {', '.join(sections) or 'none'}"

"""Code from `snippets/` in a page.

A page includes a section of a snippet with `--8<-- "softmax.py:softmax"`. The file keeps the full docstring; a page shows
its first line. The functions of `snippets/` that the section calls follow at the end of the block's includes, unless the
block defines them. So the subject comes first, and the copied block runs alone.
"""

import functools
import re

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from mkdocs.exceptions import PluginError

from machinery.sources import SNIPPETS, files_in, lines, text_of

MARKER = re.compile(r"\s*-+8<-+")
INCLUDE = re.compile(r'(?P<indent>\s*)-+8<-+ "(?P<file>[^":]+):(?P<section>[\w-]+)"')
SECTION = re.compile(r"^# --8<-- \[start:([\w-]+)\]$", re.MULTILINE)
SECTION_CODE = r"^# --8<-- \[start:{0}\]\n(.*?)\n# --8<-- \[end:{0}\]$"
IMPORT = re.compile(r"^from snippets\.(\w+) import (.+)$", re.MULTILINE)
DEFINITION = re.compile(r"^\s*def (\w+)\(")
FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
LONG_DOCSTRING = re.compile(r'^([ \t]*"""(?:(?!""")[^\n])+)\n(?:(?!""")[\s\S])*"""', re.MULTILINE)
EXAMPLE = re.compile(r"(^````markdown$.*?^````$)", re.MULTILINE | re.DOTALL)  # of a page, whose includes are to be seen


class Includes(Extension):
    """Replaces the includes of a page before anything else reads it."""

    def extendMarkdown(self, md):
        md.preprocessors.register(Expand(md), "includes", 32)


class Expand(Preprocessor):
    def run(self, lines):
        return expanded("\n".join(lines)).split("\n")


def expanded(text):
    """Return the text of a page with code in place of its includes."""
    parts = EXAMPLE.split(text)
    parts[::2] = ["\n".join(line for _, include in with_callees(part.split("\n")) for line in code_of(include)) for part in parts[::2]]
    return "".join(parts)


def code_of(line):
    """Return the lines of an include, or any other line alone."""
    include = INCLUDE.fullmatch(line)
    return [include["indent"] + text for text in section(include["file"], include["section"]).split("\n")] if include else [line]


def section(file, name):
    """Return the code of a section as a page shows it."""
    return section_of(text_of(SNIPPETS / file), file, name)


@functools.lru_cache(maxsize=1024)
def section_of(text, file, name):
    code = re.search(SECTION_CODE.format(name), text, re.MULTILINE | re.DOTALL)
    if not code:
        line = text[: text.index(f"[start:{name}]")].count("\n") + 1
        raise PluginError(f"snippets/{file}:{line}: this section has no end: write # --8<-- [end:{name}] on a line below it")
    return LONG_DOCSTRING.sub(r'\1"""', code[1])


def with_callees(lines):
    """Return pairs of number and line, where includes of what is called follow the last include of each block."""
    found, block = [], []
    for number, line in enumerate(lines):
        block.append((number, line))
        if FENCE.match(line):
            found += block_with_callees(block)
            block = []
    return found + block_with_callees(block)


def block_with_callees(block):
    includes = {index: include for index, (_, line) in enumerate(block) if (include := INCLUDE.fullmatch(line))}
    sections = [(include["file"], include["section"]) for include in includes.values()]
    defined = {name for _, line in block for name in DEFINITION.findall(line)}
    added = []
    for file, name in sections:  # and of the sections that are added here
        new = [callee for callee in callees(file, name) if callee not in sections and callee[1] not in defined]
        sections += new
        added += new
    if not added:
        return block
    last = max(includes)
    number, indent = block[last][0], includes[last]["indent"]
    lines = [text for file, name in added for text in ("", "", f'{indent}--8<-- "{file}:{name}"')]
    return [*block[: last + 1], *((number, text) for text in lines), *block[last + 1 :]]


def callees(file, name):
    """Return file and section of each function of `snippets/` that a section calls."""
    if problem_of(f'--8<-- "{file}:{name}"'):  # which `refuse_wrong` tells
        return []
    return callees_of(text_of(SNIPPETS / file), file, name)


@functools.lru_cache(maxsize=1024)
def callees_of(text, file, name):
    code, homes = section_of(text, file, name), {other: file for other in SECTION.findall(text) if other != name}
    for module, names in IMPORT.findall(text):
        homes |= dict.fromkeys(names.split(", "), f"{module}.py")
    return [(home, callee) for callee, home in homes.items() if re.search(rf"\b{callee}\(", code)]


def refuse_wrong(paths):
    """Stop the build if pages include a file or a section that does not exist."""
    if wrong := [message for path in paths for message in find_wrong(lines(path))]:
        raise PluginError("\n".join(["these includes lead nowhere", *wrong]))


def find_wrong(placed):
    """Return a message for each line that can't be expanded, of pairs of place and line."""
    return [f"{place}: {problem}" for place, line in placed if (problem := problem_of(line))]


def problem_of(line):
    if not MARKER.match(line):
        return None
    include = INCLUDE.fullmatch(line)
    if not include:
        return f"can't read {line.lstrip()!r}: an include is --8<-- \"softmax.py:softmax\", and nothing after it"
    _, file, section = include.groups()
    if not (SNIPPETS / file).is_file():
        return f"there is no snippets/{file}: there are {', '.join(path.name for path in files_in(SNIPPETS, '[!_]*.py'))}"
    sections = SECTION.findall(text_of(SNIPPETS / file))
    if section not in sections:
        return f"snippets/{file} has no section '{section}': it has {', '.join(sections) or 'none'}"

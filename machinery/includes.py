"""Code from `snippets/` in a page.

A page includes a section of a snippet with `--8<-- "softmax.py:softmax"`, which
pymdownx.snippets expands. The file keeps the full docstring; a page shows its first line.
The functions of `snippets/` that the section calls follow at the end of the block's includes,
unless the block defines them. So the subject comes first, and the copied block runs alone.
"""

import re

from markdown.extensions import Extension
from mkdocs.exceptions import PluginError

from machinery.seams import broken
from machinery.sources import SNIPPETS, lines

MARKER = re.compile(r"\s*-+8<-+")
HIDDEN = re.compile(r"\s*;+\s*-+8<-+")
MARK_OF_SECTION = re.compile(r"# --8<-- \[(?:start|end):")
INCLUDE = re.compile(rf'{MARKER.pattern} "(?P<file>[^":]+)(?::(?P<section>[\w-]+))?"')
SECTION = re.compile(r"^# --8<-- \[start:([\w-]+)\]$", re.MULTILINE)
IMPORT = re.compile(r"^from snippets\.(\w+) import (.+)$", re.MULTILINE)
DEFINITION = re.compile(r"^\s*def (\w+)\(")
FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
SECTION_CODE = r"^# --8<-- \[start:{0}\]\n(.*?)\n# --8<-- \[end:{0}\]$"
LONG_DOCSTRING = re.compile(r'^([ \t]*"""(?:(?!""")[^\n])+)\n(?:(?!""")[\s\S])*"""', re.MULTILINE)


class Includes(Extension):
    """Cut the docstrings of included sections to their first line, and include what they call."""

    def extendMarkdown(self, md):
        try:
            snippets = md.preprocessors["snippet"]
            extract_section, run = snippets.extract_section, snippets.run
        except (KeyError, AttributeError) as error:
            raise broken("preprocessor of includes", f"there is no {error}") from None

        def extract_and_shorten(section, lines):
            return shortened("\n".join(extract_section(section, lines))).split("\n")

        snippets.extract_section = extract_and_shorten
        snippets.run = lambda lines: run([line for _, line in with_callees(with_shown(lines))])


def with_shown(lines):
    """Return lines in which pymdownx.snippets leaves alone what is to be seen: includes in examples of pages, and marks of sections."""
    found, example = [], False
    for line in lines:
        example ^= line.strip() in ("````markdown", "````")
        found.append(re.sub(r"-+8<-+", r";\g<0>", line) if MARKER.match(line) and example or MARK_OF_SECTION.match(line) else line)
    return found


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
    sections = [include.groups() for include in includes.values()]
    defined = {name for _, line in block for name in DEFINITION.findall(line)}
    added = []
    for section in sections:  # and of the sections that are added here
        new = [callee for callee in callees(*section) if callee not in sections and callee[1] not in defined]
        sections += new
        added += new
    if not added:
        return block
    last = max(includes)
    number, line = block[last]
    indent = line[: len(line) - len(line.lstrip())]
    lines = [text for file, name in added for text in ("", "", f'{indent}--8<-- "{file}:{name}"')]
    return [*block[: last + 1], *((number, text) for text in lines), *block[last + 1 :]]


def included(markdown):
    """Return the code that a page includes: files and sections, also those that follow because they are called."""
    includes = [include for _, line in with_callees(markdown.split("\n")) if (include := INCLUDE.fullmatch(line))]
    sources = [(SNIPPETS / include["file"]).read_text("utf-8") for include in includes]
    return [section(source, include["section"]) if include["section"] else source for source, include in zip(sources, includes)]


def callees(file, section):
    """Return file and section of each function of `snippets/` that a section calls."""
    if not (SNIPPETS / file).is_file():
        return []  # `refuse_wrong` says which files are missing
    text = (SNIPPETS / file).read_text("utf-8")
    homes = {name: file for name in SECTION.findall(text) if name != section}
    for module, names in IMPORT.findall(text):
        homes |= dict.fromkeys(names.split(", "), f"{module}.py")
    _, _, code = text.partition(f"# --8<-- [start:{section}]\n")
    code = LONG_DOCSTRING.sub("", code.partition(f"# --8<-- [end:{section}]")[0])
    return [(home, name) for name, home in homes.items() if re.search(rf"\b{name}\(", code)]


def shortened(code):
    return LONG_DOCSTRING.sub(r'\1"""', code)


def section(source, name):
    """Return the code of a section as a page shows it."""
    return shortened(re.search(SECTION_CODE.format(name), source, re.MULTILINE | re.DOTALL)[1])


def refuse_wrong(paths):
    """Stop the build if pages include a file or a section that does not exist."""
    if wrong := [message for path in paths for message in find_wrong(lines(path))]:
        raise PluginError("\n".join(["these includes lead nowhere", *wrong]))


def find_wrong(placed):
    """Return a message for each line that can't be expanded, of pairs of place and line."""
    return [f"{place}: {problem}" for place, line in placed if (problem := problem_of(line))]


def problem_of(line):
    if "8<-" not in line:
        return None
    if HIDDEN.match(line):
        return f"{line.strip()!r} would be published as it is, and include nothing: delete the semicolon"
    if not MARKER.match(line):
        return None
    include = INCLUDE.fullmatch(line)
    if not include:
        return f"can't read {line.lstrip()!r}: an include is --8<-- \"softmax.py:softmax\", and nothing behind it"
    file, section = include.groups()
    if not (SNIPPETS / file).is_file():
        return f"there is no snippets/{file}: there are {', '.join(sorted(path.name for path in SNIPPETS.glob('[!_]*.py')))}"
    sections = SECTION.findall((SNIPPETS / file).read_text("utf-8"))
    if section not in (None, *sections):
        return f"snippets/{file} has no section '{section}': it has {', '.join(sections) or 'none'}"

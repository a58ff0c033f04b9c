"""The formulas of a page, with what stands around them: heading, paragraph, sentence."""

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

FENCE = re.compile(r"^([ \t]*)(`{3,}|~{3,}).*?(?:^[ \t]*\2[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)  # ends with its paragraph
COMMENT = re.compile(r"<!--(?!\s*not a claim\b).*?-->", re.DOTALL)
MARK = r"(?:<!--\s*not a claim\b:?(?P<mark>(?:(?!-->).)*)-->\s*)?"
# For pages and for notebooks: formulas, what is none but looks like one, and how formulas are written.
MARKDOWN = (
    re.compile(
        MARK + r"(?<!\\)\\\[(?P<display>.*?)(?<!\\)\\\]|(?<!\\)\\\((?P<inline>.+?)(?<!\\)\\\)", re.DOTALL
    ),
    re.compile(
        r"<!--|\$\$|(?<![\w\\$])\$(?=[^$\n]*[\\=_^][^$\n]*\$)|\\[()](?!\\)|(?<!\\)\\\[|\\\](?!\()|\\begin\{",
    ),
    r"\(...\) and \[...\]",
)
NOTEBOOK = (
    re.compile(MARK + r"(?<!\\)\$\$(?P<display>.*?)\$\$|(?<![\\$])\$(?P<inline>[^$]+?)(?<!\\)\$", re.DOTALL),
    re.compile(r"<!--|\$\$|\\[()\[\]]|\\begin\{"),
    "$...$ and $$...$$",
)
# `\(y_i\) = 0`: the relation stands beside the formula, and belongs to it all the same.
BESIDE = re.compile(r"[ \t]*\n?(?:=|[ \t]*[=<>])\s*-?\d+(?:\.\d+)?(?![\w.]*\d)")
STRAY = re.compile(r"[ \t]*(?:\n?=|[<>≈≤≥≠])")
HEADING = re.compile(r"^(#{1,6})\s", re.MULTILINE)
# Behind a blank line or a heading, and in front of an item, a row of a table, a box.
BREAK = re.compile(
    r"^[ \t]*\n(?=[ \t]*\S)|^#{1,6}\s.*\n|^(?=[ \t]*(?:[-*+]\s|\d+[.)]\s|\||>|!!!|\?\?\?))", re.MULTILINE
)
SENTENCE_END = re.compile(r"[.!?][*_)]*\s+(?=\S)")


@dataclass(frozen=True)
class Source:
    """The text of a page; for a notebook that of its Markdown cells, and where in it each of its cells begins."""

    page: str
    text: str
    cells: tuple = ()

    def at(self, offset):
        """Return where an offset is, by line and column from 1: `derivation.md:57:3`, `training.ipynb, cell 4:1:9`."""
        place, begin = self.page, 0
        if number := bisect_right(self.cells, offset):
            place, begin = f"{place}, cell {number}", self.cells[number - 1]
        before = self.text[begin:offset]
        return f"{place}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@dataclass(frozen=True)
class Formula:
    """A formula as it stands on a page.

    `paragraph` and `sentence` count on the page. A display belongs to the sentence in front of it.
    """

    source: Source
    tex: str
    start: int
    display: bool = False
    mark: str | None = None  # the reason why it is not a claim
    problem: str = ""  # what is wrong with it, or with what stands here in place of a formula
    section_end: int = 0
    paragraph: int = 0
    sentence: int = 0

    def at(self, offset=0):
        """Return where an offset in the formula is."""
        return self.source.at(self.start + offset)


def formulas(name, text):
    """Return the formulas of a page in order, and behind them what looks like one and is none.

    Parameters
    ----------
    name : str
        The page's name; `.ipynb` means the JSON of a notebook.
    text : str
        The content of the file.

    Returns
    -------
    list of Formula
    """
    source = markdown_of_notebook(name, text) if name.endswith(".ipynb") else Source(name, text)
    math, leftover, written = NOTEBOOK if source.cells else MARKDOWN
    text = source.text
    for pattern in (FRONT_MATTER, FENCE, CODE, COMMENT):
        text = pattern.sub(blank, text)
    words = math.sub(lambda match: blank(match, "x" if match["inline"] else " "), text)
    paragraphs = [match.end() for match in BREAK.finditer(words)]
    sentences = sorted({*paragraphs, *(match.end() for match in SENTENCE_END.finditer(words))})
    headings = [(match.start(), len(match[1])) for match in HEADING.finditer(words)]
    found = []
    for match in math.finditer(text):
        place, kind = match.start(), "inline" if match["inline"] else "display"
        depth = [0, *(level for start, level in headings if start < place)][-1]
        ends = (start for start, level in headings if start > place and level <= depth)
        tex, mark, problem = match[kind], match["mark"], ""
        if mark is not None and not mark.strip():
            problem = "a mark needs its reason: <!-- not a claim: reason -->"
        elif match["inline"] and (beside := BESIDE.match(text, match.end())):
            tex += f"  {beside[0]}"
        elif match["inline"] and STRAY.match(text, match.end()):
            problem = "a relation beside a formula: write both sides into it"
        found.append(Formula(
            source, tex, match.start(kind), kind == "display", mark, problem, next(ends, len(text)),
            bisect_right(paragraphs, place), bisect_right(sentences, place),
        ))  # fmt: skip
    for match in leftover.finditer(words):
        problem = f"{match[0]!r} outside of a formula: {written} are formulas here"
        if match[0] == "<!--":
            problem = "a mark `not a claim` stands on the line before a display"
        found.append(Formula(source, "", match.start(), problem=problem))
    return found


def markdown_of_notebook(name, text):
    cells = ["".join(cell["source"]) + "\n\n" if cell["cell_type"] == "markdown" else "" for cell in json.loads(text)["cells"]]
    return Source(name, "".join(cells), tuple(accumulate(map(len, cells[:-1]), initial=0)))


def blank(match, filler=" "):
    return re.sub(r"[^\n]", filler, match[0])

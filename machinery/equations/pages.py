"""The formulas of a page, with what stands around them: heading, paragraph, sentence."""

import json
import re
from bisect import bisect_right
from dataclasses import dataclass

FENCE = re.compile(r"^([ \t]*)(`{3,}|~{3,}).*?(?:^[ \t]*\2[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)  # ends with its paragraph
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
MARK = re.compile(r"\s*not a claim\b:?\s*(.*?)\s*$", re.DOTALL)
MARKDOWN_MATH = re.compile(r"(?<!\\)\\\[(?P<display>.*?)(?<!\\)\\\]|(?<!\\)\\\((?P<inline>.+?)(?<!\\)\\\)", re.DOTALL)
NOTEBOOK_MATH = re.compile(r"(?<!\\)\$\$(?P<display>.*?)\$\$|(?<![\\$])\$(?P<inline>[^$]+?)(?<!\\)\$", re.DOTALL)
LEFTOVER = {
    MARKDOWN_MATH: re.compile(r"\$\$|(?<![\w\\$])\$(?=[^$\n]*[\\=_^][^$\n]*\$)|\\[()](?!\\)|(?<!\\)\\\[|\\\](?!\()|\\begin\{"),
    NOTEBOOK_MATH: re.compile(r"\$\$|\\[()\[\]]|\\begin\{"),
}
# `\(y_i\) = 0`: the relation stands beside the formula, and belongs to it all the same.
BESIDE = re.compile(r"[ \t]*\n?(?:=|[ \t]*[=<>])\s*-?\d+(?:\.\d+)?(?![\w.]*\d)")
STRAY = re.compile(r"[ \t]*(?:\n?=|[<>≈≤≥≠])")
HEADING = re.compile(r"(#{1,6})\s")
NEW_BLOCK = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|\||>|!!!|\?\?\?|#{1,6}\s)")
SENTENCE_END = re.compile(r"[.!?][*_)]*\s+(?=\S)")


@dataclass(frozen=True)
class Formula:
    """A formula as it stands on a page.

    `section` holds the numbers of the headings above it, outermost first; `paragraph` and
    `sentence` count on the page. A display belongs to the sentence in front of it.
    """

    page: str
    tex: str
    display: bool
    start: int
    section: tuple
    paragraph: int
    sentence: int
    mark: str | None
    stray: bool
    source: "Source"

    def position(self, offset=0):
        """Return line and column, counted from 1, of an offset in the formula."""
        return self.source.position(self.start + offset)


class Source:
    """The text of a page; for a notebook its Markdown cells, with their lines in the file."""

    def __init__(self, name, text):
        self.name = name
        self.math = NOTEBOOK_MATH if name.endswith(".ipynb") else MARKDOWN_MATH
        self.lines = None
        self.text = text
        if name.endswith(".ipynb"):
            self.text, self.lines = _markdown_of_notebook(text)

    def position(self, offset):
        line = self.text.count("\n", 0, offset) + 1
        column = offset - self.text.rfind("\n", 0, offset)
        return (self.lines[line - 1] if self.lines else line), column


def _markdown_of_notebook(text):
    """Return the Markdown cells as one text, and the line in the file for each of its lines."""
    file_lines, position, pieces, numbers = text.split("\n"), 0, [], []
    for cell in json.loads(text)["cells"]:
        source = cell["source"] if isinstance(cell["source"], list) else cell["source"].splitlines(keepends=True)
        for line in source:
            wanted = {json.dumps(line), json.dumps(line, ensure_ascii=False)}
            for number in range(position, len(file_lines)):
                if file_lines[number].strip().rstrip(",") in wanted:
                    position = number
                    break
            if cell["cell_type"] == "markdown":
                pieces.append(line.rstrip("\n"))
                numbers.append(position + 1)
            position += 1
        pieces.append("")
        numbers.append(position + 1)
    return "\n".join(pieces), numbers


def formulas(name, text):
    """Return the formulas of a page in order, and what looks like one and is none.

    Parameters
    ----------
    name : str
        The page's name; `.ipynb` means the JSON of a notebook.
    text : str
        The content of the file.

    Returns
    -------
    formulas : list of Formula
    problems : list of (Formula, int, str)
        A place in the text, 0, and what is wrong there.
    """
    source = Source(name, text)
    text = source.text
    for pattern in (FRONT_MATTER, FENCE, CODE):
        text = pattern.sub(_blank, text)
    marks = {}
    for comment in COMMENT.finditer(text):
        if found := MARK.match(comment[1]):
            following = comment.end() + len(re.match(r"\s*", text[comment.end() :])[0])
            marks[following] = " ".join(found[1].split())
    text = COMMENT.sub(_blank, text)
    found = list(_walk(source, text, marks))
    problems = []

    def problem(start, message):
        problems.append((Formula(name, "", False, start, (), 0, 0, None, False, source), 0, message))

    for start in set(marks) - {match.start() for match in source.math.finditer(text) if match["display"] is not None}:
        problem(start, "a mark `not a claim` stands on the line before a display")
    for leftover in LEFTOVER[source.math].finditer(_without_math(text, source.math.finditer(text))):
        problem(leftover.start(), f"{leftover[0]!r} outside of a formula: " + ("$...$ and $$...$$" if name.endswith(".ipynb") else r"\(...\) and \[...\]") + " are formulas here")
    return found, problems


def _blank(match):
    return re.sub(r"[^\n]", " ", match[0])


def _walk(source, text, marks):
    spans = list(source.math.finditer(text))
    words = _without_math(text, spans)
    headings, paragraphs, offset, blank = [], [], 0, True
    for line in words.splitlines(keepends=True):
        if heading := HEADING.match(line):
            headings.append((offset, len(heading[1])))
        if line.strip() and (blank or NEW_BLOCK.match(line)):
            paragraphs.append(offset)
        blank = not line.strip() or heading is not None
        offset += len(line)
    sentences = sorted({*paragraphs, *(match.end() for match in SENTENCE_END.finditer(words))})
    for match in spans:
        place = match.start()
        section = []
        for number, (start, level) in enumerate(headings):
            if start <= place:
                section = [(n, above) for n, above in section if above < level] + [(number, level)]
        numbers = tuple(number for number, _ in section)
        yield _formula(source, text, match, marks, numbers, bisect_right(paragraphs, place), bisect_right(sentences, place))


def _without_math(text, spans):
    """Return the text with displays blank and inline formulas as words."""
    pieces, done = [], 0
    for match in spans:
        filler = " " if match["display"] is not None else "x"
        pieces += [text[done : match.start()], re.sub(r"[^\n]", filler, match[0])]
        done = match.end()
    return "".join(pieces) + text[done:]


def _formula(source, text, match, marks, section, paragraph, sentence):
    display = match["display"] is not None
    kind = "display" if display else "inline"
    start, tex, stray = match.start(kind), match[kind], False
    if not display:
        beside = BESIDE.match(text, match.end())
        if beside:
            tex = tex + "  " + beside[0]
        elif STRAY.match(text, match.end()):
            stray = True
    return Formula(source.name, tex, display, start, section, paragraph, sentence, marks.get(match.start()), stray, source)

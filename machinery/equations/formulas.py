"""The formulas of a rendered page, with the prose around each: heading, paragraph, sentence.

This is the only list of the mathematics on a page. The same formulas are typeset by MathJax and evaluated,
so no reader sees a formula that was left out.
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from machinery.equations.hints import REFERENCE

ELEMENT = re.compile(
    r"""
    <!--(?P<comment>.*?)-->
    | <(?P<box>span|div)\ class="arithmatex">(?P<math>.*?)</(?P=box)>
    | <(?P<code>pre|code|script|style|div(?=\ class="[^"]*\bhighlight\b))\b(?P<verbatim>.*?)</(?P=code)>
    | <(?P<end>/?)(?P<tag>[A-Za-z]\w*)(?P<attributes>(?:"[^"]*"|'[^']*'|[^>"'])*)>
    | (?P<text>[^<]+|<)
    """,
    re.VERBOSE | re.DOTALL,
)
DELIMITED = re.compile(r"\s*\\(?P<bracket>[(\[])\s*(?P<tex>.*?)\s*\\[)\]]\s*", re.DOTALL)
# Elements inside a paragraph or a row of a table. Any other begins a new paragraph.
INSIDE = re.compile("a|abbr|b|br|cite|del|em|i|img|input|ins|kbd|label|mark|q|s|samp|small|span|strong|sub|sup|td|th|u|var")
LEFTOVER = re.compile(r"(?P<sign>\\[()\[\]]|\$\$|\\[A-Za-z]{2,})\s*[^\\\n*_`<>\"']{0,40}")
ADDRESS = re.compile(r'\b(?:href|src)="[^"]*"')  # which may contain the \ of Windows
MARK = re.compile(r"\s*not a claim\b:?(.*)", re.DOTALL)
RELATION = re.compile(
    r":=|[=<>]|\\(?:coloneqq|triangleq|leq?|geq?|neq?|lt|gt|leqslant|geqslant|approx|in|notin|propto|sim|simeq|equiv"
    r"|cong|ll|gg)(?![A-Za-z])"
)
TAG = re.compile(r"\\tag\{([^}]*)\}")
# `\(y_i\) = 0`: the relation is beside the formula and belongs to it.
BESIDE = re.compile(r"[ \t]*\n?(?:=|[ \t]*[=<>])\s*-?\d+(?:\.\d+)?(?![\w.]*\d)")
STRAY = re.compile(r"[ \t]*(?:\n?=|[<>≈≤≥≠])")
SUPPOSING = re.compile(r"\b(?:if|iff|when|whenever|unless|as (?:soon|long) as)\s+\\\(\s*\Z", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?]\)*\s+(?=\S)")
# How authors delimit formulas. The rendered page has lost the indentation and the marks of quotes.
OPENING = r"(?:\\[(\[]|\$\$?|(?=\\begin))"
OPENED, CLOSED, NEXT_LINE = rf"{OPENING}[\s>]*", r"[\s>]*(?:\\[)\]]|\$|(?<=\}))", r"[ \t]*\n[ \t>]*"


@dataclass(frozen=True)
class Source:
    """A page as Markdown renders it, where each formula, with its delimiters, is an element of the class `arithmatex`."""

    name: str  # in messages
    html: str
    written: tuple[tuple[str, str], ...] = ()  # what authors wrote: files or cells of a notebook, and the text of each


@dataclass(frozen=True, eq=False)
class Transcript:
    """The text of a rendered page, with its formulas, code and comments."""

    source: Source
    text: str

    def at(self, start: int, end: int, offset: int) -> str:
        """Return where a character after `start` was written, by line and column from 1: `derivation.md:57:3`."""
        place, written, origins = find(self, start, end)
        if not origins:
            return place
        beyond = max(0, offset - len(origins) + 1)
        before = written[: origins[offset - beyond] + beyond]
        return f"{place}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@functools.lru_cache(maxsize=4096)
def find(page: Transcript, start: int, end: int) -> tuple[str, str, list[int]]:
    """Return where the text between two offsets was written, all that is written there, and the offset of each character in it.

    If the same is written several times, its turn on the page tells which of them it is.
    """
    lines = page.text[start:end].split("\n")
    pattern = NEXT_LINE.join(f"({re.escape(line.strip())})" for line in lines)
    if re.search(r"\\[(\[]\s*\Z", page.text[max(0, start - 40) : start]):
        pattern = OPENED + pattern + CLOSED
    else:
        pattern = re.sub(r"\\\\\\[(\[]", lambda _: OPENING, pattern)
    turn = sum(1 for _ in re.compile(pattern).finditer(page.text, 0, start))
    found = [(place, text, match) for place, text in page.source.written for match in re.finditer(pattern, text)]
    if turn >= len(found):
        return f"{page.source.name}, made by a program", "", []
    place, text, match = found[turn]
    origins: list[int] = []
    for number, line in enumerate(lines, start=1):
        indent = len(line) - len(line.lstrip())
        origins += [match.start(number) + max(0, column - indent) for column in range(len(line) + 1)]
    return place, text, origins


@dataclass(frozen=True)
class Formula:
    """A formula of a page, or what looks like one and has a `problem`.

    `paragraph` and `sentence` count on the page. A display belongs to the sentence in front of it.
    """

    page: Transcript
    tex: str
    start: int  # in the transcript
    end: int
    html: tuple[int, int] | None = None  # where its element begins and ends in the rendered page
    display: bool = False
    mark: str | None = None  # the reason why it is not a claim
    problem: str = ""
    section_end: int = 0
    opening: bool = False  # whether it is above the first section of its page
    paragraph: int = 0
    sentence: int = 0

    @property
    def typeset(self) -> tuple[str, bool]:
        """The formula as MathJax gets it: without its number, and without what is beside it."""
        return TAG.sub("", self.page.text[self.start : self.end]).strip(), self.display

    @property
    def is_statement(self) -> bool:
        """Whether it is read: a display, or a formula with a relation."""
        return self.display or bool(RELATION.search(self.tex))

    @property
    def is_supposed(self) -> bool:
        """Whether the word in front of it makes it a condition."""
        return bool(SUPPOSING.search(self.page.text, max(0, self.start - 40), self.start))

    @property
    def number(self) -> str:
        return ", ".join(numbers_in(self.tex))

    def at(self, offset: int = 0) -> str:
        """Return where an offset in the formula was written."""
        return self.page.at(self.start, self.end, offset)


def numbers_in(text: str) -> list[str]:
    """Return the numbers of the equations in TeX, in Markdown, or in the JSON of a notebook."""
    return TAG.findall(text.replace("\\\\", "\\"))


def formulas_of(source: Source) -> list[Formula]:
    """Return the formulas of a page in order, and after them what looks like one and is none."""
    page = Reader(source.html)
    transcript, prose = Transcript(source, "".join(page.text)), "".join(page.prose)
    sentences = sorted({*page.paragraphs, *(match.end() for match in SENTENCE_END.finditer(prose))})
    marks, problems = page.marks_by_formula(prose)
    found = []
    for start, end, display, html in page.formulas:
        tex, problem, mark = transcript.text[start:end], "", marks.get(start)
        depth = [0, *(level for place, level in page.headings if place < start)][-1]
        ends = (place for place, level in page.headings if place > start and level <= depth)
        if mark == "":
            problem = "a mark needs its reason: <!-- not a claim: reason -->"
        elif mark or display:
            pass
        elif beside := BESIDE.match(prose, end + 2):
            tex += f"  {beside[0]}"
        elif STRAY.match(prose, end + 2):
            problem = "a relation beside a formula: write both sides into it"
        found.append(Formula(
            transcript, tex, start, end, html, display, mark, problem, next(ends, len(prose)), depth < 2,
            bisect_right(page.paragraphs, start), bisect_right(sentences, start),
        ))
    leftovers = {bisect_right(page.paragraphs, match.start()): match for match in reversed([*LEFTOVER.finditer(prose)])}
    for match in leftovers.values():  # the first of each paragraph
        hint = REFERENCE if match["sign"] in (r"\ref", r"\eqref") else r"\(...\) inside a line and \[...\] between blank lines are formulas, without attributes"
        problems.append((*match.span(), f"'{match['sign']}' outside of a formula: {hint}"))
    return found + [Formula(transcript, "", start, end, problem=problem) for start, end, problem in sorted(problems)]


def replaced(html: str, formulas: list[Formula], replacement: Callable[[Formula], str]) -> str:
    """Return a page's HTML with the element of each of its formulas replaced by what a function makes of it."""
    parts: list[str] = []
    last = 0
    for formula in formulas:
        if formula.html:
            start, end = formula.html
            parts += html[last:start], replacement(formula)
            last = end
    return "".join([*parts, html[last:]])


class Reader:
    """Takes down the text of a page, and beside it the prose, in which formulas and code are blanks of the same length."""

    def __init__(self, html: str) -> None:
        self.text: list[str] = []
        self.prose: list[str] = []
        self.length = 0
        self.formulas: list[tuple[int, int, bool, tuple[int, int]]] = []  # start, end, whether it is a display, its element
        self.marks: list[tuple[int, int, str]] = []  # start, end, reason
        self.problems: list[tuple[int, int, str]] = []  # start, end, message
        self.headings: list[tuple[int, int]] = []  # start, level
        self.paragraphs: list[int] = []  # starts
        for element in ELEMENT.finditer(html):
            self.read(element)

    def read(self, element: re.Match[str]) -> None:
        if element["text"]:
            self.write(unescape(element["text"]))
        elif element["math"] is not None:
            self.read_formula(element)
        elif element["comment"] is not None:
            self.read_comment(element["comment"])
        elif element["code"]:
            code = element["verbatim"].partition(">")[2]
            self.write(unescape(re.sub("<[^>]*>", "", code)), "x" if element["code"] == "code" else " ")
        else:
            self.read_tag(**element.groupdict())

    def write(self, text: str, blank: str | None = None) -> tuple[int, int]:
        start, self.length = self.length, self.length + len(text)
        self.text.append(text)
        self.prose.append(re.sub(r"[^\n]", blank, text) if blank else text)
        return start, self.length

    def read_formula(self, element: re.Match[str]) -> None:
        text = unescape(element["math"])
        match = DELIMITED.fullmatch(text)
        start, end = self.write(text, " " if match and match["bracket"] == "[" else "x")
        if match:
            first, last = match.span("tex")
            self.formulas.append((start + first, start + last, match["bracket"] == "[", element.span()))
        else:
            self.problems.append((start, end, r"an element of the class arithmatex is a formula in \(...\) or \[...\]"))

    def read_comment(self, comment: str) -> None:
        start, end = self.write(f"<!--{comment}-->", " ")
        if mark := MARK.fullmatch(comment):
            self.marks.append((start, end, mark[1].strip()))

    def marks_by_formula(self, prose: str) -> tuple[dict[int, str], list[tuple[int, int, str]]]:
        """Return the reason why a formula is not a claim, by its start, and what is wrong with marks."""
        starts, problems = [start for start, *_ in self.formulas], [*self.problems]
        marks: dict[int, str] = {}
        for start, end, reason in self.marks:
            following = next((place for place in starts if place > end), None)
            if following and not prose[end : following - 2].strip():
                marks[following] = reason
            else:
                problems.append((start, end, "a mark `not a claim` is on the line before a display"))
        return marks, problems

    def read_tag(self, tag: str, end: str, attributes: str, **_: str) -> None:
        heading, box = re.fullmatch("h([1-6])", tag), tag == "div"
        if hidden := LEFTOVER.search(unescape(ADDRESS.sub("", attributes))):
            problem = f"'{hidden['sign']}' in an attribute, where no formula is typeset: write it in words"
            self.problems.append((*self.write(hidden[0], " "), problem))
        if tag in ("td", "th") and not end:
            self.write("|")
        elif not INSIDE.fullmatch(tag) and (heading or box or not end):
            self.write("\n\n")
            self.paragraphs.append(self.length)
        if heading and not end:
            self.headings.append((self.length, int(heading[1])))

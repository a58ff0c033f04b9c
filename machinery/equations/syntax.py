"""LaTeX as a tree of factors: what is only layout is blanked out, the rest is parsed.

Blanking keeps every character in its column, so that an error can point at the source.
"""

import re
from pathlib import Path

from lark import Lark
from lark.exceptions import UnexpectedInput

LAYOUT = {"aligned", "align", "align*", "alignedat", "gathered", "gather", "gather*", "split", "equation", "equation*"}
IGNORED = re.compile(
    r"\\(?:left|right|[bB]igg?[lrm]?|displaystyle|textstyle|limits|nolimits|notag|nonumber|mathstrut)(?![A-Za-z])\.?"
    r"|(?<!\\)\\[,;:!>\s]|~|\\(?:tag|label|vphantom|hspace|phantom)\*?\{[^{}]*\}|(?<!\\)%[^\n]*"
)
BARS = re.compile(r"\\lVert(?![A-Za-z])|\\rVert(?![A-Za-z])|\\lvert(?![A-Za-z])|\\rvert(?![A-Za-z])|\\(?:Vert|parallel|mid)(?![A-Za-z])|\\\||\||[({\[]|[)}\]]|\\\\|&")
ONE_WAY = {r"\lVert": "⟦", r"\rVert": "⟧", r"\lvert": "⟨", r"\rvert": "⟩"}
ENVIRONMENT = re.compile(r"\\(begin|end)\{([A-Za-z]+\*?)\}|(?<!\\)&")


class Refused(Exception):
    """A formula, or a part of it, that can't be read, or can't be checked.

    `place` is the offset in the formula, or None for the formula as a whole.
    """

    def __init__(self, message, place=None):
        super().__init__(message)
        self.place = place


PARSER = Lark(Path(__file__).with_name("grammar.lark").read_text("utf-8"), parser="lalr", propagate_positions=True)


def parse(tex):
    """Return the tree of a formula.

    Raises
    ------
    Refused
        With the offset of the first thing that can't be read.
    """
    clean = match_bars(blank_layout(IGNORED.sub(_spaces, tex)))
    try:
        return PARSER.parse(clean)
    except UnexpectedInput as error:
        place = error.pos_in_stream
        if place is None or place < 0 or not clean[place:].strip():
            raise Refused("the formula ends too early: something is missing", len(tex.rstrip())) from None
        raise Refused(_explain(tex, clean, place), place) from None


def layout_end(tex):
    """Return the offset behind the last `\\end` of an environment that only arranges rows, or 0."""
    ends = [match.end() for match in ENVIRONMENT.finditer(tex) if match[1] == "end" and match[2] in LAYOUT]
    return max(ends, default=0)


def _spaces(match):
    return re.sub(r"[^\n]", " ", match[0])


def blank_layout(tex):
    """Blank `\\begin{aligned}`, `\\end{aligned}` and the `&` between them, not those of a matrix."""
    open_environments, pieces, done = [], [], 0
    for match in ENVIRONMENT.finditer(tex):
        inside = open_environments[-1] if open_environments else "aligned"
        if match[1] == "begin":
            inside = match[2]
            open_environments.append(inside)
        elif match[1] == "end" and open_environments:
            open_environments.pop()
            inside = match[2]
        if inside in LAYOUT:
            argument = re.match(r"\{\d+\}", tex[match.end() :]) if match[2] == "alignedat" and match[1] == "begin" else None
            pieces += [tex[done : match.start()], " " * (len(match[0]) + (len(argument[0]) if argument else 0))]
            done = match.end() + (len(argument[0]) if argument else 0)
    return "".join(pieces) + tex[done:]


def match_bars(tex):
    """Tell opening from closing bars: `|x|`, `\\|x\\|`; a bar alone in its bracket divides, as in KL(p || q)."""
    characters, groups = list(tex), [{}]
    for match in BARS.finditer(tex):
        bar = match[0]
        if bar in ONE_WAY:
            _put(characters, match, ONE_WAY[bar])
        elif bar in "([{":
            groups.append({})
        elif bar in ")]}" or bar in ("\\\\", "&"):
            _close(characters, groups.pop() if len(groups) > 1 and bar in ")]}" else groups[-1])
        else:
            groups[-1].setdefault("|" if bar in ("|", r"\mid") else "‖", []).append(match)
    _close(characters, groups[0])
    return "".join(characters)


def _close(characters, group):
    for kind, bars in group.items():
        if len(bars) == 1:
            _put(characters, bars[0], "‖")
        else:
            for number, bar in enumerate(bars):
                _put(characters, bar, ("⟨⟩" if kind == "|" else "⟦⟧")[number % 2])
    group.clear()


def _put(characters, match, character):
    characters[match.start() : match.end()] = [character] + [" "] * (len(match[0]) - 1)


def _explain(tex, clean, place):
    command = re.match(r"\\(?:begin|end)\{[^}]*\}|\\[A-Za-z]+|\\.|.", tex[place:], re.DOTALL)[0]
    before = re.search(r"(\\[A-Za-z]+|\S)\s*$", clean[:place])
    return f"can't read {command!r} here" + (f", behind {before[1]!r}" if before else "")

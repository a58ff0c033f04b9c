"""LaTeX as tokens. What is only layout is left out, and every bracket knows its partner."""

import re
from dataclasses import dataclass

LAYOUT = {
    "aligned", "align", "align*", "alignedat", "gathered", "gather", "gather*", "split",
    "equation", "equation*",
}  # fmt: skip
SIGNS = {
    r"\coloneqq": ":=", r"\le": "≤", r"\leq": "≤", r"\leqslant": "≤", r"\ge": "≥", r"\geq": "≥",
    r"\geqslant": "≥", r"\lt": "<", r"\gt": ">", r"\ne": "≠", r"\neq": "≠", r"\approx": "≈",
}  # fmt: skip
BARS = {
    "|": "|", r"\mid": "|", r"\lvert": "|", r"\rvert": "|",
    r"\|": "‖", r"\Vert": "‖", r"\parallel": "‖", r"\lVert": "‖", r"\rVert": "‖",
}  # fmt: skip
OPENING = {"(": ")", "[": "]", "{": "}", r"\{": r"\}", "begin": "end", r"\langle": r"\rangle"}
TOKEN = re.compile(
    r"""
    (?P<layout> \s+ | ~ | %[^\n]* | \\[,;:!>\s] | \\(?:tag|label|vphantom|hspace|phantom)\*?\{[^{}]*\}
      | \\(?:left|right|[bB]igg?[lrm]?|(?:display|text)style|(?:no)?limits|notag|nonumber|mathstrut)
        (?![A-Za-z])\.? )
  | (?P<text> \\text(?:rm|it|bf)?\s*\{[^{}]*\} )
  | (?P<word> \\(?:operatorname\*?|mathrm|mathsf|mathtt|mathit)\s*(?:\{\s*[A-Za-z]+\s*\}|[A-Za-z]) )
  | (?P<begin> \\begin\{[A-Za-z]+\*?\}(?:\{\d+\})? ) | (?P<end> \\end\{[A-Za-z]+\*?\} )
  | (?P<row> \\\\(?:\[[\w.]+\])? )
  | (?P<relation> := | [=<>] | \\(?:coloneqq|leqslant|leq?|lt|geqslant|geq?|gt|neq?|approx)(?![A-Za-z]) )
  | (?P<dots> \.\.\. | \\(?:cdots|ldots|dots|dotsc|dotsb|vdots|ddots)(?![A-Za-z]) )
  | (?P<gap> [;.] | \\q?quad(?![A-Za-z]) )
  | (?P<operator> / | \\(?:cdot|times|odot|circ)(?![A-Za-z]) )
  | (?P<font> \\(?:mathbf|boldsymbol|bm|vec|mathbb|mathcal|mathscr)(?![A-Za-z]) )
  | (?P<accent> \\(?:hat|widehat|bar|overline|tilde|widetilde|check)(?![A-Za-z]) )
  | (?P<number> \d+(?:\.\d+)? )
  | (?P<letter> [A-Za-z] | \\(?:alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|pi
      |rho|sigma|tau|(?:var)?phi|chi|psi|omega|ell|Gamma|Theta|Lambda|Pi|Sigma|Phi|Psi|Omega)(?![A-Za-z]) )
  | (?P<other> \\[A-Za-z]+ | \\. | . )
    """,
    re.VERBOSE | re.DOTALL,
)


class Refused(Exception):
    """A formula, or a part of it, that can't be read, or can't be checked.

    `place` is the offset in the formula, or None for the formula as a whole.
    """

    def __init__(self, message, place=None):
        super().__init__(message)
        self.place = place


@dataclass
class Token:
    kind: str  # the name of its group above; the text itself where that says it all
    text: str
    start: int
    end: int
    partner: int | None = None  # of an opening bracket: the number of the closing one


def tokenize(tex):
    """Return the tokens of a formula, and the offset behind its last `\\end` that is only layout."""
    tokens, open_brackets, environments, layout_end = [], [], [], 0
    for match in TOKEN.finditer(tex):
        kind, text = match.lastgroup, match[0]
        if kind in ("begin", "end"):
            text = re.search(r"\{([A-Za-z]+\*?)\}", text)[1]
            if kind == "begin":
                environments.append(text)
            elif not environments or environments.pop() != text:
                raise Refused(rf"\end{{{text}}} without its \begin{{{text}}}", match.start())
            if text in LAYOUT:
                layout_end = match.end()
                continue
        if kind == "layout" or text == "&" and (not environments or environments[-1] in LAYOUT):
            continue
        if kind == "other":
            kind = BARS.get(text, text)
        elif kind == "relation":
            text = SIGNS.get(text, text)
        elif kind in ("word", "text"):
            text = re.sub(r"^\\[a-z]+\*?\s*\{?\s*|\s*\}$", "", text)
        token = Token(kind, text, match.start(), match.end())
        if kind in OPENING:
            open_brackets.append(token)
        elif kind in OPENING.values():
            if not open_brackets or OPENING[open_brackets[-1].kind] != kind:
                raise Refused(f"can't read '{match[0]}' here: it closes nothing", match.start())
            open_brackets.pop().partner = len(tokens)
        tokens.append(token)
    if open_brackets:
        raise Refused(f"this '{open_brackets[-1].text}' is never closed", open_brackets[-1].start)
    tokens.append(Token("nothing", "", len(tex.rstrip()), len(tex)))
    return tokens, layout_end

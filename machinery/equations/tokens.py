"""LaTeX as tokens: without layout, with one spelling for each sign, and with the content of brackets as one token."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

LAYOUT = ("aligned", "align", "align*", "alignedat", "gathered", "gather", "gather*", "split",
          "equation", "equation*")
OPENING = {"(": ")", "[": "]", "{": "}", r"\{": r"\}", r"\langle": r"\rangle", r"\lvert": r"\rvert",
           r"\lVert": r"\rVert", r"\left.": r"\right|"}
SPELLINGS = {  # one spelling, and the others
    ":=": r"\coloneqq \triangleq", "≤": r"\le \leq \leqslant", "≥": r"\ge \geq \geqslant", "<": r"\lt", ">": r"\gt",
    "≠": r"\ne \neq", "≈": r"\approx", "|": r"\mid", "‖": r"\| \Vert \parallel", r"\top": r"\intercal",
    "...": r"\dots \cdots \ldots \dotsc \dotsb \vdots \ddots", r"\frac": r"\dfrac \tfrac", r"\log": r"\ln",
    r"\mathbf": r"\boldsymbol \bm \vec", r"\hat": r"\widehat", r"\bar": r"\overline",
    r"\tilde": r"\widetilde", r"\underbrace": r"\overbrace \boxed",
}
KINDS = {  # of tokens that are alike; any other is a kind of its own
    "relation": ":= = < > ≤ ≥ ≠ ≈",
    "member": r"\in",
    "gap": r"; . \quad \qquad",
    "operator": r"/ \cdot \times \odot \circ",
    "dots": "...",
    "function": r"\log \exp \tanh \sin \cos \tan \sinh \cosh \max \min \argmax \argmin",
    "big": r"\sum \prod",
    "font": r"\mathbf \mathbb \mathcal \mathscr \hat \bar \tilde \check",
    "mark": r"\top \infty",
    "letter": r"""\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \kappa \lambda \mu \nu
        \xi \pi \rho \sigma \tau \upsilon \phi \varphi \chi \psi \omega \ell \vartheta \varpi \varrho \varsigma
        \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega""",
}
SPELLING = {other: text for text, others in SPELLINGS.items() for other in others.split()}
KIND = {text: kind for kind, texts in KINDS.items() for text in texts.split()}
TOKEN = re.compile(
    r"""
    (?P<restriction> \\left\s*\. | \\right\s*\| )
  | (?P<defined> \\(?:overset|stackrel)\{(?:[^{}=]|\{[^{}=]*\})*\}(?:\{=\}|=) )
  | (?P<extreme> \\(?:arg\s*(?:\\[,!]\s*)?\\|operatorname\*?\{arg\s*(?:\\[,;!]\s*)?)(?:max|min)(?![A-Za-z])\}? )
  | (?P<layout> \s+ | ~ | %[^\n]* | \\[,;:!>\s] | \\(?:tag|label|vphantom|hspace|phantom)\*?\{[^{}]*\}
      | \\(?:left|right|[bB]igg?[lrm]?|(?:display|text)style|(?:no)?limits|notag|nonumber|mathstrut)
        (?![A-Za-z])\.? )
  | (?P<text> \\text(?:rm|it|bf)?\s*\{[^{}]*\} )
  | (?P<word> \\(?:operatorname\*?|mathrm|mathsf|mathtt|mathit)\s*(?:\{\s*[A-Za-z]+\s*\}|[A-Za-z]) )
  | (?P<begin> \\begin\{[A-Za-z]+\*?\}(?:\{\d+\})? )
  | (?P<end> \\end\{[A-Za-z]+\*?\} )
  | (?P<row> \\\\(?:\[[\w.]+\])? )
  | (?P<number> \d+(?:\.\d+)? )
  | (?P<letter> [A-Za-z] )
  | (?P<other> := | \.\.\. | \\[A-Za-z]+ | \\. | . )
    """,
    re.VERBOSE | re.DOTALL,
)


def as_tex(name: str) -> str:
    r"""Return a name as authors write it: `\hat y`, `L_{\text{sum}}`, `\operatorname{softmax}`."""
    accent, _, letter = name.rpartition(" ")
    if accent == "norm":
        return rf"\|\cdot\|_{letter}"
    letter, *labels = letter.split("_")
    plain = letter.rstrip("'")
    if KIND.get("\\" + plain) == "letter":
        letter = "\\" + letter
    elif len(plain) > 1 and plain.isalpha():
        letter = rf"\operatorname{{{letter}}}"
    return (rf"\{accent} " if accent else "") + letter + "".join(rf"_{{\text{{{label}}}}}" for label in labels)


class Refused(Exception):
    """A formula, or a part of it, that can't be read, or can't be checked.

    `place` is the offset in the formula, or None for the formula as a whole.
    """

    def __init__(self, message: str, place: int | None = None) -> None:
        super().__init__(message)
        self.place = place


@contextmanager
def refusing_what_libraries_raise() -> Iterator[None]:
    """Raise Refused for any other exception, and silence warnings, because values that are not finite are looked at later."""
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"this can't be evaluated ({type(error).__name__}: {error}): write it in another form") from error


@dataclass
class Token:
    kind: str
    text: str
    start: int
    end: int
    inside: list["Token"] = field(default_factory=list)  # the tokens in a bracket; the last one closes it


def tokenize(tex: str, classes: frozenset[str]) -> list[Token]:
    """Return the tokens of a formula, with k in place of other letters for the number of classes.

    The last token, and the last in each bracket, is what ends it: nothing, or the closing bracket.
    An environment that is only layout ends its last row.
    """
    stack = [Token("", "", 0, 0)]  # what is open, innermost last
    for match in TOKEN.finditer(tex):
        token, inner = as_token(match, classes), stack[-1]
        if token.kind == r"\right|" and inner.kind != r"\left.":
            token.kind = token.text = "|"
        if token.kind == "layout" or token.text == "&" and (len(stack) == 1 or inner.text in LAYOUT):
            continue
        if token.kind in OPENING or token.kind == "begin":
            stack.append(token)
            continue
        if token.kind == "text" and inner.inside and inner.inside[-1].kind in ("_", "^"):
            token.kind = "word"
        inner.inside.append(token)
        if token.kind not in OPENING.values() and token.kind != "end":
            continue
        if inner.kind + token.kind in ("(]", "[)"):
            inner.kind = "half-open"
        elif token.text != OPENING.get(inner.kind, inner.text):
            raise Refused(f"can't read '{match[0]}' here: it closes nothing", token.start)
        inner.end, inner.inside = token.end, paired(inner.inside)
        stack.pop()
        if inner.text in LAYOUT:
            token.kind = "row"
            stack[-1].inside += inner.inside
        else:
            stack[-1].inside.append(inner)
    if len(stack) > 1:
        raise Refused(f"this '{stack[-1].text}' is never closed", stack[-1].start)
    return paired([*stack[0].inside, Token("nothing", "", len(tex.rstrip()), len(tex))])


def as_token(match: re.Match[str], classes: frozenset[str]) -> Token:
    kind, text = match.lastgroup or "", match[0]
    if kind in ("word", "text"):
        text = re.sub(r"^\\[a-z]+\*?\s*\{?[\s,;:]*|[\s.,;:]*\}$", "", text)
        if text == "or" or re.search(r"[=<>$\\]", text):
            raise Refused(f"can't use the words {text!r}: words explain, claims are formulas", match.start())
    elif kind in ("begin", "end"):
        text = text[text.index("{") + 1 : text.index("}")]
    elif kind == "extreme":
        text = r"\argmax" if "max" in text else r"\argmin"
    elif kind == "defined":
        text = ":=" if re.search("def|:|[Dd]elta|triangle", text) else "="  # or a remark above it
    elif kind == "restriction":
        text = re.sub(r"\s", "", text)
    if kind in ("other", "extreme", "defined", "restriction"):
        text = SPELLING.get(text, text)
        kind = KIND.get(text, text)
    elif kind == "letter" and text in classes:
        text = "k"
    return Token(kind, text, match.start(), match.end())


def paired(tokens: list[Token]) -> list[Token]:
    """Turn pairs of bars into brackets. A bar without a partner, as in KL(p || q), separates like a comma."""
    for bar in "|‖":
        places = [place for place, token in enumerate(tokens) if token.kind == bar and not token.inside]
        if len(places) % 2:
            tokens[places.pop()].kind = "bar"
        for first, last in reversed(list(zip(places[::2], places[1::2]))):
            inside = paired(tokens[first + 1 : last + 1])
            tokens[first : last + 1] = [Token(bar, bar, tokens[first].start, tokens[last].end, inside)]
    return tokens


def split(tokens: list[Token], *kinds: str) -> list[list[Token]]:
    """Return the parts of a list of tokens, each with the token of one of these kinds that ends it."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        parts[-1].append(token)
        if token.kind in kinds:
            parts.append([])
    return parts

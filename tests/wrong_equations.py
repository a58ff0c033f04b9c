"""Errors to plant in formulas, each of a kind that authors make."""

import re

NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\d)")
SUBSCRIPT = re.compile(r"_(?:\{\s*(\w\s*\w?)\s*\}|(\w))")


def errors_to_plant(tex):
    """Yield (operator, start, end, replacement) for each error that can be planted in a formula."""
    # Plant no errors in words.
    tex = re.sub(r"(?<=\\text)\{[^{}]*\}", lambda match: "{" + "x" * (len(match[0]) - 2) + "}", tex)
    for match in re.finditer(r"(?<![{^_])([+-])", tex):
        yield "sign", match.start(), match.end(), "-" if match[1] == "+" else "+"
    for match in re.finditer(r"(?<=[{^_(])-", tex):
        yield "sign", match.start(), match.end(), ""
    yield from _indices(tex)
    for match in NUMBER.finditer(tex):
        if not re.search(r"_\{?$|\\mathb[bf]\s*\{?$", tex[: match.start()]):
            last = str((int(match[0][-1]) + 1) % 10)
            yield "digit", match.end() - 1, match.end(), last
    for match in re.finditer(r"(?<!:)=(?!\s*1\}\^)", tex):
        if _depth(tex, match.start()) == 0:
            yield "factor", match.end(), match.end(), " 2 "
            yield "relation deleted", match.start(), match.end(), " "
    for match in re.finditer(r":=", tex):
        yield "definition", match.end(), match.end(), " 2 "
    for match in re.finditer(r"e\^\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|(?<![_{\\\w])[sy]_\w", tex):
        yield "factor", match.start(), match.end(), "1"
    for match in re.finditer(r"\\(sum|prod)_(?:\{[^{}]*\}|\w)(?:\^(?:\{[^{}]*\}|\w))?", tex):
        yield "sum", match.start(), match.end(), ""
        index = re.search(r"_\{?\s*(\w)", match[0])[1]
        if index in "ij" and r"\neq" not in match[0]:
            yield "sum", match.start(), match.end(), rf"\{match[1]}_{{{index} \neq c}}"
    for match in re.finditer(r"\^(?:\\top|T)(?![A-Za-z])", tex):
        yield "transpose", match.start(), match.end(), ""
    for match in re.finditer(r"\\frac\{", tex):
        first = _braces(tex, match.end() - 1)
        if first and tex[first : first + 1] == "{":
            second = _braces(tex, first)
            above, below = tex[match.end() : first - 1], tex[first + 1 : second - 1]
            if r"\partial" not in above:
                yield "fraction", match.start(), second, rf"\frac{{{below}}}{{{above}}}"
    for match in re.finditer(r"(\w)\s*(=|\\neq)\s*(\w)(?=\s*[\])}])", tex):
        yield "condition", match.start(2), match.end(2), r"\neq" if match[2] == "=" else "="
    for match in re.finditer(r"\\(log|exp|max|min)(?![A-Za-z])", tex):
        other = {"log": "exp", "exp": "log", "max": "min", "min": "max"}[match[1]]
        yield "function", match.start(), match.end(), rf"\{other}"
    for match in re.finditer(r"\\operatorname\{diag\}", tex):
        yield "function", match.start(), match.end(), ""
    for match in re.finditer(r"\\(le|ge|leq|geq)(?![A-Za-z])|(?<!\\)[<>]", tex):
        turned = {r"\le": r"\ge", r"\ge": r"\le", r"\leq": r"\geq", r"\geq": r"\leq", "<": ">", ">": "<"}[match[0]]
        yield "relation turned", match.start(), match.end(), turned
    for match in re.finditer(r"\\mathbf\s*\{?([szyp])\}?(?![A-Za-z])", tex):
        other = {"s": "z", "z": "s", "y": "s", "p": "q"}[match[1]]
        yield "symbol", match.start(), match.end(), rf"\mathbf {other}"


def _indices(tex):
    for match in SUBSCRIPT.finditer(tex):
        group = 1 if match[1] else 2
        text = match[group]
        if tex[: match.start()].endswith((r"\sum", r"\prod", r"\max", r"\min", r"\nabla", r"\rVert", r"\|")):
            continue
        for offset, letter in enumerate(text):
            for other in {"i": "jc", "j": "ic", "c": "i", "n": "", "1": "2", "2": "1", "k": "1", "l": "i"}.get(letter, ""):
                yield "index", match.start(group) + offset, match.start(group) + offset + 1, other
        letters = text.replace(" ", "")
        if len(letters) == 2 and letters[0] != letters[1]:
            yield "index", match.start(group), match.end(group), " ".join(letters[::-1])


def _depth(tex, place):
    return tex.count("{", 0, place) - tex.count("}", 0, place)


def _braces(tex, start):
    depth = 0
    for place in range(start, len(tex)):
        depth += {"{": 1, "}": -1}.get(tex[place], 0)
        if depth == 0:
            return place + 1
    return None

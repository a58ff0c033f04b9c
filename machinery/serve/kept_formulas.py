"""Keep typeset formulas, so that after an edit MathJax gets only those that it has not seen yet.

The style sheet and the fonts then contain the glyphs of all formulas seen so far. `mkdocs build` typesets all formulas afresh.
"""

import re

from machinery.typeset import mathjax

typeset_all = mathjax.typeset

RULE = re.compile(r"[^{}\s][^{}]*\{(?:[^{}]|\{[^{}]*\})*\}")
seen = {}  # from each formula to its typeset form
last = {}  # the roles of letters, and MathJax's answer, with the style sheet and the fonts for all formulas in `seen`


def keep():
    mathjax.typeset = typeset_new


def typeset_new(formulas, roles):
    """Do what `mathjax.typeset` does, but ask MathJax only for new formulas."""
    if last.get("roles") != roles:
        seen.clear()
        last.update(roles=roles, answer=typeset_all(formulas, roles))
        seen.update(zip(formulas, last["answer"]["formulas"]))
    elif new := [formula for formula in formulas if formula not in seen]:
        answer = mathjax.ask(new, roles)
        seen.update(zip(new, answer["formulas"]))
        known = [rule for rule in RULE.findall(last["answer"]["css"]) if "@font-face" not in rule]
        css = "\n\n".join(dict.fromkeys([*RULE.findall(answer["css"]), *known]))
        last["answer"] = mathjax.with_fonts({"formulas": [*seen.values()], "css": css})
    return {**last["answer"], "formulas": [seen[formula] for formula in formulas]}

"""The fold below a display, with the numbers of its rows."""

import functools

from mkdocs.exceptions import PluginError

from machinery.content import explorer
from machinery.equations.moving import moving
from machinery.equations.numbers import numbers_of


@functools.lru_cache(maxsize=1)
def forms(report, script):
    """Return the forms of all numbers of a page, as `moving` finds them with the quantities of the script."""
    try:
        return moving(report, tuple(explorer.LOGITS), lambda points: explorer.quantities(points, script))
    except ValueError as error:
        raise PluginError(f"{error}\nAdd one to docs/{explorer.SCRIPTS[-1]}, or take {explorer.PLACE_OF_CONTROLS} out of the page") from None


def fold(page, formula, typeset):
    """Return the fold below a display, as HTML, or "" if it has no numbers; `typeset` makes that of the TeX of each formula in it."""
    report = page.added.report
    if not (numbers := numbers_of(report).get(formula)):
        return ""
    # Those of a wrong equation can't follow, and the build stops with that equation.
    moves = not report.messages and '<template id="controls"' in page.content
    marks, turn = [], iter(forms(report, explorer.script())[formula] if moves else ())

    def shown(tex, style=""):
        """Return a text, each of its forms if there are several, and note its marks."""
        if not moves:
            return typeset(style + tex)
        found = next(turn)
        marks.extend(mark for form in found for mark in form.marks)
        if len(found) == 1:
            return typeset(style + tex)
        return "".join(f'<span data-class="{form.true_class}"{" hidden" * (form != found[0])}>{typeset(style + form.tex)}</span>' for form in found)

    example = ", ".join(map(shown, numbers.example))
    groups = [group("", numbers.sums, shown, ' class="sums"')] if numbers.sums else []
    groups += [group(each.caption, each.lines, shown) for each in numbers.groups]
    moved = f' data-marks="{" ".join(marks)}"' if marks else ""
    return (
        f'<details class="numbers"{moved}><summary>Numbers at {example}</summary>'
        f'<div class="numbers-box" tabindex="0" role="group" aria-label="Numbers of equation {formula.number}">{"".join(groups)}</div></details>'
    )


def group(caption, lines, shown, attributes=""):
    head = f"<p>{shown(caption)}</p>" if caption else ""
    rows = []
    for line in lines:
        *steps, value = (shown(tex, r"\displaystyle ") if tex else "" for tex in (*line.steps, line.value))
        rows.append(f"<div><div>{' '.join(f'<span>{step}</span>' for step in steps)}</div>{value}</div>")
    return f"<div{attributes}>{head}{''.join(rows)}</div>"

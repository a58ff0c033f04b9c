"""The fold below a display, with the numbers of its rows."""

from machinery.equations.values import numbers_of


def below(page, formula):
    """Return the numbers of a display of a page, None if it has none."""
    return numbers_of(page.added.report).get(formula)


def formulas(numbers):
    """Return the formulas of a fold as MathJax gets them."""
    found = []
    fold(numbers, "", lambda tex: found.append((tex, False)) or "")
    return found


def fold(numbers, number, typeset):
    """Return the fold of the equation with a number, as HTML; `typeset` makes that of the TeX of a formula."""
    example = ", ".join(map(typeset, numbers.example))
    groups = [group("", numbers.sums, typeset, ' class="sums"')] if numbers.sums else []
    groups += [group(each.caption, each.lines, typeset) for each in numbers.groups]
    return (
        f'<details class="numbers"><summary>Numbers at {example}</summary>'
        f'<div class="numbers-box" tabindex="0" role="group" aria-label="Numbers of equation {number}">{"".join(groups)}</div></details>'
    )


def group(caption, lines, typeset, attributes=""):
    rows = []
    for line in lines:
        *steps, value = (typeset(rf"\displaystyle {tex}") if tex else "" for tex in (*line.steps, line.value))
        rows.append(f"<div><div>{' '.join(f'<span>{step}</span>' for step in steps)}</div>{value}</div>")
    head = f"<p>{typeset(caption)}</p>" if caption else ""
    return f"<div{attributes}>{head}{''.join(rows)}</div>"

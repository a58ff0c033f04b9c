"""Examples: the numbers that the prose gives to variables and sizes, as in `with z = (1, 2, 3) and c = 2`.

They hold up to the end of their section, and a later sentence may replace them. What contradicts the
declaration of a variable, a size or another number of the same sentence is refused.
"""

from dataclasses import dataclass

import numpy as np

from machinery.equations.claims import Claim
from machinery.equations.evaluator import environment, exact, value
from machinery.equations.formulas import Formula
from machinery.equations.functions import FUNCTIONS
from machinery.equations.nodes import DOTS, Node
from machinery.equations.points import outside
from machinery.equations.report import shown
from machinery.equations.shapes import constant, shape, shape_name
from machinery.equations.theory import SIZES, Definition, Theory, Variable, base_and_indices, key_of, names_in
from machinery.equations.tokens import Refused


@dataclass(frozen=True)
class Setting:
    """One number, vector or matrix of an example."""

    name: str
    value: Node
    formula: Formula

    def __str__(self) -> str:
        return f"{' '.join(self.formula.tex.split())} ({self.formula.at()})"

    def holds_at(self, formula: Formula) -> bool:
        here = self.formula
        return here.start < formula.start < here.section_end or here.sentence == formula.sentence


def setting(claim: Claim) -> Setting | None:
    """Return what a relation sets, or None if it claims something: only a plain name equals a number."""
    name, number = name_set(claim), claim.right
    counted = name in (*SIZES, "c")
    known = counted or isinstance(claim.theory.get(name), Variable)
    if not known or claim.sign != "=" or not names_in({}, number) <= FUNCTIONS.keys():
        return None
    if counted and not (number.kind == "number" and number.args[0].isdigit() and int(number.args[0])):
        raise Refused(f"the {name} of an example is a whole number, 1 or more", number.place)
    if number.kind == "transpose" and number.args[0].kind == "numbers":
        number = number.args[0]  # a vector is neither row nor column
    return Setting(name, number, claim.formula)


def name_set(claim: Claim) -> str:
    """Return the name on the left, or the one whose entries are there in order: (w_1, w_2) is w. Otherwise nothing."""
    left = claim.left
    if left.kind == "numbers":
        name = key_of(left.args[0], claim.theory)
        entries = [base_and_indices(each) for each in left.args]
        inner = [Node("number", (str(place),)) for place in range(1, len(entries) + 1)]
        in_order = [(entries[0][0], (index,)) for index in inner] == entries
        return name if name and in_order else ""
    return str(left.args[0]) if left.kind == "name" else ""


def example(settings: list[Setting], formula: Formula, theory: Theory) -> dict[str, Node]:
    """Return the values that hold at a formula, with the sizes that follow from them, or refuse two that contradict each other."""
    here = [each for each in settings if each.holds_at(formula) and not isinstance(theory.get(each.name), Definition)]
    nearer = [each for each in here if not each.formula.opening]
    try:
        return fitting(here, theory)
    except Refused:  # another size in a section replaces the example of the page
        if len(nearer) in (0, len(here)):
            raise
        return fitting(nearer, theory)


def fitting(settings: list[Setting], theory: Theory) -> dict[str, Node]:
    """Return what `example` does, of all settings."""
    found: dict[str, Setting] = {}
    for new in settings:
        old = found.get(new.name, new)
        if old.value != new.value and old.formula.sentence == new.formula.sentence:
            raise Refused(f"{old} and {new} are one sentence: make two of it, so that it is clear which number holds where")
        found[new.name] = new
    values = {each.name: each.value for each in found.values()}
    saying = {name: found[name] for name in SIZES if name in found}  # the sizes that the example names
    for each in found.values():
        entry = theory.get(each.name)
        for size, length in zip(entry.sizes if isinstance(entry, Variable) else (), lengths(each.value)):
            number = Node("number", (str(length),))
            if values.setdefault(size, number) != number:
                hint = "a second example needs a heading of its own"
                raise Refused(f"{each} means {size} = {length}, and {saying[size]} means {size} = {values[size].args[0]}: {hint}")
            saying.setdefault(size, each)
    if {"c", "k"} <= values.keys() and int(values["c"].args[0]) > int(values["k"].args[0]):
        raise Refused(f"there is no class c = {values['c'].args[0]}: {saying['k']} means k = {values['k'].args[0]}")
    return values


def lengths(node: Node) -> tuple[int, ...]:
    """Return the shape of a vector or a matrix that is written out, otherwise an empty shape."""
    if node.kind == "numbers" and DOTS not in node.args:
        return (len(node.args),)
    if node.kind == "matrix" and not any(DOTS in row for row in node.args[0]):
        return len(node.args[0]), len(node.args[0][0])
    return ()


def refuse_undeclared(new: Setting, values: dict[str, Node], theory: Theory) -> None:
    """Refuse an example with a value that its variable can't have."""
    entry = theory.get(new.name)
    if not isinstance(entry, Variable):
        return
    sizes = {name: values[name] for name in SIZES if name in values}
    env = environment(theory, 5, (), sizes)
    found, expected = exact(new.value, env, value), constant(np.zeros([env.sizes[size] for size in entry.sizes]))
    if shape(found) != shape(expected):
        message = f"{new.name} is declared as {shape_name(expected)}, and this is {shape_name(found)}"
    elif not np.isfinite(found).all():
        message = f"this is not finite: {new.name} needs numbers"
    elif allowed := outside(entry, found, env.sizes):
        message = f"{new.name} is declared as {allowed}, and not as {shown(found.reshape(shape(found)))}"
    else:
        return
    raise Refused(message, new.value.place)

"""The numbers of an equation: each side of it at the example that holds there, with its value.

A display has them if the example gives a value to all that it contains.
"""

import functools
import itertools
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from machinery.equations.claims import Claim
from machinery.equations.evaluator import environment
from machinery.equations.examples import Setting, example
from machinery.equations.formulas import Formula
from machinery.equations.formulas_with_values import Example, Substitution, coloured, is_exact, letter_of, shown
from machinery.equations.nodes import Node
from machinery.equations.report import PageReport
from machinery.equations.shapes import Array
from machinery.equations.statements import Page
from machinery.equations.theory import Definition, bound_letters, free_letters, meaning, names_in, reachable, size_of, with_indices
from machinery.equations.tokens import Refused, refusing_what_libraries_raise

FEW = 4  # values of index letters that are shown one after the other; more make a vector or a matrix
SUBSCRIPT = re.compile(r"_(?:\{(?P<several>[^{}]*)\}|(?P<one>[a-z]))")
LETTER = re.compile(r"\\[A-Za-z]+|[a-z](?!_)")
SIGNS = {"<": "<", ">": ">", "≤": r"\le", "≥": r"\ge", "≠": r"\neq", "≈": r"\approx"}


@dataclass(frozen=True)
class Line:
    """A side with numbers in it, in one or two steps, and its value. All are TeX, and begin with a sign except for the first."""

    steps: tuple[str, ...]
    value: str
    number: Array  # the value itself


@dataclass(frozen=True)
class Group:
    """A chain at one value of each of its index letters, which the caption tells."""

    caption: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Numbers:
    """What is shown below a display."""

    example: tuple[str, ...]  # as the page writes it
    sums: tuple[Line, ...]  # that are single numbers in the lines
    groups: tuple[Group, ...]


@functools.lru_cache(maxsize=256)
def numbers_of(report: PageReport) -> dict[Formula, Numbers]:
    """Return the numbers of each display of a page that has any."""
    chains: dict[Formula, dict[int, list[Claim]]] = {}
    for outcome in report.outcomes:
        chains.setdefault(outcome.claim.formula, {}).setdefault(outcome.claim.chain, []).append(outcome.claim)
    found = {}
    for formula in (formula for formula in chains if formula.display):
        try:
            with refusing_what_libraries_raise():
                told = [Chain(report.page, claims) for claims in chains[formula].values()]
                if parts := [written_once(chain) for chain in told if not chain.is_example]:
                    found[formula] = together(parts)
        except Refused:
            continue
    return found


written: dict[tuple[Any, ...], Numbers] = {}  # by all that the numbers of a chain depend on


def written_once(chain: "Chain") -> Numbers:
    if chain.key not in written:
        written[chain.key] = chain.numbers()
    return written[chain.key]


def texts(numbers: Numbers) -> list[str]:
    """Return the texts of a fold in their order."""
    found = list(numbers.example)
    for group in (Group("", numbers.sums), *numbers.groups):
        found += [group.caption, *(text for line in group.lines for text in (*line.steps, line.value))]
    return [text for text in found if text]


def together(parts: list[Numbers]) -> Numbers:
    examples, sums, groups = ([each for part in parts for each in getattr(part, name)] for name in ("example", "sums", "groups"))
    distinct = {line.steps: line for line in sums}
    return Numbers(tuple(dict.fromkeys(examples)), tuple(distinct.values()), tuple(groups))


class Chain:
    """The sides of a chain, and the example at which they have values."""

    def __init__(self, page: Page, claims: list[Claim]) -> None:
        first = page.completed(claims[0])
        self.formula, self.conditions, self.definition = first.formula, first.conditions, first.kind.startswith("definition")
        self.sides = [(first.left, first.texts[0], "=")] + [(each.right, each.texts[1], each.sign) for each in claims]
        self.shown = self.sides[self.definition :]  # what is defined is written before the other side
        self.nodes = [node for node, *_ in self.sides]
        names, settings = reachable(first.theory, *self.nodes), example(page.settings, self.formula, first.theory)
        if not settings or "k" in names and "k" not in settings:
            raise Refused("no example holds here")
        self.example = quoted(page.settings, self.formula, names & settings.keys() - ({"c"} if with_indices("c") in names else set()))  # c_n is not c
        known = meaning(first.theory, {*names, *reachable(first.theory, *self.conditions), *settings})
        self.key = self.formula.tex, first.kind, tuple(self.sides), self.conditions, self.example, tuple(sorted(settings.items())), known
        self.theory = {name: first.theory[name] for name, _ in known}
        self.env = Example(**vars(environment(self.theory, 2, (), settings)) | {"noisy": False})
        self.c = {"c": int(settings["c"].args[0])} if "c" in settings else {}
        self.letters = self.index_letters(first)
        self.role = next((letter for node in self.nodes if (letter := letter_of(node))), "")

    def index_letters(self, first: Claim) -> tuple[str, ...]:
        """Return the letters at whose values the sides are shown: those of a definition in their order, then others."""
        entry = self.theory.get(first.left.args[0])
        indices = entry.indices if first.kind == "definition" and isinstance(entry, Definition) else ()
        return tuple(dict.fromkeys([*indices, *sorted(free_letters(self.theory, *self.nodes, *self.conditions) - {"c"})]))

    @property
    def places(self) -> list[dict[str, int]]:
        """All values of these letters."""
        ranges = (range(1, self.env.sizes[size_of(letter, self.theory) or "k"] + 1) for letter in self.letters)
        return [dict(zip(self.letters, at)) for at in itertools.product(*ranges)]

    @property
    def is_example(self) -> bool:
        """Whether the chain says its numbers itself, so that it needs none below it."""
        signs, (left, *others) = {sign for *_, sign in self.sides}, self.nodes
        return "≈" in signs or signs == {"="} and Substitution(self.env).is_leaf(left) and not names_in(self.theory, *others)

    def numbers(self) -> Numbers:
        self.holding = [at for at in self.places if self.env.at(at).holds(self.conditions)]
        if not self.holding:
            raise Refused("nothing is left to show")
        if len(self.holding) > FEW:
            return Numbers(self.example, (), (self.at_all_places(),))
        sums: list[Line] = []
        groups = tuple(self.at_place(at, sums) for at in self.holding)
        if self.definition:
            groups = (Group("", tuple(line for group in groups for line in group.lines)),)
        return Numbers(self.example, tuple(sums), groups)

    def at_place(self, at: dict[str, int], sums: list[Line]) -> Group:
        noted: list[Node] = []
        env, lines = self.env.at(at), []
        for node, text, sign in self.shown:
            full = Substitution(env, sums=noted)
            written = in_place(text, at | self.c, node) if full.is_leaf(node) else full.of(node)
            if self.definition:
                (left, left_text, _) = self.sides[0]
                written = rf"{in_place(left_text, at | self.c, left)} {equals(full.exact)} {written}"
            lines.append(self.line(env, node, with_sign(sign, written), full.exact))
        for node in noted:
            sums.append(self.of_sum(env, node, at))
        caption = ", \\; ".join(f"{letter} = {number}" for letter, number in at.items())
        return Group(caption, tuple(lines))

    def line(self, env: Example, node: Node, written: str, exact: bool) -> Line:
        number = env.number(node)
        final, steps = coloured(shown(number), self.role), [written]
        if not Substitution(env).is_leaf(node):
            operands = Substitution(env, shallow=True)
            once = operands.of(node)
            if without_colour(once) not in (re.split(r"(?:=|\\approx) ", without_colour(written))[-1], without_colour(final)):
                exact = exact and operands.exact
                steps.append(f"{equals(exact)} {once}")
        known = node.kind == "number"  # its value says nothing more
        return Line(tuple(steps), "" if known else f"{equals(exact and is_exact(number))} {final}", number)

    def of_sum(self, env: Example, node: Node, at: dict[str, int]) -> Line:
        text = in_place(self.formula.tex[node.place : node.end], at | self.c, node)
        powers = Substitution(env, powers=True).of(node)
        terms = Substitution(env, shallow=True)
        plain = terms.of(node)
        steps = (text, f"= {powers}", *([f"{equals(terms.exact)} {plain}"] if plain != powers else []))
        number = env.number(node)
        return Line(steps, f"{equals(terms.exact and is_exact(number))} {shown(number)}", number)

    def at_all_places(self) -> Group:
        """Return the sides as vectors or matrices, whose places are the values of the index letters."""
        sizes = [len({at[letter] for at in self.places}) for letter in self.letters]
        lines = []
        for node, text, sign in self.shown:
            if len(sizes) > 2 or self.env.at(self.holding[0]).number(node).ndim:
                raise Refused("this has too many entries")
            numbers = np.full(sizes, np.nan)
            for at in self.holding:
                numbers[tuple(at[letter] - 1 for letter in self.letters)] = self.env.at(at).number(node)
            sign_of_value = equals(is_exact(numbers[np.isfinite(numbers)]))
            value = shown(numbers).replace("nan", "")
            if self.definition:
                text = f"{self.sides[0][1]} = {text}"
            lines.append(Line((with_sign(sign, in_place(text, self.c, node)),), f"{sign_of_value} {coloured(value, self.role)}", numbers))
        words = [rf"\text{{{word}}} {letter}" for word, letter in zip(("row ", "column "), self.letters)]
        return Group(r",\; ".join(words) if len(words) > 1 else "", tuple(lines))


def quoted(settings: list[Setting], formula: Formula, names: set[str]) -> tuple[str, ...]:
    """Return what the example that holds at a formula says about names, as the page writes it, in short."""
    found = {}
    for each in settings:
        if each.name in names and each.holds_at(formula):
            name, _, number = each.formula.tex.partition("=")
            found[each.name] = name.strip() if r"\begin" in number else each.formula.tex
    return tuple(found.values())


def with_sign(sign: str, side: str) -> str:
    """Return a side with the sign in front that tells it from the one above, if that is not equality."""
    return f"{SIGNS[sign]} {side}" if sign in SIGNS else side


def equals(exact: bool) -> str:
    return "=" if exact else r"\approx"


def without_colour(tex: str) -> str:
    return re.sub("[{}]", "", without_classes(tex))


def without_classes(tex: str) -> str:
    return re.sub(r"\\class\{.*?\}", "", tex)


def in_place(text: str, at: dict[str, int], node: Node) -> str:
    """Return a formula as written, with numbers in place of the index letters in its subscripts."""
    numbers = {letter: str(number) for letter, number in at.items() if letter not in bound_letters(node)}

    def replaced(match: re.Match[str]) -> str:
        letters = match["several"] or match["one"]
        index = LETTER.sub(lambda letter: numbers.get(letter[0], letter[0]), letters)
        return f"_{index}" if len(index) == 1 else f"_{{{index}}}"

    return SUBSCRIPT.sub(replaced, text)

"""Sort the statements of a page into definitions, domains, examples, conditions and claims."""

import re
from dataclasses import replace
from typing import Any

from machinery.equations.claims import Claim
from machinery.equations.domains import declared, other_classes
from machinery.equations.evaluator import environment, name_alone
from machinery.equations.examples import Setting, example, refuse_undeclared, setting
from machinery.equations.formulas import Formula
from machinery.equations.functions import FUNCTIONS
from machinery.equations.nodes import Node
from machinery.equations.relations import Statement, read
from machinery.equations.report import message_at
from machinery.equations.shapes import shape
from machinery.equations.theory import (
    LETTERS,
    SIZES,
    Definition,
    Letter,
    Theory,
    base_and_indices,
    factors,
    free_letters,
    names_in,
    reachable,
    size_of,
    with_indices,
)
from machinery.equations.tokens import Refused, refusing_what_libraries_raise

FONTS = re.compile(r"\\(?:mathbf|boldsymbol)\s*\{([^{}]*,[^{}]*)\}")  # one font for several names


class Page:
    """The claims of a page, in order, and what was refused while reading it."""

    def __init__(self, found: list[Formula], notation: Theory | None = None) -> None:
        self.formulas = found
        self.theory = self.notation = notation or LETTERS
        self.claims: list[Claim] = []
        self.settings: list[Setting] = []
        self.conditions: list[tuple[Formula, Node]] = []  # of index letters, in sentences
        self.chains = 0
        self.classes: frozenset[str] = frozenset()  # letters for k
        self.marks = [formula for formula in found if formula.mark is not None]
        self.refusals = [message_at(formula, 0, formula.problem) for formula in found if formula.problem]
        self.refused = ""  # the definitions and declarations that were
        relevant = [formula for formula in found if formula.is_statement and formula.mark is None and not formula.problem]
        for formula in relevant:
            try:
                with refusing_what_libraries_raise():
                    self.read(formula)
            except Refused as error:
                self.refusals.append(message_at(formula, error.place or 0, str(error)))
                self.refused += f" {formula.tex}" if re.search(r":=|\\in(?![A-Za-z])", formula.tex) else ""

    def read(self, formula: Formula) -> None:
        statements, left = self.without_declarations(self.statements(formula)), None
        conditions = [s for s in statements if is_condition(s) or s.aside and s.signs and not s.continues]
        if not formula.display:
            self.conditions += [(formula, s.chain) for s in conditions if is_condition(s)]
        elif statements and conditions == statements:
            raise Refused("this display holds only a condition", 0)
        rows = {statement.row for statement in statements if statement not in conditions}
        for statement in statements:
            if statement in conditions or not statement.signs and not formula.display:
                continue
            if not statement.signs:
                raise Refused("a row without a relation: put both sides, or a sum that goes on, into one row", statement.sides[0].place)
            if statement.continues and left is None:
                raise Refused("this begins with a relation: its left side is missing", statement.places[0])
            row = statement.row  # a condition on a row of its own is for all rows above
            here = tuple(s.chain for s in conditions if s.row == row or s.row > row and s.row not in rows)
            left = self.chain(formula, statement, left if statement.continues else None, here)

    def statements(self, formula: Formula) -> list[Statement]:
        """Return the statements of a formula, in which K or C is the number of classes if the page declares so."""
        tex = FONTS.sub(lambda match: match[1].rjust(len(match[0]) - 1) + " ", formula.tex)
        statements = read(tex, factors(self.theory), self.classes)
        new = {letter for each in statements for letter in other_classes(each.domain)} - self.classes
        if taken := new & self.theory.keys():
            raise Refused(f"{min(taken)} has another meaning on this page: use k for the number of classes", 0)
        self.classes |= new
        return read(tex, factors(self.theory), self.classes) if new else statements

    def without_declarations(self, statements: list[Statement]) -> list[Statement]:
        """Declare what is a member of a set, and return the other statements."""
        others: list[Statement] = []
        for each in statements:
            if not each.domain:
                others.append(each)
                continue
            if each.signs:
                raise Refused("a declaration stands alone: write what has a value, and the set, as two formulas", each.places[0])
            names = [each.sides[0]]
            while others and not others[-1].signs:  # x, y \\in ...
                names.insert(0, others.pop().sides[0])
            self.declare(names, each.domain)
        return others

    def chain(self, formula: Formula, statement: Statement, left: tuple[Node, str] | None, conditions: tuple[Node, ...]) -> tuple[Node, str]:
        """Split a chain into its relations; return its last side, which the next row may continue."""
        sides = [*([left] if left else []), *zip(statement.sides, statement.texts)]
        self.chains += not statement.continues
        relations = zip(sides, sides[1:], statement.signs, statement.places)
        for (one, text), (other, other_text), sign, place in relations:
            claim = Claim(formula, one, sign, other, place, (text, other_text), self.theory, self.chains, conditions)
            if sign == ":=" and (one is not sides[0][0] or statement.continues):
                raise Refused("a definition stands at the beginning of a row", place)
            if sign == ":=":
                self.define(claim)
            elif len(sides) == 2 and (new := setting(claim)):
                refuse_undeclared(new, example([*self.settings, new], formula, self.theory), self.theory)
                self.settings.append(new)
            elif one == other:
                raise Refused("both sides are the same: this can't be false", place)
            else:
                self.claims.append(claim)
        return sides[-1]

    def define(self, claim: Claim) -> None:
        name, letters, sizes, parameters = self.what_is_defined(claim)
        if loose := free_letters(self.theory, claim.right) - {*letters, *parameters, "c"}:
            raise Refused(f"the index {min(loose)} is free on the right and not on the left", claim.offset)
        key = self.key(name, letters)
        old = self.theory.get(key)
        if isinstance(old, Definition) and old is not self.notation.get(key):
            raise Refused(f"{claim.texts[0]} is defined twice on this page, first at {old.where} as {old.tex}: use another name", claim.offset)
        if isinstance(old, Definition) and (old.body, old.indices) != (claim.right, letters):
            # The notation page defines it too: both have to agree.
            self.claims.append(replace(claim, sign="=", kind="definition again"))
            return
        definition = Definition(parameters, letters, sizes, claim.right, claim.id, " := ".join(claim.texts))
        if key in reachable(self.theory | {key: definition}, claim.right):
            raise Refused(f"{claim.texts[0]} is defined by itself", claim.left.place)
        self.theory = self.theory | {key: definition}
        left = Node("name", (key,), claim.left.place)
        self.claims.append(replace(claim, left=left, theory=self.theory, kind="definition"))

    def what_is_defined(self, claim: Claim) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Return the name on the left side of a definition, its index letters, the sizes of these, and the parameters of a function."""
        base, indices = base_and_indices(claim.left)
        arguments = base.args[1] if base.kind == "call" else ()
        name, letters, parameters = base.args[0], tuple(part.args[0] for part in indices), tuple(part.args[0] for part in arguments)
        sizes = tuple(size for letter in letters if (size := size_of(letter, self.theory)))
        if base.kind == "name" and len(sizes) < len(letters):
            other = next(part for part in letters if not size_of(part, self.theory))
            raise Refused(rf"{other} is no index letter: in a subscript, write words, as in L_{{\text{{sum}}}}, or leave it out", claim.offset)
        plain = base.kind in ("name", "call") and all(part.kind == "name" for part in (*indices, *arguments))
        different = len({*letters, *parameters, "c"}) == len(letters) + len(parameters) + 1 and len(sizes) == len(letters)
        taken = name in FUNCTIONS or not indices and (name in SIZES or isinstance(self.theory.get(name), Letter))
        if taken or not plain or not different:
            hint = (r"the left side is a name, s_i, or S(\mathbf z), with different letters other than c; "
                    r"a name of several letters is \operatorname{KL}, a parameter an argument, as in f(x, \delta)")
            raise Refused(f"can't define this: {hint}", claim.offset)
        return name, letters, sizes, parameters

    def key(self, name: str, letters: tuple[Any, ...]) -> str:
        """Return the key of a name. The L of L_n and the number L are two different names."""
        if not letters or name not in self.theory:
            return name
        number = isinstance(self.theory[name], Letter) or self.shape(name) == ()
        return with_indices(name) if number else name

    def shape(self, name: str) -> tuple[str | int, ...]:
        """Return the shape of what is known, such as ("N", "k")."""
        env = environment(self.theory, 5, ["c"], {})
        letters = {number: size for size, number in env.sizes.items()}
        return tuple(letters.get(number, number) for number in shape(name_alone(env, name)))

    def declare(self, names: list[Node], domain: str) -> None:
        """Let names have any value of a set."""
        for name, letters, entry in declared(names, domain, self.theory):
            key = self.key(name, letters)
            old = self.theory.get(key)
            if not isinstance(old, Definition) or old is self.notation.get(key):
                self.theory = self.theory | {key: replace(entry, name=key)}
            elif entry.domain != ("real",) or entry.sizes != self.shape(key):
                raise Refused(f"{key} is already defined at {old.where} as {old.tex}: use another letter for what may be anything in this set", 0)

    def completed(self, claim: Claim, at_example: bool = False) -> Claim:
        """Return a claim with the conditions of the prose around it, and the examples of its section, or also that of its page."""
        # Definitions further down the page hold as well, if the page has none above.
        untouched = {key for key in self.theory if claim.theory.get(key) is self.notation.get(key)}
        theory = {**claim.theory, **{key: self.theory[key] for key in untouched}}
        claim, formula = replace(claim, theory=theory), claim.formula
        if claim.kind != "claim":
            return claim
        # The numbers of the whole page are shown below its equations, which hold for others, too.
        tested = [each for each in self.settings if at_example or not each.formula.opening or formula.opening or claim.sign == "≈" or each.name in SIZES]
        settings = example(tested, formula, theory)
        conditions, free = claim.conditions, free_letters(theory, claim.left, claim.right)
        for letter in sorted(free - letters_in(*conditions) - {"c"}):
            about = [(place, one) for place, one in self.conditions if letter in letters_in(one) <= free]
            here = [chain for place, chain in about if place.sentence == formula.sentence]
            if not here and not formula.display:
                above = [(place, chain) for place, chain in about if place.start < formula.start]
                here = [chain for place, chain in above if place.paragraph == formula.paragraph][-1:]
            conditions += tuple(chain for chain in here if chain not in conditions)
        return replace(claim, settings=tuple(sorted(settings.items())), conditions=conditions)


def is_condition(statement: Statement) -> bool:
    """Tell whether a chain only compares index letters, such as i ≠ c."""
    plain = all(side.kind == "name" and side.args[0] in LETTERS for side in statement.sides)
    return bool(plain and statement.signs and not statement.continues) and set(statement.signs) <= set("=≠<>≤≥")


def letters_in(*chains: Node) -> set[str]:
    return names_in({}, *chains) & set(LETTERS) - {"c"}

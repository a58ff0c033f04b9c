"""What the formulas of a page say: definitions, domains, examples, conditions, claims."""

import re
from dataclasses import dataclass, replace

from machinery.equations.nodes import DOTS, Node
from machinery.equations.domains import MEMBER, declared
from machinery.equations.evaluate import Evaluator
from machinery.equations.pages import Formula
from machinery.equations.reading import read
from machinery.equations.scope import scope_for
from machinery.equations.shapes import rank
from machinery.equations.theory import (
    LETTERS, MOVING, SIZES, Definition, Letter, Variable, free_letters, functions, names_in,
)  # fmt: skip
from machinery.equations.tokens import Refused

RELATION = re.compile(
    r":=|[=<>]|\\(?:coloneqq|leq?|geq?|neq?|lt|gt|leqslant|geqslant|approx|in|notin|propto|sim|simeq|equiv"
    r"|cong|ll|gg)(?![A-Za-z])"
)
DIFFERENTIAL = re.compile(r"\\mathrm\s*\{?\s*d\s*\}?\s*(?:\\mathbf\s*)?\{?\s*([A-Za-z])")
AGAIN = "′"  # marks a page's own definition of what the notation page defines


@dataclass(frozen=True)
class Claim:
    """One relation between two neighbouring sides of a chain, with all that it rests on."""

    formula: Formula
    left: Node
    sign: str
    right: Node
    offset: int
    row: str
    texts: tuple  # of both sides
    theory: dict
    own: frozenset  # the names to which the page gave a meaning of its own before
    chain: int
    conditions: tuple = ()
    settings: tuple = ()
    kind: str = "claim"  # or "definition", "definition again" (compared with the notation page), "shape"


class Page:
    """The claims of a page, in order, and what was refused while reading it."""

    def __init__(self, name, found, notation=None):
        everything, problems = found
        self.name, self.theory, self.own = name, dict(notation or LETTERS), set()
        self.claims, self.settings, self.conditions, self.chains = [], [], [], 0
        self.marks = [formula for formula in everything if formula.mark is not None]
        reason = "a mark needs its reason: <!-- not a claim: reason -->"
        self.refusals = [*problems, *((formula, 0, reason) for formula in self.marks if not formula.mark)]
        relevant = [formula for formula in everything if formula.mark is None]
        relevant = [f for f in relevant if f.display or f.stray or RELATION.search(f.tex)]
        self.theory[MOVING] = frozenset(match[1] for f in relevant for match in DIFFERENTIAL.finditer(f.tex))
        self.functions = functions(self.theory)
        for formula in relevant:
            self.look_ahead(formula)
        for formula in relevant:
            try:
                self.read(formula)
            except Refused as error:
                self.refusals.append((formula, error.place or 0, str(error)))

    @property
    def assumptions(self):
        return len(self.conditions) + len(self.settings)

    def learn(self, key, entry):
        self.theory = {**self.theory, key: entry}
        self.own.add(key)

    def look_ahead(self, formula):
        """Find the functions that the page defines, and the conditions of its prose."""
        if MEMBER.search(formula.tex):
            return
        try:
            for statement in read(formula.tex, None):
                if ":=" in statement.signs:
                    calls = (node for node in statement.sides[0].walk() if node.kind == "call")
                    self.functions |= {node.args[0] for node in calls}
                elif not formula.display and is_condition(statement):
                    self.conditions.append((formula, statement.chain))
        except Refused:
            pass  # reported when the formula's turn comes

    def read(self, formula):
        if formula.stray:
            raise Refused("a relation beside a formula: write both sides into it", len(formula.tex))
        if MEMBER.search(formula.tex):
            return self.declare(formula)
        statements = read(formula.tex, self.functions)
        conditions = [s for s in statements if is_condition(s) or s.aside and s.signs and not s.continues]
        if formula.display and conditions and not any(s.signs for s in statements if s not in conditions):
            raise Refused("this display holds only a condition", conditions[0].spans[0][0])
        left = None
        for statement in statements:
            if statement in conditions or not statement.signs and not formula.display:
                continue
            if not statement.signs:
                message = "put both sides, or a sum that goes on, into one row"
                raise Refused(f"a row without a relation: {message}", statement.spans[0][0])
            if statement.continues and left is None:
                raise Refused("this begins with a relation: its left side is missing", statement.places[0])
            row = statement.row
            mine = tuple(s.chain for s in conditions if s.row == row or s.for_all and s.row[0] > row[0])
            left = self.chain(formula, statement, left if statement.continues else None, mine)

    def chain(self, formula, statement, left, conditions):
        """Split a chain into its relations; return its last side, which the next row may continue."""
        texts = [" ".join(formula.tex[start:end].split()) for start, end in (statement.row, *statement.spans)]
        sides = [*([left] if left else []), *zip(statement.sides, texts[1:])]
        self.chains += not statement.continues
        relations = zip(sides, sides[1:], statement.signs, statement.places)
        for (left, text), (right, other), sign, place in relations:
            claim = Claim(formula, left, sign, right, place, texts[0], (text, other), self.theory,
                          frozenset(self.own), self.chains, conditions)  # fmt: skip
            if sign == ":=" and (left is not sides[0][0] or statement.continues):
                raise Refused("a definition stands at the beginning of a row", place)
            if sign == ":=":
                self.define(claim)
            elif len(sides) == 2 and self.is_setting(claim):
                self.settings.append((left.args[0], right, formula))
                if right.kind == "tuple" and DOTS not in right.args:
                    self.settings.append(("k", Node("number", (str(len(right.args)),)), formula))
            elif left == right:
                raise Refused("both sides are the same: this can't be false", place)
            else:
                self.claims.append(claim)
        return sides[-1]

    def is_setting(self, claim):
        """Tell whether this says which number an example has: nothing else says it."""
        name = claim.left.args[0] if claim.left.kind == "name" and claim.sign == "=" else None
        closed = not any(node.kind in ("name", "entry", "call") for node in claim.right.walk())
        if name not in (*SIZES, "c") or not closed:
            return closed and isinstance(self.theory.get(name), Variable)
        if claim.right.kind != "number" or not claim.right.args[0].isdigit():
            raise Refused(f"the {name} of an example is a whole number", claim.right.place)
        return True

    def define(self, claim):
        left, offset, parameters = claim.left, claim.offset, ()
        base, indices = (left.args[0], left.args[1:]) if left.kind == "entry" else (left, ())
        if base.kind == "call":
            base, parameters = Node("name", base.args[:1]), base.args[1]
            if any(part.kind != "name" for part in parameters) or len(set(parameters)) != len(parameters):
                message = r"different letters: L(\mathbf s, \mathbf y) := ..."
                raise Refused(f"the arguments of a definition are {message}", offset)
        letters, parameters = (tuple(part.args[0] for part in parts) for parts in (indices, parameters))
        if base.kind != "name" or not all(isinstance(self.theory.get(letter), Letter) for letter in letters):
            message = r"the left side is a name, an entry such as s_i, or a function such as S(\mathbf z)"
            raise Refused(f"can't define this: {message}", offset)
        if len(set(letters)) != len(letters) or "c" in letters:
            raise Refused("the entries of a definition have different index letters, other than c", offset)
        if loose := free_letters(claim.right, self.theory) - {*letters, *parameters, "c"}:
            message = "is free on the right and not on the left"
            raise Refused(f"the index {', '.join(sorted(loose))} {message}", offset)
        key, shown = self.key(base.args[0], letters), claim.texts[0]
        old = self.theory.get(key)
        if key in self.own and isinstance(old, Definition):
            message = f"first at {old.where} as {old.tex}: use another name"
            raise Refused(f"{shown} is defined twice on this page, {message}", offset)
        where = self.where(claim.formula, offset)
        definition = Definition(key, parameters, letters, claim.right, shown, where, " := ".join(claim.texts))
        before, own = self.theory, frozenset(self.own | {key})
        self.learn(key, definition)
        left, right, kind, theory = Node("name", (key,), left.place), claim.right, "definition", self.theory
        if isinstance(old, Definition) and (old.body, old.indices) != (right, letters):
            # The notation page defines it too: both have to agree.
            right, kind = Node("name", (key + AGAIN,)), "definition again"
            theory = {**before, key + AGAIN: definition}
            claim = replace(claim, sign="=", texts=(f"{shown} as defined at {old.where}", claim.texts[1]))
        self.claims.append(replace(claim, left=left, right=right, kind=kind, theory=theory, own=own))

    def key(self, name, letters):
        """Return the key of a name: the L of L_n is another than L, where L is a number."""
        known = self.theory.get(name)
        if not letters or known is None:
            return name
        if isinstance(known, Variable):
            number = not known.sizes
        elif isinstance(known, Letter) or known.parameters:  # a function has no entries before it is called
            number = not getattr(known, "indices", ())
        else:
            number = not known.indices and not rank(scope_for(Evaluator, self.theory, 4, ["c"]).name(name))
        return name + "#" if number else name

    @staticmethod
    def where(formula, offset=0):
        return f"{formula.page}:{formula.position(offset)[0]}"

    def declare(self, formula):
        """Read `x \\in ...`: the name may have any value of a set."""
        tex = " ".join(formula.tex.split())
        for key, entry in declared(formula.tex, self.theory).items():
            if isinstance(entry, Letter):
                self.theory = {**self.theory, key: entry}
                continue
            if entry.sizes and entry.sizes[-1].isdigit():
                self.settings.append(("k", Node("number", entry.sizes[-1:]), formula))
                entry = replace(entry, sizes=(*entry.sizes[:-1], "k"))
            old = self.theory.get(key)
            if key not in self.own or not isinstance(old, Definition):
                self.learn(key, entry)
            elif entry.domain != ("real",):
                message = "use another letter for what may be anything in this set"
                raise Refused(f"{key} is already defined at {old.where} as {old.tex}: {message}", 0)
            else:
                self.chains += 1
                self.claims.append(Claim(
                    formula, Node("name", (key,)), "shape", Node("shape", entry.sizes), 0, tex, (tex, tex),
                    self.theory, frozenset(self.own), self.chains, kind="shape",
                ))  # fmt: skip

    def completed(self, claim):
        """Return a claim with the examples and conditions of the prose around it."""
        # What the page defines further down holds as well, where nothing of the page is above.
        theory = {**claim.theory, **{key: self.theory[key] for key in self.own - claim.own}}
        claim, formula, settings = replace(claim, theory=theory), claim.formula, {}
        if claim.kind != "claim":
            return claim
        for name, node, place in self.settings:
            before = place.start < formula.start and formula.section[: len(place.section)] == place.section
            if before or place.sentence == formula.sentence:
                settings[name] = node
        conditions = claim.conditions
        free = free_letters((claim.left, claim.right), theory)
        for letter in sorted(free - letters_in(conditions) - {"c"}):
            about = [(place, chain) for place, chain in self.conditions if letter in letters_in(chain)]
            here = [chain for place, chain in about if place.sentence == formula.sentence]
            if not here and not formula.display:
                above = [(place, chain) for place, chain in about if place.start < formula.start]
                here = [chain for place, chain in above if place.paragraph == formula.paragraph][-1:]
            here = [chain for chain in here if letters_in(chain) <= free]
            if len(set(here)) > 1:
                message = r"write the one that is meant behind the formula, \quad (i = c)"
                raise Refused(f"two conditions on {letter} in one sentence: {message}")
            conditions += tuple(chain for chain in here[:1] if chain not in conditions)
        return replace(claim, settings=tuple(sorted(settings.items())), conditions=conditions)


def is_condition(statement):
    """Tell whether a chain compares index letters only, such as i ≠ c."""
    plain = all(side.kind == "name" and side.args[0] in LETTERS for side in statement.sides)
    return plain and statement.signs and not statement.continues and set(statement.signs) <= set("=≠<>≤≥")


def letters_in(chains):
    return {name for name in names_in(chains, {}) if name in LETTERS} - {"c"}

"""What the formulas of a page say: definitions, domains, examples, conditions, claims."""

import re
from dataclasses import dataclass, replace

from machinery.equations.evaluate import scope_for, value
from machinery.equations.pages import Formula, formulas
from machinery.equations.reading import Node, read
from machinery.equations.shapes import rank
from machinery.equations.theory import LETTERS, SIZES, Definition, Letter, Variable, free_letters, functions, names_in
from machinery.equations.tokens import Refused

RELATION = re.compile(
    r":=|[=<>]|\\(?:coloneqq|leq?|geq?|neq?|lt|gt|leqslant|geqslant|approx|in|notin|propto|sim|simeq|equiv|cong|ll|gg)"
    r"(?![A-Za-z])"
)
MEMBER = re.compile(r"\\in(?![A-Za-z])")
MOVING = re.compile(r"\\mathrm\s*\{?\s*d\s*\}?\s*(?:\\mathbf\s*)?\{?\s*([A-Za-z])")
AGAIN = "′"  # marks a page's own definition of what the notation page defines
POSITIVE = r"(?:_\{?(>0|\+|\\geq?0)\}?)?"
DOMAINS = {  # written without spaces and fonts
    "real": re.compile(r"\{?R\}?" + POSITIVE + r"(?:\^\{?(\w)(?:\\times(\w))?\}?)?" + POSITIVE),
    "simplex": re.compile(r"\\Delta[\^_](?:k|\{k(?:-1)?\})"),
    "interval": re.compile(r"[(\[](-?[\d.]+),(-?[\d.]+)[)\]]"),
    "classes": re.compile(r"\\\{1,(?:2,)?(?:\\[lc]?dots[a-z]?|\.\.\.),(k|N|D)\\\}"),
}


@dataclass(frozen=True)
class Claim:
    """One relation between two neighbouring sides of a chain, with all that it rests on."""

    formula: Formula
    left: Node
    sign: str
    right: Node
    offset: int
    row: str
    texts: tuple
    theory: dict
    own: frozenset  # the names that the page gave a meaning of its own before
    chain: int
    conditions: tuple = ()
    settings: tuple = ()
    kind: str = "claim"  # or "definition", "definition again" (compared with the notation page), "shape"


@dataclass(frozen=True)
class Setting:
    """The number of an example, such as k = 3."""

    name: str
    value: Node
    formula: Formula


class Page:
    """The claims of a page, in order, and what was refused while reading it."""

    def __init__(self, name, text, notation=None):
        everything, problems = formulas(name, text)
        self.marks = [formula for formula in everything if formula.mark is not None]
        self.refusals = problems + [
            (formula, 0, "a mark needs its reason: <!-- not a claim: reason -->") for formula in self.marks if not formula.mark
        ]
        read_all = [f for f in everything if f.mark is None and (f.display or f.stray or RELATION.search(f.tex))]
        self.name, self.theory, self.own = name, dict(notation or LETTERS), set()
        self.claims, self.settings, self.conditions, self.chains = [], [], [], 0
        self.moving = {match[1] for formula in read_all for match in MOVING.finditer(formula.tex)}
        for moving in sorted(self.moving):
            if isinstance(self.theory.get(moving), Variable):
                self.let_move(self.theory[moving])
        self.functions = functions(self.theory)
        for formula in read_all:
            self.look_ahead(formula)
        for formula in read_all:
            try:
                self.read(formula)
            except Refused as error:
                self.refusals.append((formula, error.place or 0, str(error)))

    @property
    def assumptions(self):
        return len(self.conditions) + len(self.settings)

    def let_move(self, variable):
        key = "d " + variable.name
        self.theory[key] = replace(variable, name=key, domain=("real",))
        self.own.add(key)

    def look_ahead(self, formula):
        """Find the functions that the page defines, and the conditions of its prose."""
        if MEMBER.search(formula.tex):
            return
        try:
            for statement in read(formula.tex, None):
                if ":=" in statement.signs:
                    self.functions |= {node.args[0] for node in statement.sides[0].walk() if node.kind == "call"}
                elif not formula.display and is_condition(statement):
                    self.conditions.append((formula, as_chain(statement)))
        except Refused:
            pass  # reported when the formula's turn comes

    def read(self, formula):
        if formula.stray:
            raise Refused("a relation beside a formula: write both sides into it", len(formula.tex))
        if MEMBER.search(formula.tex):
            return self.declare(formula)
        statements = read(formula.tex, self.functions)
        conditions = [s for s in statements if s.signs and not s.continues and (s.is_condition or is_condition(s))]
        left = None
        if formula.display and conditions and not any(s.signs for s in statements if s not in conditions):
            raise Refused("this display holds only a condition", conditions[0].spans[0][0])
        for statement in statements:
            if statement in conditions or not statement.signs and not formula.display:
                continue
            if not statement.signs:
                message = "a row without a relation: put both sides, or a sum that goes on, into one row"
                raise Refused(message, statement.spans[0][0])
            if statement.continues and left is None:
                raise Refused("this begins with a relation: its left side is missing", statement.places[0])
            mine = tuple(as_chain(s) for s in conditions if s.row == statement.row or s.last or s.row[0] > statement.row[0])
            left = self.chain(formula, statement, left if statement.continues else None, mine)

    def chain(self, formula, statement, left, conditions):
        """Split a chain into its relations; return its last side, which the next row may continue."""
        def clean(start, end):
            return " ".join(formula.tex[start:end].split())

        sides = [*([left] if left else []), *((side, clean(*span)) for side, span in zip(statement.sides, statement.spans))]
        self.chains += not statement.continues
        for number, (sign, place) in enumerate(zip(statement.signs, statement.places)):
            (left, left_text), (right, right_text) = sides[number : number + 2]
            claim = Claim(
                formula, left, sign, right, place, clean(*statement.row), (left_text, right_text),
                self.theory, frozenset(self.own), self.chains, conditions,
            )  # fmt: skip
            if sign == ":=":
                if number or statement.continues:
                    raise Refused("a definition stands at the beginning of a row", place)
                self.define(claim)
            elif len(sides) == 2 and self.is_setting(claim):
                self.settings.append(Setting(left.args[0], right, formula))
                if right.kind == "tuple" and Node("dots") not in right.args:
                    self.settings.append(Setting("k", Node("number", (str(len(right.args)),)), formula))
            elif left == right:
                raise Refused("both sides are the same: this can't be false", place)
            else:
                self.claims.append(claim)
        return sides[-1]

    def is_setting(self, claim):
        """Tell whether this says which numbers an example has: it is not known otherwise what they are."""
        name = claim.left.args[0] if claim.left.kind == "name" and claim.sign == "=" else None
        free = name in (*SIZES, "c") or isinstance(self.theory.get(name), Variable)
        return free and not any(node.kind in ("name", "entry", "call") for node in claim.right.walk())

    def define(self, claim):
        base, indices = (claim.left.args[0], claim.left.args[1:]) if claim.left.kind == "entry" else (claim.left, ())
        parameters, offset = (), claim.offset
        if base.kind == "call":
            base, parameters = Node("name", base.args[:1], base.place), base.args[1]
            if any(part.kind != "name" for part in parameters) or len(set(parameters)) != len(parameters):
                raise Refused(r"the arguments of a definition are different letters: L(\mathbf s, \mathbf y) := ...", offset)
        letters = tuple(index.args[0] for index in indices)
        if base.kind != "name" or not all(isinstance(self.theory.get(letter), Letter) for letter in letters):
            message = r"the left side is a name, an entry such as s_i, or a function such as S(\mathbf z)"
            raise Refused(f"can't define this: {message}", offset)
        if len(set(letters)) != len(letters) or "c" in letters:
            raise Refused("the entries of a definition have different index letters, other than c", offset)
        key, parameters = self.key(base.args[0], letters), tuple(part.args[0] for part in parameters)
        old, shown = self.theory.get(key), claim.texts[0]
        if key in self.own and isinstance(old, Definition):
            raise Refused(f"{shown} is defined twice on this page, first at {old.where} as {old.tex}: use another name", offset)
        loose = free_letters(claim.right, self.theory) - {*letters, *parameters, "c"}
        if loose:
            raise Refused(f"the index {', '.join(sorted(loose))} is free on the right and not on the left", offset)
        where = self.where(claim.formula, offset)
        definition = Definition(key, parameters, letters, claim.right, shown, where, " := ".join(claim.texts))
        kind, left, right, before = "definition", Node("name", (key,), claim.left.place), claim.right, self.theory
        self.theory = {**before, key: definition}
        self.own.add(key)
        theory = self.theory
        if isinstance(old, Definition) and (old.body, old.indices) != (right, letters):
            # The notation page defines it too: both have to agree.
            kind, theory = "definition again", {**before, key + AGAIN: definition}
            right = Node("name", (key + AGAIN,), claim.left.place)
            claim = replace(claim, sign="=", texts=(f"{shown} as defined at {old.where}", claim.texts[1]))
        self.claims.append(replace(claim, left=left, right=right, kind=kind, theory=theory, own=frozenset(self.own)))

    def key(self, name, letters):
        """Return the key of a name: the L of L_n is another than L, where L is a number."""
        known = self.theory.get(name)
        if not letters or known is None:
            return name
        if isinstance(known, Letter):
            number = True
        elif isinstance(known, Variable):
            number = not known.sizes
        elif known.indices or known.parameters:  # a function has no entries before it is called
            number = not known.indices
        else:
            number = not rank(value(Node("name", (name,)), scope_for(self.theory, 4, ["c"])))
        return name + "#" if number else name

    @staticmethod
    def where(formula, offset=0):
        return f"{formula.page}:{formula.position(offset)[0]}"

    def declare(self, formula):
        """Read `x \\in ...`: the name may have any value of a set."""
        left, *right = MEMBER.split(formula.tex)
        if len(right) != 1:
            raise Refused(r"one \in for each formula", 0)
        kind, found, text = domain_of(right[0])
        names = read(re.sub(r"\\(?:mathbf|boldsymbol)\s*\{([^{}]*,[^{}]*)\}", r"\1", left), frozenset())
        for node in (statement.sides[0] for statement in names):
            base, subscripts = (node.args[0], node.args[1:]) if node.kind == "entry" else (node, ())
            if base.kind != "name" or not all(isinstance(self.theory.get(part.args[0]), Letter) for part in subscripts):
                raise Refused("on the left of \\in stand names, with index letters", node.place)
            name, where = base.args[0], self.where(formula)
            sizes, domain = tuple(self.theory[part.args[0]].size for part in subscripts), (kind,)
            if kind == "classes" and not subscripts:
                self.theory = {**self.theory, name: Letter(found[1])}
                continue
            if name in ("i", "j", "c", *SIZES) and not subscripts:
                raise Refused(f"{name} is an index or a size everywhere on this site: use another letter", 0)
            if kind == "real":
                sign = found[1] or found[4] or ""
                domain = ("positive" if ">" in sign else "nonnegative" if sign else "real",)
                given = [size for size in found.group(2, 3) if size]
                if given and given[-1].isdigit():
                    self.settings.append(Setting("k", Node("number", (given.pop(),)), formula))
                    given.append("k")
                if not set(given) <= set(SIZES):
                    raise Refused(f"the sizes in {text} are k, N and D", 0)
                sizes = tuple(given) or sizes
            elif kind == "simplex":
                sizes = ("k",)
            elif kind == "interval":
                domain = (kind, float(found[1]), float(found[2]))
            elif kind == "classes":
                domain = (kind, found[1])
            key = name + "#" if subscripts and isinstance(self.theory.get(name), Letter) else name
            old, tex = self.theory.get(key), " ".join(formula.tex.split())
            if key in self.own and isinstance(old, Definition):
                if domain != ("real",):
                    message = "use another letter for what may be anything in this set"
                    raise Refused(f"{name} is already defined at {old.where} as {old.tex}: {message}", 0)
                self.chains += 1
                shape = Claim(formula, Node("name", (key,)), "shape", Node("shape", sizes), 0, tex, (tex, tex), self.theory,
                              frozenset(self.own), self.chains, kind="shape")  # fmt: skip
                self.claims.append(shape)
                continue
            variable = Variable(key, sizes, domain, where, tex)
            self.theory = {**self.theory, key: variable}
            self.own.add(key)
            if key in self.moving:
                self.let_move(variable)

    def completed(self, claim):
        """Return a claim with the examples and conditions of the prose around it."""
        # What the page defines further down holds as well, where nothing of the page is above.
        theory = {**claim.theory, **{key: self.theory[key] for key in self.own - claim.own}}
        claim, formula = replace(claim, theory=theory), claim.formula
        if claim.kind != "claim":
            return claim
        settings = {}
        for setting in self.settings:
            section, before = setting.formula.section, setting.formula.start < formula.start
            if setting.formula.sentence == formula.sentence or before and formula.section[: len(section)] == section:
                settings[setting.name] = setting.value
        conditions = claim.conditions
        free = free_letters((claim.left, claim.right), theory)
        for letter in sorted(free - letters_in(conditions) - {"c"}):
            about = [(place, chain) for place, chain in self.conditions if letter in letters_in((chain,))]
            here = [chain for place, chain in about if place.sentence == formula.sentence]
            if not here and not formula.display:
                here = [c for place, c in about if place.paragraph == formula.paragraph and place.start < formula.start][-1:]
            here = [chain for chain in here if letters_in((chain,)) <= free | {"c"}]
            if len(set(here)) > 1:
                message = r"write the one that is meant behind the formula, \quad (i = c)"
                raise Refused(f"two conditions on {letter} in one sentence: {message}")
            conditions += tuple(chain for chain in here[:1] if chain not in conditions)
        return replace(claim, settings=tuple(sorted(settings.items())), conditions=conditions)


def domain_of(text):
    text = text.strip().rstrip(".,;").strip()
    plain = re.sub(r"\\(?:mathbb|left|right)(?![A-Za-z])|\\[,;:!]|\s", "", text)
    for kind, pattern in DOMAINS.items():
        if found := pattern.fullmatch(plain):
            return kind, found, text
    known = r"\mathbb R^k, \mathbb R^{N \times k}, \mathbb R_{>0}, \Delta^k, (0, 1), \{1, \dots, k\}"
    raise Refused(f"can't read the set {text!r}: {known} are known", 0)


def as_chain(statement):
    return Node("chain", (statement.sides, statement.signs))


def is_condition(statement):
    """Tell whether a chain compares index letters only, such as i ≠ c."""
    plain = all(side.kind == "name" and side.args[0] in LETTERS for side in statement.sides)
    return plain and statement.signs and not statement.continues and set(statement.signs) <= set("=≠<>≤≥")


def letters_in(chains):
    return {name for name in names_in(tuple(chains), {}) if name in LETTERS} - {"c"}

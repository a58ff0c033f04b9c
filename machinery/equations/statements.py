"""What the formulas of a page say: definitions, domains, examples, conditions, claims."""

import re
from dataclasses import dataclass, field, replace

from machinery.equations.evaluate import SIZES, value
from machinery.equations.pages import Formula, formulas
from machinery.equations.points import scope_for
from machinery.equations.resolve import Node, read
from machinery.equations.shapes import rank
from machinery.equations.syntax import Refused, layout_end

LETTERS = {"i": "k", "j": "k", "l": "k", "c": "k", "n": "N", "d": "D"}  # index letters, and up to where they run
RELATION = re.compile(
    r":=|[=<>]|\\(?:coloneqq|leq?|geq?|neq?|lt|gt|leqslant|geqslant|approx|in|notin|propto|sim|simeq|equiv|cong|ll|gg)(?![A-Za-z])"
)
AGAIN = "′"  # marks a page's own definition of what the notation page defines
MEMBER = re.compile(r"\\in(?![A-Za-z])")
REALS = re.compile(r"\\mathbb\{?\s*R\s*\}?(?P<part>_\{?\s*(?:>\s*0|\+|\\geq?\s*0)\s*\}?)?(?:\^(?P<power>\{[^{}]*\}|\w))?(?P<after>_\{?\s*(?:>\s*0|\+|\\geq?\s*0)\s*\}?)?$")
SIMPLEX = re.compile(r"\\Delta(?:\^|_)(?:\{\s*k\s*(?:-\s*1)?\s*\}|k)$")
INTERVAL = re.compile(r"[(\[]\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*[)\]]$")
CLASSES = re.compile(r"\\\{\s*1\s*,\s*(?:\\[lc]?dots\w?|\.\.\.|2\s*,\s*\\[lc]?dots\w?)\s*,\s*(?P<size>\w)\s*\\\}$")


@dataclass(frozen=True)
class Definition:
    name: str
    parameters: tuple
    indices: tuple
    body: Node
    shown: str
    where: str
    tex: str


@dataclass(frozen=True)
class Variable:
    """A name that may have any value of a domain."""

    name: str
    sizes: tuple
    domain: tuple
    where: str
    tex: str


@dataclass
class Theory:
    """What is known at one place of a page."""

    definitions: dict = field(default_factory=dict)
    variables: dict = field(default_factory=dict)
    letters: dict = field(default_factory=lambda: dict(LETTERS))
    moving: frozenset = frozenset()

    @property
    def labels(self):
        """Names whose values are classes, such as the c of c_n."""
        return {name for name, variable in self.variables.items() if variable.domain[0] == "classes"}

    @property
    def functions(self):
        return frozenset(d.name for d in self.definitions.values() if d.parameters) | {"O", "diag", "tr"}

    def copy(self):
        return Theory(dict(self.definitions), dict(self.variables), dict(self.letters), self.moving)

    def key(self, name, indices):
        """Return the key of a name: the L of L_n is another than L, where L is a number."""
        if not indices:
            return name
        number = name in self.letters or name in self.variables and not self.variables[name].sizes
        known = self.definitions.get(name)
        if known and known.parameters and not known.indices:
            number = True  # a function has no entries before it is called
        elif known and not known.indices:
            scope = scope_for(self, 4, "c")
            number = rank(value(Node("name", (name,)), scope)) == 0
        return name + "#" if number else name


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
    conditions: tuple
    settings: tuple
    theory: Theory
    chain: int
    kind: str = "claim"


@dataclass(frozen=True)
class Setting:
    name: str
    value: Node
    formula: Formula


class Page:
    """The claims of a page, in order, and what was refused while reading it."""

    def __init__(self, name, text, notation=None):
        self.name, self.notation = name, notation or Theory()
        self.theory = self.notation.copy()
        self.own = {}  # what this page defines or declares, and where
        self.claims, self.refusals, self.marks, self.settings, self.conditions = [], [], [], [], []
        self.chains = 0
        everything, problems = formulas(name, text)
        self.refusals += problems
        parsed = []
        for formula in everything:
            if formula.mark is not None:
                self.marks.append((formula, formula.mark))
                if not formula.mark:
                    self.refuse(formula, Refused("a mark needs its reason: <!-- not a claim: reason -->"))
                continue
            if formula.display or formula.stray or RELATION.search(formula.tex):
                parsed.append(formula)
        self.theory.moving = self._moving(parsed)
        self.functions = self.theory.functions
        self._look_ahead(parsed)
        for formula in parsed:
            try:
                self._formula(formula)
            except Refused as error:
                self.refuse(formula, error)

    @property
    def assumptions(self):
        return len(self.conditions) + len(self.settings)

    def refuse(self, formula, error):
        self.refusals.append((formula, error.place or 0, str(error)))

    @staticmethod
    def _moving(parsed):
        names = re.compile(r"\\mathrm\s*\{?\s*d\s*\}?\s*(?:\\mathbf\s*)?\{?\s*([A-Za-z])")
        return frozenset(match[1] for formula in parsed for match in names.finditer(formula.tex))

    def _look_ahead(self, parsed):
        """Find the functions that the page defines, and the conditions of its prose."""
        for formula in parsed:
            if MEMBER.search(formula.tex):
                continue
            try:
                statements = read(formula.tex, self.functions)
            except Refused:
                continue  # reported when the formula's turn comes
            for statement in statements:
                if ":=" in statement.relations:
                    called = [node.args[0] for node in statement.sides[0].walk() if node.kind == "call"]
                    self.functions |= frozenset(called)
                chain = as_chain(statement)
                if chain and not formula.display and is_condition(chain):
                    self.conditions.append((formula, chain))

    def _formula(self, formula):
        if formula.stray:
            raise Refused("a relation beside a formula: write both sides into it", len(formula.tex))
        if MEMBER.search(formula.tex):
            return self._declare(formula)
        statements = read(formula.tex, self.functions)
        previous = None
        own = [s for s in statements if (c := as_chain(s)) and (is_condition(c) or s.is_condition)]
        end = layout_end(formula.tex)
        for statement in statements:
            if statement in own:
                if formula.display and not any(s not in own and s.relations for s in statements):
                    raise Refused("this display holds only a condition", statement.spans[0][0])
                continue
            if not statement.relations:
                if formula.display:
                    raise Refused("a row without a relation: put both sides, or a sum that goes on, into one row", statement.spans[0][0])
                continue
            if statement.continues and previous is None:
                raise Refused("this begins with a relation: its left side is missing", statement.places[0])
            if not statement.continues:
                self.chains += 1
            sides = ([previous[0]] if statement.continues else []) + list(statement.sides)
            spans = ([previous[1]] if statement.continues else []) + list(statement.spans)
            conditions = [
                as_chain(s) for s in own
                if s.row == statement.row or s.spans[0][0] >= end > 0 or (not end and s.row[0] >= statement.row[0])
            ]  # fmt: skip
            self._chain(formula, statement, sides, spans, conditions)
            previous = (sides[-1], spans[-1])

    def _chain(self, formula, statement, sides, spans, conditions):
        row = " ".join(formula.tex[statement.row[0] : statement.row[1]].split())
        for number, (left, sign, right) in enumerate(zip(sides, statement.relations, sides[1:])):
            texts = tuple(" ".join(formula.tex[a:b].split()) for a, b in (spans[number], spans[number + 1]))
            offset = statement.places[number]
            if sign == ":=":
                if number or statement.continues:
                    raise Refused("a definition stands at the beginning of a row", offset)
                self._define(formula, left, right, offset, row, texts)
            elif self._is_setting(statement, left, sign, right):
                self.settings.append(Setting(left.args[0], right, formula))
                if right.kind == "tuple" and not any(part.kind == "dots" for part in right.args[0:]):
                    self.settings.append(Setting("k", Node("number", (str(len(right.args)),)), formula))
            else:
                self._claim(formula, left, sign, right, offset, row, texts, conditions)

    def _claim(self, formula, left, sign, right, offset, row, texts, conditions, kind="claim", theory=None):
        if left == right:
            raise Refused("both sides are the same: this can't be false", offset)
        self.claims.append(Claim(formula, left, sign, right, offset, row, texts, tuple(conditions), (), theory or self.theory.copy(), self.chains, kind))

    def _is_setting(self, statement, left, sign, right):
        if sign != "=" or len(statement.sides) != 2 or statement.continues or left.kind != "name":
            return False
        name = left.args[0]
        free = name in (*SIZES, "c") or name in self.theory.variables
        closed = not any(node.kind in ("name", "entry", "call") for node in right.walk())
        return free and name not in self.theory.definitions and closed

    def _define(self, formula, left, right, offset, row, texts):
        base, indices = (left.args[0], left.args[1:]) if left.kind == "entry" else (left, ())
        parameters = ()
        if base.kind == "call":
            base, arguments = Node("name", (base.args[0],), base.place), base.args[1]
            if any(argument.kind != "name" for argument in arguments) or len(set(arguments)) != len(arguments):
                raise Refused("the arguments of a definition are different letters: L(\\mathbf s, \\mathbf y) := ...", offset)
            parameters = tuple(argument.args[0] for argument in arguments)
        if base.kind != "name" or any(index.kind != "name" or index.args[0] not in self.theory.letters for index in indices):
            raise Refused("can't define this: the left side is a name, an entry such as s_i, or a function such as S(\\mathbf z)", offset)
        letters = tuple(index.args[0] for index in indices)
        if len(set(letters)) != len(letters) or "c" in letters:
            raise Refused("the entries of a definition have different index letters, other than c", offset)
        name = base.args[0]
        key = self.theory.key(name, letters)
        where = f"{formula.page}:{formula.position(offset)[0]}"
        definition = Definition(key, parameters, letters, right, texts[0], where, row)
        old = self.theory.definitions.get(key)
        if old and key in self.own:
            raise Refused(f"{texts[0]} is defined twice on this page, first at {old.where} as {old.tex}: use another name", offset)
        loose = free_letters(right, self.theory) - set(letters) - set(parameters) - {"c"}
        if loose:
            raise Refused(f"the index {', '.join(sorted(loose))} is free on the right and not on the left", offset)
        after = self.theory.copy()
        after.definitions[key] = definition
        after.variables.pop(key, None)
        self.chains += 1
        if old and (old.body, old.indices) != (right, letters):
            # The notation page defines it too: both have to agree.
            both = self.theory.copy()
            both.definitions[key + AGAIN] = replace(definition, name=key + AGAIN)
            theirs, mine = (Node("name", (side,), left.place) for side in (key, key + AGAIN))
            if key.endswith("#"):
                theirs, mine = (Node("entry", (Node("name", (side.args[0].replace("#", ""),)), *indices), left.place) for side in (theirs, mine))
            self._claim(formula, theirs, "=", mine, offset, row, (f"{texts[0]} as defined at {old.where}", texts[1]), (), "definition again", both)
        else:
            self._claim(formula, Node("name", (key,), left.place), "=", right, offset, row, texts, (), "definition", after)
        self.theory = after
        self.own[key] = where

    def _declare(self, formula):
        parts = MEMBER.split(formula.tex)
        if len(parts) != 2:
            raise Refused(r"one \in for each formula", 0)
        domain, sizes = self._domain(formula, parts[1])
        names = re.sub(r"\\(?:mathbf|boldsymbol|bm|vec)(?![A-Za-z])|\\[,;! ]", " ", parts[0])
        names = re.split(r",(?![^{]*\})", re.sub(r"(?<![_^])\{([^{}]*)\}", r"\1", names))
        for text in names:
            found = re.fullmatch(r"\s*(\\?[A-Za-z]+)\s*(?:_\s*\{?\s*([A-Za-z\s]+?)\s*\}?)?\s*", text)
            if not found:
                raise Refused(f"can't read {text.strip()!r} as a name", 0)
            name, subscripts = found[1].lstrip("\\"), tuple("".join((found[2] or "").split()))
            where = f"{formula.page}:{formula.position()[0]}"
            if domain[0] == "classes" and not subscripts:
                if domain[1] not in SIZES:
                    raise Refused(f"{domain[1]} is no size: k, N and D are", 0)
                self.theory = self.theory.copy()
                self.theory.variables.pop(name, None)
                self.theory.letters[name] = domain[1]
                continue
            if name in ("i", "j", "c", *SIZES) and not subscripts:
                raise Refused(f"{name} is an index or a size everywhere on this site: use another letter", 0)
            if any(letter not in self.theory.letters for letter in subscripts):
                raise Refused(f"an index of {text.strip()} is unknown", 0)
            shape = sizes or tuple(self.theory.letters[letter] for letter in subscripts)
            key = name + "#" if name in self.theory.letters and subscripts else name
            if key in self.own and key in self.theory.definitions:
                if domain != ("real",):
                    old = self.theory.definitions[key]
                    raise Refused(f"{name} is already defined at {old.where} as {old.tex}: use another letter for what may be anything in this set", 0)
                self._claim_shape(formula, key, shape)
                continue
            # What the notation page defines may be anything in this set on this page.
            self.theory = self.theory.copy()
            self.theory.definitions.pop(key, None)
            if not subscripts:
                self.theory.letters.pop(name, None)
            self.theory.variables[key] = Variable(key, shape, domain, where, " ".join(formula.tex.split()))
            self.own[key] = where

    def _claim_shape(self, formula, key, sizes):
        self.chains += 1
        shape = Node("shape", sizes)
        tex = " ".join(formula.tex.split())
        self.claims.append(Claim(formula, Node("name", (key,)), "shape", shape, 0, tex, (tex, tex), (), (), self.theory.copy(), self.chains, "shape"))

    def _domain(self, formula, text):
        text = text.strip().rstrip(".,;").strip()
        if found := REALS.match(text):
            part = found["part"] or found["after"] or ""
            domain = ("positive",) if ">" in part else ("nonnegative",) if part else ("real",)
            power = (found["power"] or "").strip("{}")
            sizes = tuple(size.strip() for size in power.split(r"\times")) if power else ()
            if sizes and sizes[-1].isdigit():
                self.settings.append(Setting("k", Node("number", (sizes[-1],)), formula))
                sizes = (*sizes[:-1], "k")
            if any(size not in SIZES for size in sizes):
                raise Refused(f"the sizes in {text} are k, N and D", 0)
            return domain, sizes
        if SIMPLEX.match(text):
            return ("simplex",), ("k",)
        if found := INTERVAL.match(text):
            return ("interval", float(found[1]), float(found[2])), ()
        if found := CLASSES.match(text):
            return ("classes", found["size"]), ()
        raise Refused(rf"can't read the set {text!r}: \mathbb R^k, \mathbb R^{{N \times k}}, \mathbb R_{{>0}}, \Delta^k, (0, 1), \{{1, \dots, k\}} are known", 0)

    def completed(self, claim):
        """Return a claim with the examples and conditions of the prose around it."""
        formula = claim.formula
        compared = claim.left if claim.kind == "definition again" else None
        theory = self._with_later(claim.theory, set(names_in(compared)) if compared else set())
        claim = replace(claim, theory=theory)
        settings = {}
        for setting in self.settings:
            before = setting.formula.start < formula.start
            same = setting.formula.sentence == formula.sentence
            section = setting.formula.section
            if claim.kind == "claim" and (same or (before and formula.section[: len(section)] == section)):
                settings[setting.name] = setting.value
        free = free_letters(claim.left, claim.theory) | free_letters(claim.right, claim.theory) if claim.kind == "claim" else set()
        conditions = [chain for chain in claim.conditions]
        bound_letters = set().union(*(condition_letters(chain) for chain in conditions)) if conditions else set()
        sentence = [c for f, c in self.conditions if f.sentence == formula.sentence]
        earlier = [c for f, c in self.conditions if f.paragraph == formula.paragraph and f.start < formula.start]
        for letter in sorted(free - bound_letters - {"c"}):
            here = [c for c in sentence if letter in condition_letters(c)]
            if not here and not formula.display:
                here = [c for c in earlier if letter in condition_letters(c)][-1:]
            usable = [c for c in here if condition_letters(c) <= free | {"c"}]
            if len(set(usable)) > 1:
                raise Refused(f"two conditions on {letter} in one sentence: write the one that is meant behind the formula, \\quad (i = c)")
            conditions += [c for c in usable[:1] if c not in conditions]
        return replace(claim, settings=tuple(sorted(settings.items())), conditions=tuple(conditions))


    def _with_later(self, theory, compared):
        """Return a theory with what the page defines further down, where nothing of the page is above."""
        merged, final = theory.copy(), self.theory
        for known, later in ((merged.variables, final.variables), (merged.definitions, final.definitions)):
            for key, entry in later.items():
                above = any(key in known_ and known_[key].where.startswith(f"{self.name}:") for known_ in (theory.variables, theory.definitions))
                if key in self.own and not above and key not in compared:
                    merged.variables.pop(key, None)
                    merged.definitions.pop(key, None)
                    known[key] = entry
        return merged


def as_chain(statement):
    if not statement.relations or statement.continues:
        return None
    return Node("chain", (statement.sides, statement.relations))


def is_condition(chain):
    """Tell whether a chain compares index letters only, such as i ≠ c."""
    sides, signs = chain.args
    plain = all(side.kind == "name" and side.args[0] in LETTERS for side in sides)
    return plain and all(sign in "=≠<>≤≥" for sign in signs)


def condition_letters(chain):
    return {node.args[0] for node in chain.walk() if node.kind == "name" and node.args[0] in LETTERS} - {"c"}


def free_letters(node, theory, bound=frozenset()):
    """Return the index letters that nothing in the formula runs over.

    Raises
    ------
    Refused
        If a letter is both an index of a sum and free beside it.
    """
    if isinstance(node, tuple):
        return set().union(*(free_letters(part, theory, bound) for part in node)) if node else set()
    if not isinstance(node, Node):
        return set()
    if node.kind == "name":
        name = node.args[0]
        known = name in theory.definitions or name in theory.variables
        return {name} if name in theory.letters and not known and name not in bound else set()
    if node.kind == "big":
        _, letters, conditions, _, body = node.args
        return free_letters((body, conditions), theory, bound | set(letters))
    return free_letters(node.args, theory, bound)


def bound_letters(node):
    return {letter for part in node.walk() if part.kind == "big" for letter in part.args[1]}


def names_in(node):
    """Return the names in a formula; the L of L_n may be another than L alone, as `L#`."""
    for part in node.walk():
        if part.kind == "name":
            yield part.args[0]
        if part.kind == "entry" and part.args[0].kind == "name":
            yield part.args[0].args[0] + "#"
        if part.kind == "call":
            yield part.args[0]


def reachable(node, theory):
    """Return all names that a formula depends on, through definitions."""
    found, stack = set(), list(names_in(node))
    while stack:
        name = stack.pop()
        if name in found:
            continue
        found.add(name)
        definition = theory.definitions.get(name)
        if definition:
            stack += [other for other in names_in(definition.body) if other not in definition.parameters]
            stack += definition.parameters  # a function named alone stands at its own arguments
        elif name not in theory.variables and name + "#" in theory.definitions:
            stack.append(name + "#")
    return found

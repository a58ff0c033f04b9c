"""Formulas as trees, read from left to right by recursive descent.

    chain   = sum (relation sum)*
    sum     = [sign] product (sign product)*
    product = factor ([\\cdot | \\odot | /] factor)*
    factor  = operator with all that it reaches over | atom with its scripts
    atom    = name | number | brackets | matrix | cases

LaTeX does not say how far an operator reaches. Here a sum, a product sign and a derivative
reach to the next + or -. A function takes one factor; if more follow, the formula is
refused, because readers would disagree on its meaning.
"""

import functools
import re
from collections.abc import Callable
from typing import NoReturn

from machinery.equations.ellipsis import pattern
from machinery.equations.hints import HINTS, NO_CLAIM, UNKNOWN
from machinery.equations.nodes import DOTS, ONE, Node
from machinery.equations.theory import SIZES
from machinery.equations.tokens import TOKEN, Refused, Token, as_tex, split

CONDITIONALS = {"if", "for", "for all", "for every", "for any", "where", "with", "when"}
OTHERWISE = {"otherwise", "else"}
LABELS = ("text", "word", "function")
Z, E, UNIT = Node("name", ("z",)), Node("name", ("e",)), Node("vector", ("e",))
CLASSES = re.compile(r"\\\{\s*1,\s*(?:2,\s*)?\\[lc]?dots[a-z]?\s*,\s*\w\s*\\\}")
TOP = (Node("mark", (r"\top",)), Node("name", ("T",)))
ATOMS = ("(", "[", r"\{", "|", r"\lvert", "‖", r"\lVert", r"\langle", r"\sqrt", r"\left.", "number", "begin")


class Parser:
    """Reads the tokens of one level from left to right.

    A name is a call if brackets follow, unless it is in `factors`.
    """

    def __init__(self, tex: str, factors: frozenset[str], tokens: list[Token]) -> None:
        self.tex, self.factors, self.tokens, self.at = tex, factors, tokens, 0

    def peek(self) -> Token:
        return self.tokens[self.at]

    def next_is(self, *kinds: str) -> bool:
        return self.peek().kind in kinds and self.at < len(self.tokens) - 1

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def skip(self, *kinds: str) -> Token | None:
        return self.take() if self.next_is(*kinds) else None

    def fail(self, token: Token | None = None) -> NoReturn:
        token = token or self.peek()
        before = [m[0] for m in TOKEN.finditer(self.tex, 0, token.start) if m.lastgroup != "layout"]
        after = f", after '{before[-1]}'" if before else ""
        if token.kind == "nothing":
            raise Refused(f"the formula ends too early{after}: something is missing", token.start)
        shown, hint = self.tex[token.start : token.end], HINTS.get(token.text) or HINTS.get(token.kind)
        hint = hint or (UNKNOWN if re.match(r"\\[A-Za-z]", shown) else "")
        raise Refused(f"can't read '{shown}' here{after}" + (f": {hint}" if hint else ""), token.start)

    def at_end(self) -> bool:
        """Tell whether no factor follows."""
        return self.at == len(self.tokens) - 1 or self.next_is("+", "-")

    def inner(self, tokens: list[Token]) -> "Parser":
        return Parser(self.tex, self.factors, tokens)

    def whole(self) -> Node:
        """Read all tokens as one sum."""
        node = self.sum()
        if self.at < len(self.tokens) - 1:
            self.fail()
        return node

    def chain(self) -> Node:
        """Read `a` as its node, `a = b` as a chain, and words alone as a label."""
        if len(self.tokens) == 2 and self.next_is(*LABELS):
            return Node("label", (self.peek().text.lstrip("\\"),), self.take().start)
        left, *right = split(self.tokens, "member")
        if right and CLASSES.fullmatch(self.tex, right[0][0].start, right[0][-2].end):  # j \in \{1, \dots, k\}
            return self.inner(left).whole()
        parts = split(self.tokens, "relation")
        sides = tuple(self.inner(part).whole() for part in parts)
        signs = tuple(part[-1].text for part in parts[:-1])
        return Node("chain", (sides, signs), self.peek().start) if signs else sides[0]

    def items(self, group: Token) -> tuple[Node, ...]:
        """Read the items between brackets, separated by commas. Round brackets hold no relations."""
        parts = [self.inner(part) for part in split(group.inside, ",", "bar")]
        return tuple(part.whole() if group.kind == "(" else part.chain() for part in parts)

    def sum(self) -> Node:
        terms: list[Node] = []
        place, sign = self.peek().start, self.skip("-", "+")
        while sign or not terms:
            start, term = self.peek().start, self.product()
            terms.append(Node("negative", (term,), start) if sign and sign.kind == "-" else term)
            sign = self.skip("-", "+")
        terms = with_dots("sum", terms)
        return terms[0] if len(terms) == 1 else Node("sum", tuple(terms), place)

    def product(self) -> Node:
        result = self.factor()
        factors, plain = [result], True
        while not self.at_end():
            if self.next_is("bar"):
                return self.restricted(result, len(factors) == 1)
            sign = self.skip("operator")
            operator = sign.text.lstrip("\\") if sign else ""
            factor = self.factor()
            if operator == "/" and not self.at_end():
                raise Refused(r"can't tell what is divided here: use \frac or brackets", self.peek().start)
            if not operator and result.kind == factor.kind == "number":
                raise Refused("two numbers side by side: a sign is missing between them", factor.place)
            if factor.kind == "numbers" and result.kind == "name":
                raise Refused(f"{result.args[0]} is no function on this page: define it with its arguments, {result.args[0]}(x) := ...", result.place)
            factors, plain = [*factors, factor], plain and operator in ("", "cdot")
            kind, args = ("quotient", ()) if operator == "/" else ("product", (operator,))
            result = Node(kind, (*args, result, factor), result.place)
        if DOTS in factors and plain:
            first, *others = with_dots("prod", factors)
            for factor in others:
                first = Node("product", ("", first, factor), result.place)
            return first
        return result

    def restricted(self, node: Node, alone: bool) -> Node:
        """Read `|_{x = 0}`: the value of a formula where names and entries have other values."""
        bar = self.take()
        if not alone or not self.skip("_"):
            self.at -= 1
            self.fail(bar)
        values = self.script()
        if any(value.kind != "chain" or value.args[1] != ("=",) for value in values):
            raise Refused(r"a restriction reads |_{z = 0}", bar.start)
        return Node("restricted", (node, tuple(value.args[0] for value in values)), node.place)

    def factor(self) -> Node:
        token = self.peek()
        if self.next_is(*OPERATORS):
            return OPERATORS[token.kind](self, self.take())
        if token.text == r"\mathbb" and self.tex[token.end : token.end + 2].strip("{ ") == "E" and self.expects():
            return self.expectation()
        if token.text == "d" and self.skip("word"):
            return Node("differential", (self.factor(),), token.start)
        node = self.scripted(self.atom())
        defined = self.tokens[-1].text == ":="
        if node.kind == "name" and self.next_is("(", "[") and (defined or node.args[0] not in self.factors):
            return self.scripted(Node("call", (node.args[0], self.items(self.take())), node.place))
        if node.kind == "name" and self.next_is("(") and [part.kind for part in self.items(self.peek())] == ["name"]:
            name = as_tex(node.args[0])
            hint = rf"to give it an argument, define it as a function, {name}(x) := ...; a product needs no brackets"
            raise Refused(f"{name} is no function, but has a value of its own above: {hint}", node.place)
        return node

    def function(self, token: Token) -> Node:
        name = token.text.lstrip("\\")
        lower = self.script() if name in ("max", "min", "argmax", "argmin", "log") and self.skip("_") else None
        in_brackets, place = self.next_is("("), self.at + 1
        argument = self.factor()
        if not (in_brackets and self.at == place) and not self.at_end():
            place = self.peek().start
            raise Refused(f"can't tell how far \\{name} reaches: put its argument in brackets", place)
        if lower and name == "log":
            logarithms = (Node("call", ("log", (part,)), token.start) for part in (argument, *lower))
            return Node("quotient", tuple(logarithms), token.start)
        if lower:
            return self.over(token, name, lower, None, argument)
        if name in ("argmax", "argmin"):
            raise Refused(rf"say over which index it goes: \arg\{name[3:]}_j z_j", token.start)
        arguments = argument.args if argument.kind == "numbers" else (argument,)
        if name in ("max", "min") and DOTS in arguments:  # \max \{ z_1, \dots, z_k \}
            _, size, entry = pattern([arguments])
            return Node("big", (name, ("column",), (), size, entry), token.start)
        return Node("call", (name, arguments), token.start)

    def expects(self) -> bool:
        """Tell whether an expectation over a letter follows: its subscript has a tilde."""
        follow = self.tokens[self.at + 2 : self.at + 4]
        return len(follow) == 2 and follow[0].kind == "_" and any(token.text == r"\sim" for token in follow[1].inside)

    def expectation(self) -> Node:
        """Read `\\mathbb E_{i \\sim \\mathbf p}[x_i]`, which is a sum over a letter."""
        place = self.take().start
        self.take(), self.take()
        letter, weights = (self.inner(part).whole() for part in split(self.take().inside, r"\sim"))
        if letter.kind != "name" or not self.next_is("[", "("):
            raise Refused(r"an expectation reads \mathbb E_{i \sim \mathbf p}[x_i]", place)
        weights = Node("call", ("probabilities", (weights,)), weights.place)
        body = Node("product", ("", Node("entry", (weights, letter), place), self.atom()), place)
        return Node("big", ("sum", (letter.args[0],), (), None, body), place)

    def big(self, token: Token) -> Node:
        lower, upper = self.scripts()
        return self.over(token, token.text.lstrip("\\"), lower, upper, self.product())

    def over(self, token: Token, name: str, lower: tuple[Node, ...], upper: Node | None, body: Node) -> Node:
        """A sum, product or maximum over letters, with the conditions on them."""
        chains = [part for part in lower if part.kind == "chain"]
        starts = [chain.args[0][1] for chain in chains if chain.args[1] == ("=",)]
        conditions = tuple(chain for chain in chains if chain.args[1] != ("=",))
        parts = [part.args[0][0] if part in chains else part for part in lower]
        letters = [letter for part in parts for letter in split_index(part)]
        plain = letters and all(letter.kind == "name" for letter in letters)
        if not plain or starts != ([ONE] if upper else []):
            raise Refused(f"write \\{name}_j or \\{name}_{{j=1}}^{{k}}", token.start)
        return Node("big", (name, tuple(letter.args[0] for letter in letters), conditions, upper, body), token.start, self.tokens[self.at - 1].end)

    def fraction(self, token: Token) -> Node:
        if all(is_differential(part.inside) for part in self.tokens[self.at : self.at + 2]):
            above, below = self.inner(self.take().inside), self.inner(self.take().inside)
            return self.derivative(above, below, token.start)
        if self.next_is("number") and len(digits := self.peek().text) == 2:  # \frac12
            start = self.peek().start
            self.tokens[self.at : self.at + 1] = [Token("number", digit, start + at, start + at + 1) for at, digit in enumerate(digits)]
        return self.scripted(Node("quotient", (self.argument(), self.argument()), token.start))

    def derivative(self, above: "Parser", below: "Parser", place: int) -> Node:
        """Read a `\\frac` that stands for a derivative, of any order, and what follows it."""
        above.take()
        order = above.argument() if above.skip("^") else ONE
        expression = self.product() if above.at_end() else above.whole()
        variables = []
        while not below.at_end():
            if not is_differential(below.tokens[below.at :]):
                below.fail()
            below.take()
            variable, times = below.factor(), 1
            if variable.kind == "power" and str(variable.args[1].args[0]).isdigit():
                variable, times = variable.args[0], int(variable.args[1].args[0])
            variables += [variable.args[0] if variable.kind == "transpose" else variable] * times
        if order != Node("number", (str(len(variables)),)):
            raise Refused(f"a derivative by {len(variables)} variable(s), but of another order", place)
        return derived(expression, variables, place)

    def partial(self, token: Token) -> Node:
        if not self.skip("_"):
            raise Refused(rf"a derivative is written \frac{{\partial L}}{{\partial z_i}}; for a set of subgradients, {NO_CLAIM[3:]}", token.start)
        variables = [letter for part in self.script() for letter in split_index(part)]
        return derived(self.product(), variables, token.start)

    def nabla(self, token: Token) -> Node:
        lower, upper = self.scripts()
        variable = lower[0] if lower else Z
        if upper == Node("number", ("2",)):
            return derived(self.factor(), [variable] * 2, token.start)
        if upper:
            self.fail()
        return Node("derivative", (self.factor(), variable, "column"), token.start)

    def labelled(self, token: Token) -> Node:
        node = self.argument()
        if self.skip("_", "^") and any(part.kind != "label" for part in self.script()):
            raise Refused(r"under a brace stand words in \text{}: write an equality as a row of its own", token.start)
        return node

    def atom(self) -> Node:
        token = self.peek()
        if not self.next_is(*ATOMS):
            return self.argument()
        self.take()
        kind, place = token.kind, token.start
        if kind in ("|", r"\lvert", "‖", r"\lVert"):
            name = "abs" if kind in ("|", r"\lvert") else "norm"
            return Node("call", (name, (self.inner(token.inside).whole(),)), place)
        if kind == r"\sqrt":
            return Node("call", ("sqrt", (self.argument(),)), place)
        if kind == "number":
            return Node("number", (token.text,), place)
        if kind == "begin":
            return self.environment(token)
        if kind == r"\left.":
            self.at -= 1  # what closes it is the bar
            self.tokens[self.at] = Token("bar", "|", token.start, token.end)
            return self.restricted(self.inner(token.inside).whole(), True)
        content = self.items(token)
        if kind == r"\langle" and len(content) == 2:
            return Node("product", ("cdot", *content), place)
        return content[0] if len(content) == 1 else Node("numbers", content, place)

    def environment(self, token: Token) -> Node:
        """Read a matrix, or cases."""
        rows = split(token.inside, "row")
        rows = rows if len(rows[-1]) > 1 else rows[:-1]
        if token.text == "cases":
            return Node("cases", tuple(map(self.case, rows)), token.start)
        if not token.text.endswith("matrix"):
            self.fail(token)
        cells = (tuple(self.inner(cell).whole() for cell in split(row, "&")) for row in rows)
        return Node("matrix", (tuple(cells),), token.start)

    def case(self, row: list[Token]) -> tuple[Node, Node | None]:
        """Read a value and its condition, which is None for `otherwise`."""
        first, *parts = split(row, "&", ",", "gap", "text")
        value = self.inner(first).whole()
        words = {token.text for token in row if token.kind == "text"}
        conditions = [self.inner(part).chain() for part in parts if len(part) > 1]
        wrong = {condition.kind for condition in conditions} - {"chain"} or bool(conditions) == bool(words & OTHERWISE)
        if words - OTHERWISE - CONDITIONALS - {"and"} or wrong:
            raise Refused(r"a case reads & \text{if } i = c, or & \text{if } i = c \text{ and } x > 0, or & \text{otherwise}", value.place)
        return value, functools.reduce(both, conditions) if conditions else None

    def argument(self) -> Node:
        """Read `{...}`, or what TeX takes in its place: one symbol without scripts."""
        token = self.peek()
        kind, text, place = token.kind, token.text, token.start
        if not self.next_is("{", "font", "letter", "word", "number", "dots", "mark"):
            self.fail()
        self.take()
        if kind == "{":
            return self.inner(token.inside).whole()
        if kind == "font":
            return self.styled(text, self.argument(), place)
        if kind == "number" and len(text) > 1:
            raise Refused(f"TeX takes a single digit of {text} here: put braces round the numbers", place)
        if kind in ("letter", "word"):
            while self.skip("'"):
                text += "'"
            return Node("name", (text.lstrip("\\"),), place)
        return Node(kind, (text,), place)

    def styled(self, font: str, inner: Node, place: int) -> Node:
        """Return a symbol in a font or with an accent. All of these except bold make a different name."""
        indicator = inner == ONE or (font, inner) == (r"\mathbb", Node("name", ("I",)))
        if indicator and self.next_is("(", "[", r"\{") and any(token.kind == "relation" for token in self.peek().inside):
            return self.inner(self.take().inside).chain()
        if font == r"\mathbb" and inner == ONE:
            (condition,) = self.script() if self.skip("_") else (self.atom(),)
            if condition.kind != "chain":
                raise Refused(r"\mathbb 1 needs a condition: \mathbb 1[i = c]", place)
            return condition
        if font in (r"\mathbf", r"\mathbb"):
            bold = inner == E or inner.kind == "number"
            return Node("vector" if bold else inner.kind, inner.args, place)
        if inner.kind != "name":
            raise Refused("only a letter takes an accent", place)
        return Node("name", (f"{font[1:]} {inner.args[0]}",), place)

    def script(self) -> tuple[Node, ...]:
        """Read a subscript: indices, conditions or labels, separated by commas."""
        if self.next_is("{"):
            group = self.take()
            if len(group.inside) == 2 and group.inside[0].kind == "(":
                raise Refused(f"an index in brackets is a place in a sorted list, and these are not evaluated; {NO_CLAIM[3:]}", group.start)
            return self.items(group)
        if self.next_is(*LABELS):
            return (self.inner([self.take(), self.tokens[-1]]).chain(),)
        return (self.argument(),)

    def scripts(self) -> tuple[tuple[Node, ...], Node | None]:
        """Read the subscript, a tuple, and the superscript: TeX shows both orders alike."""
        lower = self.script() if self.skip("_") else ()
        upper = self.argument() if self.skip("^") else None
        return lower or (self.script() if self.skip("_") else ()), upper

    def scripted(self, node: Node) -> Node:
        """Apply the scripts that follow."""
        if node.kind == "name" and node != E and self.next_is("^") and is_index(self.tokens[self.at + 1]):
            raise Refused(r"this reads as an index, and would be a power: write the index below, as in x_n", self.peek().start)
        lower, upper = self.scripts()
        if node == E and upper and not lower:
            return Node("call", ("exp", (upper,)), node.place)
        node = self.indexed(node, lower)
        if upper in TOP:
            return Node("transpose", (node,), node.place)
        return Node("power", (node, upper), node.place) if upper else node

    @staticmethod
    def indexed(node: Node, lower: tuple[Node, ...]) -> Node:
        indices = tuple(index for part in lower for index in capitals(split_index(part)))
        if node.kind == "name":
            labels = "".join("_" + part.args[0] for part in indices if part.kind == "label")
            node = Node("name", (node.args[0] + labels,), node.place)
            indices = tuple(part for part in indices if part.kind != "label")
        if node == UNIT and len(indices) != 1:
            raise Refused(r"the unit vector \mathbf e needs one index: \mathbf e_i", node.place)
        if not indices:
            return node
        if node.kind == "call" and node.args[0] == "norm":
            which = " ".join(str(part.args[0]) for part in indices)
            return Node("call", (f"norm {which}", node.args[1]), node.place)
        if node.kind == "vector" and [part.kind for part in indices] == ["chain"]:  # \mathbf 1_{i = c}
            return indices[0]
        if node.kind == "vector":
            return Node("vector", (*node.args, *indices), node.place)
        return Node("entry", (node, *indices), node.place)


def both(one: Node, other: Node) -> Node:
    """Return the condition that two conditions hold: as numbers, their product is 1."""
    return Node("chain", ((Node("product", ("", one, other), one.place), ONE), ("=",)), one.place)


def split_index(part: Node) -> list[Node]:
    """`ij` in a subscript is two indices, not a product, and so is `12`."""
    if part.kind == "number" and re.fullmatch("[1-9][1-9]", part.args[0]):
        return [Node("number", (digit,), part.place) for digit in part.args[0]]
    if part.kind == "product" and part.args[0] == "":
        return split_index(part.args[1]) + split_index(part.args[2])
    return [part]


def capitals(parts: list[Node]) -> list[Node]:
    """Capitals in a subscript are a label, as in D_{KL}, unless all of them are sizes, as in X_{ND}."""
    names = [part.args[0] for part in parts if part.kind == "name"]
    label = len(names) == len(parts) > 1 and all(name.isupper() for name in names) and not set(names) <= set(SIZES)
    return [Node("label", ("".join(names),), parts[0].place)] if label else parts


def with_dots(operator: str, terms: list[Node]) -> list[Node]:
    """Return terms or factors in which a run with dots, as in 1 - s_1 - ... - s_k, is a sum or product over a letter."""
    for place, term in enumerate(terms[:-1]):
        if term == DOTS or term == Node("negative", (DOTS,)):
            last, refused = terms[place + 1], None
            if operator == "sum" and (term.kind == "negative") != (last.kind == "negative"):
                raise Refused("the signs on both sides of the dots differ", term.place)
            for start in range(place):
                try:
                    _, size, entry = pattern([(*terms[start:place], DOTS, last)])
                except Refused as error:
                    refused = error
                    continue
                series = Node("big", (operator, ("column",), (), size, entry), terms[start].place)
                return [*terms[:start], series, *with_dots(operator, terms[place + 2 :])]
            raise refused or Refused("dots follow the first of what they stand for, as in s_1 + \\cdots + s_k", term.place)
    return terms


def is_index(token: Token) -> bool:
    """Tell whether a script is a number in brackets, as in `x^{(n)}`."""
    inner = token.inside[0] if token.kind == "{" and len(token.inside) == 2 else token
    return inner.kind in ("(", "[") and all(each.kind in ("letter", "number", "+", "-") for each in inner.inside[:-1])


def is_differential(tokens: list[Token]) -> bool:
    """Tell whether tokens begin with `\\partial` or a d that has no index."""
    return len(tokens) > 1 and tokens[0].text in (r"\partial", "d") and tokens[1].kind != "_"


def derived(expression: Node, variables: list[Node], place: int) -> Node:
    for variable in reversed(variables):
        expression = Node("derivative", (expression, variable, "row"), place)
    return expression


OPERATORS: dict[str, Callable[[Parser, Token], Node]] = {
    "function": Parser.function, "big": Parser.big, r"\partial": Parser.partial, r"\nabla": Parser.nabla,
    r"\frac": Parser.fraction, r"\underbrace": Parser.labelled,
}

"""Formulas as trees, read from left to right by recursive descent.

    chain   = sum (relation sum)*
    sum     = [sign] product (sign product)*
    product = factor ([\\cdot | \\odot | /] factor)*
    factor  = operator with all that it reaches over | atom with its scripts

LaTeX does not say how far an operator reaches. Here a sum, a product sign and a derivation
reach to the next + or -. A function reaches over one factor, and when more follows it is
refused, because readers would differ.
"""

import re
from dataclasses import dataclass

from machinery.equations.atoms import CONDITIONALS, FUNCTIONS, Atoms
from machinery.equations.nodes import ONE, Node, split
from machinery.equations.tokens import OPENING, Refused

SEPARATORS = ("nothing", "row", "gap", "text", ",")
OPERATORS = {
    r"\sum": "big", r"\prod": "big", r"\partial": "partial", r"\nabla": "nabla", r"\frac": "fraction",
    r"\dfrac": "fraction", r"\tfrac": "fraction", r"\underbrace": "labelled", r"\overbrace": "labelled",
    r"\boxed": "labelled", **dict.fromkeys(FUNCTIONS, "function"),
}  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """A chain such as `a = b < c`, or a formula alone. `continues` if it begins with the relation."""

    sides: tuple
    signs: tuple
    places: tuple  # of the relations, offsets in the formula
    spans: tuple  # of the sides, (start, end)
    continues: bool
    aside: bool  # in brackets, or behind a word such as "if"
    for_all: bool  # not in a row that an environment arranges: a condition here is for all rows above
    row: tuple  # (start, end) of the row that it stands in

    @property
    def chain(self):
        return Node("chain", (self.sides, self.signs))


def read(tex, functions):
    """Return the statements of a formula. A name in functions (None: any) is a call if brackets follow."""
    parser, statements = Parser(tex, functions), []
    row = parser.row()
    while not parser.next_is("nothing"):
        words = parser.gap()
        if parser.skip("row"):
            row = parser.row()
        elif not parser.next_is("nothing"):
            statements.append(parser.statement(row, words in CONDITIONALS))
    return statements


class Parser(Atoms):
    def row(self):
        """Return the start and the end of the row that begins here."""
        *_, last = self.peek(), *self.level(self.at)
        return self.peek().start, (self.tokens[last.partner] if last.partner else last).end

    def gap(self):
        """Pass over what separates statements; return the last words in it."""
        words = ""
        while self.next_is("gap", "text", ","):
            token = self.take()
            words = token.text if token.kind == "text" else words
            if token.kind == "text" and (words == "or" or re.search(r"[=<>$\\]", words)):
                message = "words here explain, claims are written as formulas"
                raise Refused(f"can't use the words {words!r}: {message}", token.start)
            if token.kind == "text" and self.next_is("(", "[", "_", "^") and self.peek().start == token.end:
                message = rf"a function is written \operatorname{{{words}}}"
                raise Refused(f"this reads as words: {message}", token.start)
        return words

    def statement(self, row, conditional):
        """Read a chain; brackets round a whole chain, as in `(i = c)`, make it a condition."""
        bracketed = self.next_is("(") and self.tokens[self.peek().partner + 1].kind in SEPARATORS
        bracketed = bracketed and any(token.kind == "relation" for token in self.level(self.at + 1))
        start = self.take().start if bracketed else self.peek().start
        continues = self.next_is("relation")
        parts = self.relations(continues)
        if bracketed:
            self.expect(")")
        if not self.next_is(*SEPARATORS):
            self.fail()
        return Statement(*parts, continues, conditional or bracketed, start >= self.layout_end, row)

    def relations(self, continues=False):
        sides, signs, places, spans = [], [], [], []
        while self.next_is("relation") or not sides:
            if sides or continues:
                places.append(self.peek().start)
                signs.append(self.take().text)
            first = self.peek().start
            sides.append(self.sum())
            spans.append((first, self.tokens[self.at - 1].end))
        return tuple(sides), tuple(signs), tuple(places), tuple(spans)

    def chain(self):
        """Read `a` as its node, `a = b` as a chain."""
        place, (sides, signs, *_) = self.peek().start, self.relations()
        return Node("chain", (sides, signs), place) if signs else sides[0]

    def sum(self):
        place, terms, sign = self.peek().start, [], self.skip("-") or self.skip("+")
        while sign or not terms:
            start, term = self.peek().start, self.product()
            terms.append(Node("negative", (term,), start) if sign and sign.kind == "-" else term)
            sign = self.skip("-") or self.skip("+")
        return terms[0] if len(terms) == 1 else Node("sum", tuple(terms), place)

    def product(self):
        result = self.factor()
        while not self.at_end():
            operator = self.skip("operator")
            operator = operator.text.lstrip("\\") if operator else ""
            factor = self.factor()
            if operator == "/" and not self.at_end():
                raise Refused(r"can't tell what is divided here: use \frac or brackets", self.peek().start)
            if not operator and result.kind == factor.kind == "number":
                raise Refused("two numbers side by side: a sign is missing between them", factor.place)
            if factor.kind == "tuple" and result.kind == "name":
                message = f"define it with its arguments, {result.args[0]}(x) := ..."
                raise Refused(f"{result.args[0]} is no function on this page: {message}", result.place)
            kind, args = ("quotient", ()) if operator == "/" else ("product", (operator,))
            result = Node(kind, (*args, result, factor), result.place)
        return result

    def factor(self):
        token = self.peek()
        if token.kind in OPERATORS:
            return getattr(self, OPERATORS[token.kind])(self.take())
        if token.kind == "word" and token.text == "d":
            self.take()
            return Node("differential", (self.factor(),), token.start)
        node = self.scripted(self.atom())
        is_function = node.kind == "name" and (self.functions is None or node.args[0] in self.functions)
        if is_function and self.next_is("(", "["):
            arguments = self.items(OPENING[self.take().kind])
            return self.scripted(Node("call", (node.args[0], arguments), node.place))
        return node

    def function(self, token):
        name = FUNCTIONS[token.kind]
        lower = self.script() if name in ("max", "min") and self.skip("_") else None
        closing, argument = self.peek().partner, self.factor()
        if self.at - 1 != closing and not self.at_end():
            message = f"can't tell how far \\{name} reaches: put its argument in brackets"
            raise Refused(message, self.peek().start)
        if lower:
            return self.over(token, name, lower, (), argument)
        if name in ("max", "min"):
            parts = argument.args if argument.kind == "tuple" else (argument,)
            return Node("extreme", (name, parts), token.start)
        return Node("function", (name, argument), token.start)

    def big(self, token):
        return self.over(token, token.kind.lstrip("\\"), *self.scripts(), self.product())

    def over(self, token, name, lower, upper, body):
        """A sum, product or maximum over letters, with the conditions on them."""
        letters, conditions, start = [], [], None
        for part in lower:
            sides, signs = part.args if part.kind == "chain" else ((part,), ())
            letters += split(sides[0])
            if signs == ("=",):
                start = sides[1]
            elif signs:
                conditions.append(part)
                if signs == ("<",) and not upper and sides[1] != Node("name", ("c",)):
                    letters += split(sides[1])
        bounded = start == ONE and upper or start is None and not upper
        if not letters or any(letter.kind != "name" for letter in letters) or not bounded:
            raise Refused(f"write \\{name}_j or \\{name}_{{j=1}}^{{k}}", token.start)
        letters = tuple(letter.args[0] for letter in letters)
        return Node("big", (name, letters, tuple(conditions), upper[0] if upper else None, body), token.start)

    def fraction(self, token):
        below = (self.peek().partner or self.at) + 1
        if self.is_differential(self.at) and self.is_differential(below):
            return self.derivative(token)
        return self.scripted(Node("quotient", (self.argument(), self.argument()), token.start))

    def is_differential(self, place):
        """Tell whether a part of a fraction begins with \\partial or d."""
        place += self.tokens[place].kind == "{"
        token = self.tokens[place]
        begins = token.kind == r"\partial" or token.kind in ("word", "letter") and token.text == "d"
        return begins and self.tokens[place + 1].kind != "_"

    def derivative(self, token):
        """Read what follows a `\\frac` that stands for a derivative, of any order."""
        order, expression, variables = (ONE,), None, []
        if self.skip("{"):
            self.take()
            order = self.script() if self.skip("^") else order
            expression = None if self.next_is("}") else self.product()
            self.expect("}")
        else:
            self.take()
        self.expect("{")
        while not self.skip("}"):
            if not self.is_differential(self.at):
                self.fail()
            self.take()
            variable, times = self.factor(), 1
            if variable.kind == "power" and str(variable.args[1].args[0]).isdigit():
                variable, times = variable.args[0], int(variable.args[1].args[0])
            variables += [variable.args[0] if variable.kind == "transpose" else variable] * times
        if order != (Node("number", (str(len(variables)),)),):
            message = f"by {len(variables)} variable(s), but of another order"
            raise Refused(f"this derivative is {message}", token.start)
        return derived(expression or self.product(), variables, token.start)

    def partial(self, token):
        if not self.skip("_"):
            message = r"\partial_{z_i} or \frac{\partial}{\partial z_i}"
            raise Refused(rf"\partial needs a variable: {message}", token.start)
        variables = [letter for part in self.script() for letter in split(part)]
        return derived(self.product(), variables, token.start)

    def nabla(self, token):
        lower, upper = self.scripts()
        variable = lower[0] if lower else Node("name", ("z",), token.start)
        if upper == (Node("number", ("2",)),):
            return derived(self.factor(), [variable] * 2, token.start)
        if upper:
            raise Refused(r"only \nabla and \nabla^2 are read", token.start)
        return Node("gradient", (self.factor(), variable), token.start)

    def labelled(self, token):
        node = self.argument()
        if any(part.kind != "label" for script in self.scripts() for part in script):
            message = r"under a brace stand words in \text{}: write an equality as a row of its own"
            raise Refused(message, token.start)
        return node


def derived(expression, variables, place):
    for variable in reversed(variables):
        expression = Node("derivative", (expression, variable), place)
    return expression

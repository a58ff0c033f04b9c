"""Formulas as trees, read from left to right by recursive descent.

    chain   = sum (relation sum)*
    sum     = [sign] product (sign product)*
    product = factor ([\\cdot | \\odot | /] factor)*
    factor  = operator with all that it reaches over | atom with its scripts

LaTeX does not say how far an operator reaches. Here a sum, a product sign and a derivation
reach to the next + or -. A function reaches over one factor, and when more follows it is
refused, because readers would differ.
"""

from dataclasses import dataclass

from machinery.equations.atoms import CONDITIONALS, Atoms, split_index
from machinery.equations.nodes import ONE, Node
from machinery.equations.tokens import Refused, split, tokenize

OPERATORS = {"function": "function", "big": "big", r"\partial": "partial", r"\nabla": "nabla",
             r"\frac": "fraction", r"\underbrace": "labelled"}  # fmt: skip
Z = Node("name", ("z",))


@dataclass(frozen=True)
class Statement:
    """A chain such as `a = b < c`, or a formula alone. `continues` if it begins with the relation."""

    sides: tuple
    signs: tuple
    places: tuple  # of the relations, offsets in the formula
    texts: tuple  # of the sides, as written
    continues: bool
    aside: bool  # in brackets, or behind a word such as "if"
    row: int  # the number of the row that it stands in

    @property
    def chain(self):
        return Node("chain", (self.sides, self.signs), self.sides[0].place)


def read(tex, factors):
    """Return the statements of a formula. A name is a call if brackets follow, unless it is in `factors`."""
    statements = []
    for number, row in enumerate(split(tokenize(tex), "row")):
        words = row[-1]  # in front of the next part
        for part in split(row, "gap", "text", ","):
            if words.kind == "text" and part[0].start == words.end and part[0].kind in ("(", "["):
                hint = rf"a function is written \operatorname{{{words.text}}}"
                raise Refused(f"this reads as words: {hint}", words.start)
            if len(part) > 1:
                parser = Parser(tex, factors, part)
                statements.append(statement(parser, words.text in CONDITIONALS, number))
            if len(part) > 1 or part[-1].kind == "text":
                words = part[-1]
    return statements


def statement(parser, aside, row):
    """Read a chain; brackets round a whole chain, as in `(i = c)`, make it a condition."""
    first, *others = tokens = parser.tokens
    if first.kind == "(" and len(others) == 1 and any(token.kind == "relation" for token in first.inside):
        tokens, aside = first.inside, True
    parts = split(tokens, "relation")
    continues = len(parts[0]) == 1 and len(parts) > 1
    relations = [part[-1] for part in parts[:-1]]
    parts = parts[continues:]
    return Statement(
        tuple(parser.inner(part).whole() for part in parts),
        tuple(token.text for token in relations),
        tuple(token.start for token in relations),
        tuple(" ".join(parser.tex[part[0].start : part[-2].end].split()) for part in parts),
        continues, aside, row,
    )  # fmt: skip


class Parser(Atoms):
    def sum(self):
        place, terms, sign = self.peek().start, [], self.skip("-", "+")
        while sign or not terms:
            start, term = self.peek().start, self.product()
            terms.append(Node("negative", (term,), start) if sign and sign.kind == "-" else term)
            sign = self.skip("-", "+")
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
            if factor.kind == "numbers" and result.kind == "name":
                hint = f"define it with its arguments, {result.args[0]}(x) := ..."
                raise Refused(f"{result.args[0]} is no function on this page: {hint}", result.place)
            kind, args = ("quotient", ()) if operator == "/" else ("product", (operator,))
            result = Node(kind, (*args, result, factor), result.place)
        return result

    def factor(self):
        token = self.peek()
        if self.next_is(*OPERATORS):
            return getattr(self, OPERATORS[token.kind])(self.take())
        if token.text == "d" and self.skip("word"):
            return Node("differential", (self.factor(),), token.start)
        node = self.scripted(self.atom())
        defined = self.tokens[-1].text == ":="
        if node.kind == "name" and self.next_is("(", "[") and (defined or node.args[0] not in self.factors):
            return self.scripted(Node("call", (node.args[0], self.items(self.take())), node.place))
        return node

    def function(self, token):
        name = token.text.lstrip("\\")
        lower = self.script() if name in ("max", "min") and self.skip("_") else None
        in_brackets, place = self.next_is("("), self.at + 1
        argument = self.factor()
        if not (in_brackets and self.at == place) and not self.at_end():
            place = self.peek().start
            raise Refused(f"can't tell how far \\{name} reaches: put its argument in brackets", place)
        if lower:
            return self.over(token, name, lower, None, argument)
        arguments = argument.args if argument.kind == "numbers" else (argument,)
        return Node("call", (name, arguments), token.start)

    def big(self, token):
        lower, upper = self.scripts()
        return self.over(token, token.text.lstrip("\\"), lower, upper, self.product())

    def over(self, token, name, lower, upper, body):
        """A sum, product or maximum over letters, with the conditions on them."""
        chains = [part for part in lower if part.kind == "chain"]
        starts = [chain.args[0][1] for chain in chains if chain.args[1] == ("=",)]
        conditions = tuple(chain for chain in chains if chain.args[1] != ("=",))
        letters = [part.args[0][0] if part in chains else part for part in lower]
        letters = tuple(letter for part in letters for letter in split_index(part))
        plain = letters and all(letter.kind == "name" for letter in letters)
        if not plain or starts != ([ONE] if upper else []):
            raise Refused(f"write \\{name}_j or \\{name}_{{j=1}}^{{k}}", token.start)
        letters = tuple(letter.args[0] for letter in letters)
        return Node("big", (name, letters, conditions, upper, body), token.start)

    def fraction(self, token):
        if all(is_differential(part.inside) for part in self.tokens[self.at : self.at + 2]):
            above, below = self.inner(self.take().inside), self.inner(self.take().inside)
            return self.derivative(above, below, token.start)
        return self.scripted(Node("quotient", (self.argument(), self.argument()), token.start))

    def derivative(self, above, below, place):
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

    def partial(self, token):
        if not self.skip("_"):
            self.fail()
        variables = [letter for part in self.script() for letter in split_index(part)]
        return derived(self.product(), variables, token.start)

    def nabla(self, token):
        lower, upper = self.scripts()
        variable = lower[0] if lower else Z
        if upper == Node("number", ("2",)):
            return derived(self.factor(), [variable] * 2, token.start)
        if upper:
            self.fail()
        return Node("derivative", (self.factor(), variable, "column"), token.start)

    def labelled(self, token):
        node = self.argument()
        if self.skip("_", "^") and any(part.kind != "label" for part in self.script()):
            hint = "write an equality as a row of its own"
            raise Refused(rf"under a brace stand words in \text{{}}: {hint}", token.start)
        return node


def is_differential(tokens):
    """Tell whether tokens begin with `\\partial` or a d that has no index."""
    return len(tokens) > 1 and tokens[0].text in (r"\partial", "d") and tokens[1].kind != "_"


def derived(expression, variables, place):
    for variable in reversed(variables):
        expression = Node("derivative", (expression, variable, "row"), place)
    return expression

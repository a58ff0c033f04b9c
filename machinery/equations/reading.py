"""Formulas as trees, read from left to right by recursive descent.

    chain   = sum (relation sum)*          factor = name scripts | number | bracket | fraction | \\sum ... | ...
    sum     = [sign] product (sign product)*
    product = factor ([\\cdot | \\odot | /] factor)*

LaTeX does not say how far a sum or a logarithm reaches. Here a sum, a product sign and a
derivation reach to the next + or -. A function reaches over one factor, and when more
follows it is refused, because readers would differ.
"""

import re
from dataclasses import dataclass, field

from machinery.equations.tokens import OPENING, Refused, tokenize

FUNCTIONS = {r"\log": "log", r"\ln": "log", r"\exp": "exp", r"\tanh": "tanh", r"\max": "max", r"\min": "min"}
CONDITIONALS = {"if", "for", "for all", "for every", "for any", "where", "with", "when"}
SEPARATORS = ("nothing", "row", "gap", "text", ",")
PREFIXES = {
    r"\sum": "big", r"\prod": "big", r"\partial": "partial", r"\nabla": "nabla",
    r"\frac": "fraction", r"\dfrac": "fraction", r"\tfrac": "fraction",
    r"\underbrace": "labelled", r"\overbrace": "labelled", r"\boxed": "labelled",
}  # fmt: skip
ENDS = {"nothing", "row", "relation", "gap", "text", "+", "-", ",", "&", ")", "]", "}", r"\}", "end", r"\rangle"}
MATRICES = {"matrix", "pmatrix", "bmatrix", "smallmatrix", "psmallmatrix", "bsmallmatrix"}


@dataclass(frozen=True)
class Node:
    """A formula or a part of it. Equal formulas are equal wherever they stand."""

    kind: str
    args: tuple = ()
    place: int = field(default=0, compare=False)

    def walk(self):
        yield self
        stack = list(self.args)
        while stack:
            child = stack.pop()
            if isinstance(child, Node):
                yield from child.walk()
            elif isinstance(child, tuple):
                stack.extend(child)


ONE = Node("number", ("1",))


@dataclass(frozen=True)
class Statement:
    """A chain such as `a = b < c`, or a formula alone. `continues` if it begins with the relation."""

    sides: tuple
    signs: tuple
    places: tuple  # of the relations, offsets in the formula
    spans: tuple  # of the sides, (start, end)
    continues: bool
    row: tuple  # (start, end) of the row that it stands in
    is_condition: bool  # in brackets, or behind a word such as "if"
    last: bool  # behind the rows that an environment arranges: it is for all of them


def read(tex, functions):
    """Return the statements of a formula. A name in functions (None: any) is a call if brackets follow."""
    parser, statements = Parser(tex, functions), []
    while not parser.next_is("nothing"):
        first, found = parser.at, []
        while not parser.next_is("row", "nothing"):
            words = parser.gap()
            if not parser.next_is("row", "nothing"):
                found.append((words, *parser.statement()))
        row = (parser.tokens[first].start, parser.tokens[max(parser.at - 1, first)].end)
        for words, sides, signs, places, spans, continues, bracketed in found:
            last = spans[0][0] >= parser.layout_end > 0
            statements.append(Statement(sides, signs, places, spans, continues, row, words in CONDITIONALS or bracketed, last))
        parser.skip("row")
    return statements


class Parser:
    def __init__(self, tex, functions):
        self.tex, self.functions = tex, functions
        self.tokens, self.layout_end = tokenize(tex)
        self.at, self.bars = 0, []  # the bars that are open in the innermost bracket

    # Tokens

    def peek(self, ahead=0):
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def next_is(self, *kinds):
        return self.peek().kind in kinds

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def skip(self, kind):
        return self.next_is(kind) and self.take()

    def expect(self, kind):
        if not self.next_is(kind):
            self.fail()
        return self.take()

    def fail(self):
        token = self.peek()
        before = f", behind {self.tokens[self.at - 1].text!r}" if self.at else ""
        if token.kind == "nothing":
            raise Refused(f"the formula ends too early{before}: something is missing", token.start)
        shown = self.tex[token.start : token.end]
        raise Refused(f"can't read {shown!r} here{before}", token.start)

    def level(self, place):
        """Yield the tokens from a place to the end of its bracket, without what inner brackets hold."""
        while self.tokens[place].kind not in ("nothing", "row", "&", ")", "]", "}", r"\}", "end"):
            yield self.tokens[place]
            place = (self.tokens[place].partner or place) + 1

    def closes_bar(self):
        """Tell whether a bar is a closing one, or divides, as in KL(p || q): it has no partner then."""
        kind = self.peek().kind
        return self.bars[-1:] == [kind] or all(token.kind != kind for token in self.level(self.at + 1))

    def at_end(self):
        return self.next_is(*ENDS) or self.next_is("|", "‖") and self.closes_bar()

    # Statements

    def gap(self):
        """Pass over what separates statements; return the last words in it."""
        words = ""
        while self.next_is("gap", "text", ","):
            token = self.take()
            if token.kind != "text":
                continue
            words = token.text
            if words == "or" or re.search(r"[=<>$\\]", words):
                raise Refused(f"can't use the words {words!r}: words here explain, claims are written as formulas", token.start)
            if self.next_is("(", "[", "_", "^") and self.peek().start == token.end:
                raise Refused(rf"this reads as words: a function is written \operatorname{{{words}}}", token.start)
        return words

    def statement(self):
        """Read a chain; brackets round a whole chain, as in `(i = c)`, make it a condition."""
        bracketed = self.next_is("(") and self.tokens[self.peek().partner + 1].kind in SEPARATORS
        bracketed = bracketed and any(token.kind == "relation" for token in self.level(self.at + 1))
        if bracketed:
            self.take()
        continues, sides, signs, places, spans = self.next_is("relation"), [], [], [], []
        while self.next_is("relation") or not sides:
            if sides or continues:
                places.append(self.peek().start)
                signs.append(self.expect("relation").text)
            first = self.peek().start
            sides.append(self.sum())
            spans.append((first, self.tokens[self.at - 1].end))
        if bracketed:
            self.expect(")")
        if not self.next_is(*SEPARATORS):
            self.fail()
        return tuple(sides), tuple(signs), tuple(places), tuple(spans), continues, bracketed

    def chain(self):
        """Read `a` as its node, `a = b` as a chain."""
        place, sides, signs = self.peek().start, [self.sum()], []
        while self.next_is("relation"):
            signs.append(self.take().text)
            sides.append(self.sum())
        return Node("chain", (tuple(sides), tuple(signs)), place) if signs else sides[0]

    # Sums and products

    def sum(self):
        place, terms, sign = self.peek().start, [], self.skip("-") or self.skip("+")
        while True:
            start = self.peek().start
            term = self.product()
            terms.append(Node("negative", (term,), start) if sign and sign.kind == "-" else term)
            sign = self.skip("-") or self.skip("+")
            if not sign:
                return terms[0] if len(terms) == 1 else Node("sum", tuple(terms), place)

    def product(self):
        if self.next_is("operator"):
            raise Refused("a factor is missing beside this sign", self.peek().start)
        result = self.factor()
        while not self.at_end():
            token = self.peek()
            operator = self.take().text.lstrip("\\") if token.kind == "operator" else ""
            if operator and (self.at_end() or self.next_is("operator")):
                raise Refused("a factor is missing beside this sign", token.start)
            factor = self.factor()
            if operator == "/":
                result = Node("quotient", (result, factor), result.place)
                if not self.at_end():
                    raise Refused(r"can't tell what is divided here: use \frac or brackets", self.peek().start)
                return result
            if not operator and result.kind == factor.kind == "number":
                raise Refused("two numbers side by side: a sign is missing between them", factor.place)
            if factor.kind == "tuple" and result.kind == "name":
                raise Refused(f"{result.args[0]} is no function on this page: define it with its arguments, {result.args[0]}(x) := ...", result.place)
            result = Node("product", (operator, result, factor), result.place)
        return result

    def factor(self):
        """Read one factor, or an operator with all that it reaches over."""
        token = self.peek()
        if token.kind in PREFIXES:
            return getattr(self, PREFIXES[token.kind])(self.take())
        if token.kind in FUNCTIONS:
            return self.function(self.take())
        if token.kind == "word" and token.text == "d":
            self.take()
            return Node("differential", (self.factor(),), token.start)
        node = self.scripted(self.atom())
        is_function = node.kind == "name" and (self.functions is None or node.args[0] in self.functions)
        if is_function and self.next_is("(", "["):
            bracket = self.take()
            arguments = self.items(OPENING[bracket.kind])
            node = self.scripted(Node("call", (node.args[0], arguments), node.place))
        return node

    def rest(self, token):
        if self.at_end():
            raise Refused("nothing follows for this to act on", token.start)
        return self.product()

    def function(self, token):
        name = FUNCTIONS[token.kind]
        lower, upper = self.scripts()
        if upper is not None:
            raise Refused(f"write the power behind the brackets: (\\{name} x)^2", token.start)
        if lower is not None and name not in ("max", "min"):
            raise Refused(f"\\{name} with a subscript is not read: the natural logarithm is \\log", token.start)
        if self.at_end():
            raise Refused("nothing follows for this to act on", token.start)
        partner = self.peek().partner if self.next_is("(", "[") else None
        argument = self.factor()
        if self.at - 1 != partner and not self.at_end():
            raise Refused(f"can't tell how far \\{name} reaches: put its argument in brackets", self.peek().start)
        if lower is not None:
            return self.over(token, name, lower, None, argument)
        if name in ("max", "min"):
            return Node("extreme", (name, argument.args if argument.kind == "tuple" else (argument,)), token.start)
        return Node("function", (name, argument), token.start)

    def big(self, token):
        lower, upper = self.scripts()
        return self.over(token, token.kind.lstrip("\\"), lower, upper, self.rest(token))

    def over(self, token, name, lower, upper, body):
        """A sum, product or maximum over letters, with the conditions on them."""
        letters, conditions, start = [], [], None
        for part in lower or ():
            sides, signs = part.args if part.kind == "chain" else ((part,), ())
            letters += split(sides[0])
            if signs == ("=",):
                start = sides[1]
            elif signs:
                conditions.append(part)
                if signs == ("<",) and upper is None and sides[1] != Node("name", ("c",)):
                    letters += split(sides[1])
        if not letters or any(letter.kind != "name" for letter in letters):
            raise Refused(f"\\{name} needs a letter as its index: \\{name}_j", token.start)
        if (start is None) != (upper is None) or start not in (None, ONE):
            raise Refused(f"write \\{name}_j or \\{name}_{{j=1}}^{{k}}", token.start)
        letters = tuple(letter.args[0] for letter in letters)
        return Node("big", (name, letters, tuple(conditions), upper and upper[0], body), token.start)

    def fraction(self, token):
        above = self.at
        below = (self.peek().partner or self.at) + 1
        if self.is_differential(above) and self.is_differential(below):
            return self.derivative(token)
        return self.scripted(Node("quotient", (self.argument(), self.argument()), token.start))

    def is_differential(self, place):
        """Tell whether a part of a fraction begins with \\partial or d."""
        place += self.tokens[place].kind == "{"
        token, following = self.tokens[place], self.tokens[place + 1].kind
        return following != "_" and (token.kind == r"\partial" or token.kind in ("word", "letter") and token.text == "d")

    def derivative(self, token):
        """Read what follows a `\\frac` that stands for a derivative, of any order."""
        braced, order, expression, variables = self.skip("{"), 1, None, []
        self.take()
        if braced:
            order = int(self.script()[0].args[0]) if self.skip("^") else 1
            expression = None if self.next_is("}") else self.product()
            self.expect("}")
        self.expect("{")
        while not self.skip("}"):
            if not self.is_differential(self.at):
                self.fail()
            self.take()
            variable, times = self.factor(), 1
            if variable.kind == "power" and variable.args[1].kind == "number":
                variable, times = variable.args[0], int(variable.args[1].args[0])
            variables += [variable.args[0] if variable.kind == "transpose" else variable] * times
        if order != len(variables):
            raise Refused(f"a derivative of order {order} by {len(variables)} variables", token.start)
        return self.derived(expression or self.rest(token), variables, token.start)

    def derived(self, expression, variables, place):
        for variable in reversed(variables):
            expression = Node("derivative", (expression, variable), place)
        return expression

    def partial(self, token):
        lower, _ = self.scripts()
        if lower is None:
            raise Refused(r"\partial needs a variable: \partial_{z_i} or \frac{\partial}{\partial z_i}", token.start)
        return self.derived(self.rest(token), [letter for part in lower for letter in split(part)], token.start)

    def nabla(self, token):
        lower, upper = self.scripts()
        variable = lower[0] if lower else Node("name", ("z",), token.start)
        if upper not in (None, (Node("number", ("2",)),)):
            raise Refused(r"only \nabla and \nabla^2 are read", token.start)
        if self.at_end():
            raise Refused("nothing follows for this to act on", token.start)
        expression = self.factor()
        return self.derived(expression, [variable] * 2, token.start) if upper else Node("gradient", (expression, variable), token.start)

    # Atoms

    def atom(self):
        token = self.peek()
        kind, place = token.kind, token.start
        if kind in ("(", "[", r"\{"):
            self.take()
            content = self.items(OPENING[kind])
            if kind != "(" and len(content) == 1 and content[0].kind == "chain":
                return Node("indicator", content, place)
            if any(part.kind in ("chain", "label") for part in content):
                raise Refused("a relation can't stand in brackets here", place)
            return content[0] if len(content) == 1 else Node("tuple", content, place)
        if kind == "{":
            return self.argument()
        if kind in ("|", "‖"):
            self.bars.append(self.take().kind)
            inside = self.sum()
            self.expect(self.bars.pop())
            return Node("absolute", (inside,), place) if kind == "|" else Node("norm", (inside, "2"), place)
        if kind == r"\langle":
            self.take()
            left, _, right = self.sum(), self.expect(","), self.sum()
            self.expect(r"\rangle")
            return Node("product", ("cdot", left, right), place)
        if kind == r"\sqrt":
            self.take()
            return Node("function", ("root", self.argument()), place)
        if kind == "begin" and token.text in MATRICES:
            return self.matrix(self.take())
        if kind == "begin" and token.text == "cases":
            return self.cases(self.take())
        return self.symbol()

    def symbol(self):
        """Read what TeX takes as one symbol, without scripts."""
        token = self.take()
        kind, text, place = token.kind, token.text.lstrip("\\"), token.start
        if kind in ("font", "accent"):
            braced = self.skip("{")
            inner = self.symbol()
            if braced:
                self.expect("}")
            return styled(text, inner, place)
        if kind in ("letter", "word"):
            return Node("name", (text,), place)
        if kind == "number":
            return Node("number", (text,), place)
        if kind == "dots":
            return Node("dots", (), place)
        if kind in (r"\top", r"\intercal", r"\infty"):
            return Node("mark", (text,), place)
        self.at -= 1
        self.fail()

    def argument(self):
        """Read `{...}`, or one symbol, of which TeX takes a single digit."""
        if not self.skip("{"):
            return self.digit() or self.symbol()
        bars, self.bars = self.bars, []
        node = self.sum()
        self.bars = bars
        self.expect("}")
        return node

    def digit(self):
        token = self.peek()
        if token.kind == "number" and len(token.text) > 1:
            raise Refused(f"TeX takes a single digit of {token.text} here: put braces round the numbers", token.start)

    def items(self, closing):
        """Read what stands between brackets: formulas, conditions, labels."""
        bars, self.bars, found = self.bars, [], []
        while True:
            label = self.next_is("text") or closing == "}" and self.next_is("word") and self.peek(1).kind in ("}", ",")
            found.append(Node("label", (self.peek().text,), self.take().start) if label else self.chain())
            if not self.next_is(",", "|", "‖"):
                break
            self.take()
        self.expect(closing)
        self.bars = bars
        return tuple(found)

    def script(self):
        if self.skip("{"):
            return self.items("}")
        if self.next_is("text", "word", *FUNCTIONS):
            return (Node("label", (self.take().text.lstrip("\\"),)),)
        return (self.digit() or self.symbol(),)

    def scripts(self):
        """Read the subscript and the superscript, in either order."""
        found = {"_": None, "^": None}
        while self.next_is("_", "^"):
            token = self.take()
            if found[token.kind] is not None:
                raise Refused("two scripts in one place", token.start)
            found[token.kind] = self.script()
        return found["_"], found["^"]

    def scripted(self, node):
        """Apply the scripts that follow: TeX shows both orders alike."""
        while prime := self.skip("'"):
            if node.kind != "name":
                message = r"a prime behind a bracket is not read: write the derivative as \frac{\partial}{\partial z_i}"
                raise Refused(message, prime.start)
            node = Node("name", (node.args[0] + "'",), node.place)
        lower, upper = self.scripts()
        if node == Node("name", ("e",)) and upper and not lower:
            return Node("function", ("exp", upper[0]), node.place)
        node = self.indexed(node, lower or ())
        if upper is None:
            return node
        if len(upper) != 1:
            raise Refused("can't read this script", upper[0].place)
        if upper[0] in (Node("mark", ("top",)), Node("mark", ("intercal",)), Node("name", ("T",))):
            return Node("transpose", (node,), node.place)
        return Node("power", (node, upper[0]), node.place)

    def indexed(self, node, lower):
        place = node.place
        labels = "".join("_" + part.args[0] for part in lower if part.kind == "label")
        indices = tuple(index for part in lower if part.kind != "label" for index in split(part))
        if labels and node.kind == "name":
            node = Node("name", (node.args[0] + labels,), place)
        if node.kind == "unit":
            if len(indices) != 1:
                raise Refused(r"the unit vector \mathbf e needs one index: \mathbf e_i", place)
            return Node("unit", indices, place)
        if node.kind in ("constant", "indicator") and lower and lower[0].kind in ("chain", "indicator"):
            return Node("indicator", (lower[0].args[0] if lower[0].kind == "indicator" else lower[0],), place)
        if node.kind == "indicator" and not node.args:
            condition = self.atom() if self.next_is("[", r"\{", "(") else None
            if condition is None or condition.kind != "indicator":
                raise Refused(r"\mathbb 1 needs a condition: \mathbb 1[i = c]", place)
            return condition
        if node.kind == "constant":
            return Node("constant", (*node.args, *indices), place)
        if node.kind == "norm" and indices:
            which = str(indices[0].args[0])
            if which not in ("1", "2", "infty", "F"):
                raise Refused(r"norms are read with 1, 2, F, \infty or nothing below", place)
            return Node("norm", (node.args[0], which), place)
        return Node("entry", (node, *indices), place) if indices else node

    def labelled(self, token):
        node = self.argument()
        for part in (script for script in self.scripts() if script):
            if any(item.kind != "label" for item in part):
                raise Refused(r"under a brace stand words in \text{}: write an equality as a row of its own", token.start)
        return node

    def matrix(self, token):
        rows = [[]]
        while not self.next_is("end"):
            rows[-1].append(self.sum())
            if self.skip("row"):
                rows += [[]] if not self.next_is("end") else []
            elif not self.skip("&") and not self.next_is("end"):
                self.fail()
        self.take()
        return Node("matrix", (tuple(map(tuple, rows)),), token.start)

    def cases(self, token):
        branches = []
        while not self.skip("end"):
            value, words = self.sum(), set()
            while self.next_is("&", ",", "gap", "text"):
                if self.take().kind == "text":
                    words.add(self.tokens[self.at - 1].text)
            otherwise = words in ({"otherwise"}, {"else"})
            condition = None if otherwise or self.next_is("row", "end") else self.chain()
            if words - CONDITIONALS and not otherwise or not otherwise and (not condition or condition.kind != "chain"):
                raise Refused(r"a case reads & \text{if } i = c, or & \text{otherwise}", value.place)
            branches.append((value, condition))
            if not self.skip("row") and not self.next_is("end"):
                self.fail()
        return Node("cases", tuple(branches), token.start)


def styled(mark, inner, place):
    """Return a symbol in a font or with an accent. Fonts tell no names apart, but calligraphic and accents do."""
    accents = {"hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde", "widetilde": "tilde", "check": "check"}
    if mark in accents or mark in ("mathcal", "mathscr"):
        if inner.kind != "name":
            raise Refused("only a letter takes an accent", place)
        return Node("name", (f"{accents.get(mark, mark)} {inner.args[0]}",), place)
    if inner == ONE and mark == "mathbb":
        return Node("indicator", (), place)
    if inner.kind == "number" and inner.args[0] in "01":
        return Node("constant", inner.args, place)
    return Node("unit", (), place) if inner == Node("name", ("e",)) else Node(inner.kind, inner.args, place)


def split(part):
    """`ij` in a subscript is two indices, not a product, and so is `12`."""
    if part.kind == "number" and re.fullmatch("[1-9][1-9]", part.args[0]):
        return [Node("number", (digit,), part.place) for digit in part.args[0]]
    if part.kind == "product" and part.args[0] == "":
        return split(part.args[1]) + split(part.args[2])
    return [part]

"""From a flat list of factors to the tree that is evaluated.

LaTeX does not say how far a sum or a logarithm reaches, or whether `S(z)` is a call. The
rules here: a sum, a product and a derivation reach to the next + or -; a function reaches
over one factor, and when more follows it is refused, because readers would differ.
"""

import re
from dataclasses import dataclass, field

from lark import Token, Tree

from machinery.equations.syntax import Refused, parse

RELATIONS = {r"\coloneqq": ":=", r"\le": "≤", r"\leq": "≤", r"\leqslant": "≤", r"\ge": "≥", r"\geq": "≥",
             r"\geqslant": "≥", r"\lt": "<", r"\gt": ">", r"\ne": "≠", r"\neq": "≠", r"\approx": "≈"}  # fmt: skip
CONDITIONALS = {"if", "for", "for all", "for every", "for any", "where", "with", "when"}


@dataclass(frozen=True)
class Node:
    """A formula or a part of it. Equal formulas are equal wherever they stand."""

    kind: str
    args: tuple = ()
    place: int = field(default=0, compare=False)

    def children(self):
        stack = list(self.args)
        while stack:
            child = stack.pop()
            if isinstance(child, Node):
                yield child
            elif isinstance(child, tuple):
                stack.extend(child)

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()


@dataclass(frozen=True)
class Statement:
    """A chain such as `a = b < c`. `continues` if it begins with the relation, as rows below do."""

    sides: tuple
    relations: tuple
    places: tuple  # of the relations, offsets in the formula
    spans: tuple  # of the sides, (start, end)
    continues: bool
    row: tuple  # (start, end) of the row that it stands in
    is_condition: bool = False  # in brackets, or behind a word such as "if"


@dataclass
class Item:
    """A factor whose neighbours decide what it is."""

    kind: str
    place: int
    node: object = None
    lower: object = None
    upper: object = None
    primes: int = 0


def read(tex, functions=frozenset()):
    """Return the statements of a formula. A name in functions, followed by brackets, is a call."""
    statements = []
    for row in parse(tex).children:
        if isinstance(row, Token):
            continue
        words = ""
        for part in row.children:
            if isinstance(part, Token):
                words = _words(part, tex) if part.type == "TEXT" else words
                continue
            span = (row.meta.start_pos, row.meta.end_pos)
            statements.append(_statement(part, span, functions, words in CONDITIONALS))
            words = ""
    return statements


def _words(token, tex):
    words = re.sub(r"^\\\w+\s*\{|\}$", "", token).strip()
    if words == "or" or re.search(r"[=<>$\\]", words):
        raise Refused(f"can't use the words {words!r}: words here explain, claims are written as formulas", token.start_pos)
    if tex[token.end_pos : token.end_pos + 1] in ("(", "[", "_", "^"):
        raise Refused(rf"this reads as words: a function is written \operatorname{{{words}}}", token.start_pos)
    return words


def _check_digits(tree):
    """Refuse `x^10` and `\\frac12`, of which TeX takes the first digit only."""
    token = tree.children[0] if isinstance(tree, Tree) and tree.data == "symbol" else None
    if isinstance(token, Token) and token.type == "NUMBER" and len(token) > 1:
        raise Refused(f"TeX takes a single digit of {token} here: put braces round the numbers", token.start_pos)


def _statement(tree, row, functions, conditional):
    sides = [child for child in tree.children if isinstance(child, Tree)]
    relations = [child for child in tree.children if isinstance(child, Token)]
    signs = tuple(RELATIONS.get(str(token), str(token)) for token in relations)
    continues = tree.children[0] is relations[0] if relations else False
    if ":=" in signs:
        called = re.match(r"^(\w+)$", _leading_name(sides[0]) or "")
        functions = functions | {called[1]} if called else functions
    resolver = Resolver(functions)
    return Statement(
        tuple(resolver.sum(side) for side in sides),
        signs,
        tuple(token.start_pos for token in relations),
        tuple((side.meta.start_pos, side.meta.end_pos) for side in sides),
        continues,
        row,
        conditional or bool(relations) and tree.meta.start_pos < sides[0].meta.start_pos and not continues,
    )


def _leading_name(tree):
    """Return the name in front of a bracket, as in `S(z)_i := ...`."""
    term = tree.children[0]
    if isinstance(term, Tree) and len(term.children) > 1 and isinstance(term.children[0], Tree):
        item = Resolver(frozenset()).item(term.children[0])
        if item.kind == "name" and Resolver(frozenset()).item(term.children[1]).kind == "bracket":
            return item.node.args[0]


class Resolver:
    def __init__(self, functions):
        self.functions = functions

    def sum(self, tree):
        if tree.data == "symbol":
            tree = Tree("sum", [Tree("term", [Tree("factor", [tree], tree.meta)], tree.meta)], tree.meta)
        terms, negative = [], False
        for child in tree.children:
            if isinstance(child, Token):
                negative = child == "-"
            else:
                term = self.product([self.item(part) for part in child.children])
                terms.append(Node("negative", (term,), term.place) if negative else term)
        return terms[0] if len(terms) == 1 else Node("sum", tuple(terms), tree.meta.start_pos)

    def product(self, items):
        """Consume the items and return their product."""
        result, operator = None, ""
        while items:
            if items[0].kind == "operator":
                item = items.pop(0)
                if result is None or operator or not items:
                    raise Refused("a factor is missing beside this sign", item.place)
                operator = item.node
                continue
            factor = self.operand(items)
            if result is None:
                result = factor
            elif operator == "/":
                result = Node("quotient", (result, factor), result.place)
                if items:
                    raise Refused(r"can't tell what is divided here: use \frac or brackets", items[0].place)
            elif not operator and result.kind == factor.kind == "number":
                raise Refused("two numbers side by side: a sign is missing between them", factor.place)
            else:
                result = Node("product", (operator, result, factor), result.place)
            operator = ""
        return result

    def operand(self, items):
        """Consume one operand: a factor, or an operator with all that it reaches over."""
        item = items.pop(0)
        place = item.place
        if item.kind == "name":
            if items and items[0].kind == "bracket" and item.node.args[0] in self.functions:
                bracket = items.pop(0)
                return self.scripted(Node("call", (item.node.args[0], bracket.node), place), bracket)
            if items and items[0].kind == "bracket" and len(items[0].node) > 1:
                name = item.node.args[0]
                raise Refused(rf"{name} is no function on this page: define it with its arguments, {name}(\mathbf s, \mathbf y) := ...", place)
            return item.node
        if item.kind == "bracket":
            return self.scripted(self.bracketed(item), item)
        if item.kind in ("sum", "prod"):
            return self.big(item, self.rest(items, item))
        if item.kind == "derivation":
            return Node("derivative", (self.rest(items, item), item.node), place)
        if item.kind == r"\partial":
            if item.lower is None:
                raise Refused(r"\partial needs a variable: \partial_{z_i} or \frac{\partial}{\partial z_i}", place)
            return Node("derivative", (self.rest(items, item), self.indices(item.lower)), place)
        if item.kind == r"\nabla":
            variable = self.indices(item.lower)[0] if item.lower is not None else Node("name", ("z",), place)
            order = 2 if item.upper is not None and self.script(item.upper) == Node("number", ("2",)) else 1
            if item.upper is not None and order == 1:
                raise Refused(r"only \nabla and \nabla^2 are read", place)
            return Node("gradient", (self.one(items, item), variable, order), place)
        if item.kind == "d":
            return Node("differential", (self.one(items, item),), place)
        if item.kind == "indicator":
            if item.lower is not None:
                return Node("indicator", (self.condition(item.lower, place),), place)
            if not items or items[0].kind != "bracket":
                raise Refused(r"\mathbb 1 needs a condition: \mathbb 1[i = c]", place)
            return Node("indicator", (self.condition(items.pop(0).node, place),), place)
        if item.kind in ("log", "ln", "exp", "tanh", "max", "min"):
            return self.function(item, items)
        return item.node

    def rest(self, items, item):
        if not items:
            raise Refused("nothing follows for this to act on", item.place)
        body = self.product(items[:])
        items.clear()
        return body

    def one(self, items, item):
        if not items:
            raise Refused("nothing follows for this to act on", item.place)
        return self.operand(items)

    def function(self, item, items):
        name = {"ln": "log"}.get(item.kind, item.kind)
        if item.upper is not None:
            raise Refused(f"write the power behind the brackets: (\\{name} x)^2", item.place)
        if item.lower is not None and name not in ("max", "min"):
            raise Refused(f"\\{name} with a subscript is not read: the natural logarithm is \\log", item.place)
        bracket = bool(items) and items[0].kind == "bracket" and items[0].lower is items[0].upper is None
        if bracket and name in ("max", "min") and item.lower is None:
            return Node("extreme", (name, items.pop(0).node), item.place)
        if bracket:
            argument = self.bracketed(items.pop(0))
        else:
            argument = self.one(items, item)
            if items:
                raise Refused(f"can't tell how far \\{name} reaches: put its argument in brackets", items[0].place)
        if item.lower is not None:
            return self.big(item, argument)
        if name in ("max", "min"):
            return Node("extreme", (name, (argument,)), item.place)
        return Node("function", (name, argument), item.place)

    def big(self, item, body):
        """A `\\sum`, `\\prod`, `\\max` or `\\min` over letters, with the conditions on them."""
        if item.lower is None:
            raise Refused(f"\\{item.kind} needs its index: \\{item.kind}_j", item.place)
        letters, conditions, start = [], [], None
        for part in self.list(item.lower):
            first = part.args[0][0] if part.kind == "chain" else part
            for letter in self.split(first):
                if letter.kind != "name":
                    raise Refused(f"the index of \\{item.kind} must be a letter", item.place)
                letters.append(letter.args[0])
            if part.kind == "chain" and part.args[1] == ("=",):
                start = part.args[0][1]
            elif part.kind == "chain":
                conditions.append(part)
                if part.args[1] == ("<",) and part.args[0][1].kind == "name" and not item.upper:
                    letters += [part.args[0][1].args[0]] if part.args[0][1].args[0] != "c" else []
        upper = self.script(item.upper) if item.upper is not None else None
        if (start is None) != (upper is None) or (start is not None and start != Node("number", ("1",))):
            raise Refused(f"write \\{item.kind}_j or \\{item.kind}_{{j=1}}^{{k}}", item.place)
        return Node("big", (item.kind, tuple(letters), tuple(conditions), upper, body), item.place)

    def item(self, tree):
        """Return a factor with its scripts."""
        if isinstance(tree, Token):
            return Item("operator", tree.start_pos, str(tree).lstrip("\\"))
        atom, *scripts = tree.children
        item = self.atom(atom, tree.meta.start_pos)
        for script in scripts:
            if script.data == "prime":
                item.primes += 1
            elif getattr(item, script.data) is not None:
                raise Refused("two scripts in one place", script.meta.start_pos)
            else:
                _check_digits(script.children[0])
                setattr(item, script.data, script.children[0])
        if item.kind == "name":
            label, indices = self.label_and_indices(item.lower)
            name = item.node.args[0] + label + "'" * item.primes
            if name == "e" and item.upper is not None:
                return Item("node", item.place, Node("function", ("exp", self.script(item.upper)), item.place))
            item.node, item.primes = Node("name", (name,), item.place), 0
            plain = not indices and item.upper is None
            item.lower = indices or None
            return item if plain else Item("node", item.place, self.scripted(item.node, item))
        if item.kind == "node":
            return Item("node", item.place, self.scripted(item.node, item))
        return item

    def atom(self, tree, place):
        if isinstance(tree, Token):
            tree = Tree("symbol", [tree])
        if tree.data == "atom":
            return self.atom(tree.children[0], place)
        if tree.data in ("symbol", "styled", "accented"):
            return self.symbol(tree, place)
        if tree.data == "run":
            return Item("node", place, Node("run", tuple(str(tree.children[0])), place))
        if tree.data in ("parentheses", "brackets", "braces"):
            content = self.list(tree.children[0])
            if tree.data != "parentheses" and len(content) == 1 and content[0].kind == "chain":
                return Item("bracket", place, (Node("indicator", (content[0],), place),))
            return Item("bracket", place, content)
        if tree.data == "group":
            return Item("node", place, self.sum(tree.children[0]))
        if tree.data == "fraction":
            return self.fraction(tree, place)
        if tree.data == "root":
            return Item("node", place, Node("function", ("root", self.sum(tree.children[0])), place))
        if tree.data in ("norm", "absolute"):
            return self.measure(tree, place)
        if tree.data == "inner":
            left, right = (self.sum(part) for part in tree.children if isinstance(part, Tree))
            return Item("node", place, Node("product", ("cdot", left, right), place))
        if tree.data == "labelled":
            return Item("node", place, Node("labelled", (self.sum(tree.children[1]),), place))
        if tree.data == "matrix":
            lines = [line for line in tree.children[1].children if isinstance(line, Tree)]
            rows = tuple(tuple(self.sum(cell.children[0]) for cell in line.children) for line in lines)
            return Item("node", place, Node("matrix", (rows,), place))
        if tree.data == "cases_block":
            return Item("node", place, self.cases(tree.children[1], place))
        raise Refused(f"can't read this {tree.data}", place)

    def symbol(self, tree, place):
        if tree.data in ("styled", "accented"):
            mark = str(tree.children[0]).lstrip("\\")
            inner = self.symbol(tree.children[1], place)
            if tree.data == "accented":
                if inner.kind != "name":
                    raise Refused("only a letter takes an accent", place)
                mark = {"widehat": "hat", "overline": "bar", "widetilde": "tilde"}.get(mark, mark)
                return Item("name", place, Node("name", (f"{mark} {inner.node.args[0]}",), place))
            if inner.node == Node("number", ("1",)) and mark == "mathbb":
                return Item("indicator", place)
            if inner.node in (Node("number", ("1",)), Node("number", ("0",))):
                return Item("node", place, Node("constant", (inner.node.args[0],), place))
            if mark in ("mathcal", "mathscr") and inner.kind == "name":
                return Item("name", place, Node("name", (f"{mark} {inner.node.args[0]}",), place))
            if inner.node == Node("name", ("e",)) and mark in ("mathbf", "boldsymbol", "bm", "vec"):
                return Item("node", place, Node("unit", (), place))
            return inner
        if isinstance(tree.children[0], Tree):
            return self.symbol(tree.children[0], place)
        token = tree.children[0]
        text = str(token)
        if token.type == "WORD":
            text = re.sub(r"^\\[a-z]+\*?\s*\{?\s*|\s*\}$", "", text)
            return Item("d", place) if text == "d" else Item("name", place, Node("name", (text,), place))
        if token.type == "NUMBER":
            return Item("node", place, Node("number", (text,), place))
        if token.type == "DOTS":
            return Item("node", place, Node("dots", (), place))
        if token.type in ("FUNCTION", "BIG"):
            return Item(text.lstrip("\\"), place)
        if token.type == "SYMBOL":
            return Item(text, place) if text in (r"\partial", r"\nabla") else Item("node", place, Node("mark", (text,), place))
        return Item("name", place, Node("name", (text.lstrip("\\"),), place))

    def measure(self, tree, place):
        kind = "norm" if tree.data == "norm" else "absolute"
        return Item("node", place, Node(kind, (self.sum(tree.children[1]), "2"), place))

    def cases(self, tree, place):
        branches = []
        for case in tree.children:
            if isinstance(case, Token):
                continue
            value = self.sum(case.children[0])
            words = [re.sub(r"^\\\w+\s*\{|\}$", "", word).strip() for word in case.children[1:] if isinstance(word, Token) and word.type == "TEXT"]
            if set(words) - CONDITIONALS - {"otherwise", "else"}:
                raise Refused(r"a case reads \text{if } i = c, or \text{otherwise}", case.meta.start_pos)
            condition = case.children[-1]
            if isinstance(condition, Tree) and condition.data == "item_relation":
                branches.append((value, self.chain(condition)))
            elif words in (["otherwise"], ["else"]):
                branches.append((value, None))
            else:
                raise Refused(r"a case needs its condition: & \text{if } i = c, or & \text{otherwise}", case.meta.start_pos)
        return Node("cases", tuple(branches), place)

    def fraction(self, tree, place):
        _, above, below = tree.children
        for part in (above, below):
            _check_digits(part)
        variables = self.differentials(below)
        items = self.flat(above)
        begins = bool(items) and self.is_differential(items[0])
        if variables is None or not begins:
            return Item("node", place, Node("quotient", (self.sum(above), self.sum(below)), place))
        order = items.pop(0).upper
        order = 1 if order is None else int(self.script(order).args[0])
        if order != len(variables):
            raise Refused(f"a derivative of order {order} by {len(variables)} variables", place)
        if not items:
            return Item("derivation", place, variables)
        return Item("node", place, Node("derivative", (self.product(items), variables), place))

    def flat(self, tree):
        """Return the items of a sum with one term, else nothing."""
        if tree.data == "symbol":
            return [self.item(Tree("factor", [tree], tree.meta))]
        if len(tree.children) == 1:
            return [self.item(part) for part in tree.children[0].children]
        return []

    def differentials(self, tree):
        """Return the variables of a denominator such as `\\partial z_i \\partial z_j`, or None."""
        items, variables = self.flat(tree), []
        if not items or not self.is_differential(items[0]):
            return None
        while items:
            if not self.is_differential(items.pop(0)) or not items:
                raise Refused(r"can't read the variables of this derivative", tree.meta.start_pos)
            variable = self.operand(items)
            repeat = 1
            if variable.kind == "power" and variable.args[1].kind == "number":
                variable, repeat = variable.args[0], int(variable.args[1].args[0])
            if variable.kind == "transpose":
                variable = variable.args[0]
            variables += [variable] * repeat
        return tuple(variables)

    @staticmethod
    def is_differential(item):
        bare = item.lower is None
        return bare and (item.kind in (r"\partial", "d") or (item.kind in ("name", "node") and item.node == Node("name", ("d",))))

    def scripted(self, node, item):
        """Apply subscript, then superscript: TeX shows both orders alike."""
        if item.primes:
            raise Refused(r"a prime behind a bracket is not read: write the derivative as \frac{\partial}{\partial z_i}", item.place)
        if node.kind == "unit":
            indices = self.indices(item.lower) if item.lower is not None else ()
            if len(indices) != 1:
                raise Refused(r"the unit vector \mathbf e needs one index: \mathbf e_i", item.place)
            node = Node("unit", indices, item.place)
        elif node.kind == "labelled":
            self.check_label(item)
            return node.args[0]
        elif node == Node("constant", ("1",)) and item.lower is not None and any(part.kind in ("chain", "indicator") for part in self.list(item.lower)):
            node = Node("indicator", (self.condition(item.lower, item.place),), item.place)
        elif node.kind == "constant" and item.lower is not None:
            node = Node("constant", (*node.args, *self.indices(item.lower)), item.place)
        elif node.kind == "norm" and item.lower is not None:
            lower = self.indices(item.lower)[0]
            node = Node("norm", (node.args[0], lower.args[0] if lower.args else ""), item.place)
            if node.args[1] not in ("1", "2", r"\infty", "F"):
                raise Refused("norms are read with 1, 2, F, \\infty or nothing below", item.place)
        elif item.lower is not None:
            indices = item.lower if isinstance(item.lower, tuple) else self.indices(item.lower)
            node = Node("entry", (node, *indices), item.place)
        if item.upper is None:
            return node
        upper = self.script(item.upper)
        if upper in (Node("mark", (r"\top",)), Node("mark", (r"\intercal",)), Node("name", ("T",))):
            return Node("transpose", (node,), item.place)
        return Node("power", (node, upper), item.place)

    def check_label(self, item):
        label = item.lower if item.lower is not None else item.upper
        words = [token for token in label.scan_values(lambda token: token.type == "TEXT")] if isinstance(label, Tree) else []
        if label is not None and not words and not (isinstance(label, Token) and label.type == "TEXT"):
            raise Refused(r"under a brace stand words in \text{}: write an equality as a row of its own", item.place)

    def bracketed(self, item):
        content = item.node
        if any(part.kind in ("chain", "words") for part in content):
            raise Refused("a relation can't stand in brackets here", item.place)
        return content[0] if len(content) == 1 else Node("tuple", content, item.place)

    def script(self, tree):
        content = self.list(tree)
        if len(content) != 1:
            raise Refused("can't read this script", content[0].place)
        return content[0]

    def list(self, tree):
        """Return the items between brackets: expressions, chains, words."""
        if isinstance(tree, Token):
            return (Node("words", (re.sub(r"^\\\w+\s*\{|\}$", "", tree).strip(),), tree.start_pos),)
        if tree.data != "list":
            return (self.sum(tree),) if tree.data != "item" else (self.chain(tree),)
        return tuple(self.chain(child) for child in tree.children if isinstance(child, Tree))

    def chain(self, tree):
        if isinstance(tree.children[0], Token):
            return self.list(tree.children[0])[0]
        sides = tuple(self.sum(child) for child in tree.children if isinstance(child, Tree))
        signs = tuple(RELATIONS.get(str(token), str(token)) for token in tree.children if isinstance(token, Token))
        return Node("chain", (sides, signs), tree.meta.start_pos) if signs else sides[0]

    def condition(self, content, place):
        content = content if isinstance(content, tuple) else self.list(content)
        if len(content) == 1 and content[0].kind == "indicator":
            return content[0].args[0]
        if len(content) != 1 or content[0].kind != "chain":
            raise Refused(r"\mathbb 1 needs a condition: \mathbb 1[i = c]", place)
        return content[0]

    def label_and_indices(self, lower):
        if lower is None:
            return "", ()
        label, indices = "", []
        bare = lower.children[0] if isinstance(lower, Tree) and lower.data == "symbol" else None
        if isinstance(bare, Token) and bare.type in ("WORD", "FUNCTION"):
            return "_" + re.sub(r"^\\(?:operatorname\*?|math\w+)?\s*\{?\s*|\s*\}$", "", bare), ()
        for part in self.list(lower):
            if part.kind == "words":
                label += "_" + part.args[0]
            elif part.kind == "name" and len(part.args[0]) > 1 and part.args[0].isalpha() and isinstance(lower, Tree) and "math" in str(lower):
                label += "_" + part.args[0]
            else:
                indices += self.split(part)
        return label, tuple(indices)

    def indices(self, lower):
        if isinstance(lower, tuple):
            return lower
        return tuple(index for part in self.list(lower) for index in self.split(part))

    def split(self, part):
        """`ij` in a subscript is two indices, not a product; `12` is 1, 2."""
        if part.kind == "run":
            return [Node("number", (digit,), part.place) for digit in part.args]
        if part.kind == "product" and part.args[0] == "":
            return self.split(part.args[1]) + self.split(part.args[2])
        return [part]

"""The smallest parts of a formula: names with their scripts, numbers, brackets, matrices."""

import re

from machinery.equations.nodes import Node
from machinery.equations.tokens import TOKEN, Refused, split

CONDITIONALS = {"if", "for", "for all", "for every", "for any", "where", "with", "when"}
OTHERWISE = {"otherwise", "else"}
LABELS = ("text", "word", "function")
HINTS = {"'": r": write a derivative as \frac{\partial}{\partial x}", "^": ": a power stands behind brackets"}
E, UNIT = Node("name", ("e",)), Node("vector", ("e",))
TOP = (Node("mark", (r"\top",)), Node("name", ("T",)))
ATOMS = ("(", "[", r"\{", "|", r"\lvert", "‖", r"\lVert", r"\langle", r"\sqrt", "number", "begin")


class Atoms:
    """Reads the tokens of one level from left to right. `sum` is in `reading`.

    A name is a call if brackets follow, unless it is in `factors`.
    """

    def __init__(self, tex, factors, tokens):
        self.tex, self.factors, self.tokens, self.at = tex, factors, tokens, 0

    def peek(self):
        return self.tokens[self.at]

    def next_is(self, *kinds):
        return self.peek().kind in kinds and self.at < len(self.tokens) - 1

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def skip(self, *kinds):
        return self.take() if self.next_is(*kinds) else None

    def fail(self, token=None):
        token = token or self.peek()
        before = [m[0] for m in TOKEN.finditer(self.tex, 0, token.start) if m.lastgroup != "layout"]
        behind = f", behind '{before[-1]}'" if before else ""
        if token.kind == "nothing":
            raise Refused(f"the formula ends too early{behind}: something is missing", token.start)
        shown, hint = self.tex[token.start : token.end], HINTS.get(token.kind, "")
        raise Refused(f"can't read '{shown}' here{behind}{hint}", token.start)

    def at_end(self):
        """Tell whether no factor follows."""
        return self.at == len(self.tokens) - 1 or self.next_is("+", "-")

    def inner(self, tokens):
        return type(self)(self.tex, self.factors, tokens)

    def whole(self):
        """Read all tokens as one sum."""
        node = self.sum()
        if self.at < len(self.tokens) - 1:
            self.fail()
        return node

    def chain(self):
        """Read `a` as its node, `a = b` as a chain, and words alone as a label."""
        if len(self.tokens) == 2 and self.next_is(*LABELS):
            return Node("label", (self.peek().text.lstrip("\\"),), self.take().start)
        parts = split(self.tokens, "relation")
        sides = tuple(self.inner(part).whole() for part in parts)
        signs = tuple(part[-1].text for part in parts[:-1])
        return Node("chain", (sides, signs), self.peek().start) if signs else sides[0]

    def items(self, group):
        """Read what stands between brackets, apart by commas. Round ones hold no relations."""
        parts = [self.inner(part) for part in split(group.inside, ",", "bar")]
        return tuple(part.whole() if group.kind == "(" else part.chain() for part in parts)

    def atom(self):
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
        content = self.items(token)
        if kind == r"\langle" and len(content) == 2:
            return Node("product", ("cdot", *content), place)
        return content[0] if len(content) == 1 else Node("numbers", content, place)

    def environment(self, token):
        """Read a matrix, or cases."""
        rows = split(token.inside, "row")
        rows = rows if len(rows[-1]) > 1 else rows[:-1]
        if token.text == "cases":
            return Node("cases", tuple(map(self.case, rows)), token.start)
        if not token.text.endswith("matrix"):
            self.fail(token)
        cells = (tuple(self.inner(cell).whole() for cell in split(row, "&")) for row in rows)
        return Node("matrix", (tuple(cells),), token.start)

    def case(self, row):
        """Read a value and its condition, which is None for `otherwise`."""
        value, *parts = split(row, "&", ",", "gap", "text")
        value = self.inner(value).whole()
        words = {token.text for token in row if token.kind == "text"}
        conditions = [self.inner(part).chain() for part in parts if len(part) > 1]
        expected = [] if words & OTHERWISE else ["chain"]
        if words - OTHERWISE - CONDITIONALS or [condition.kind for condition in conditions] != expected:
            raise Refused(r"a case reads & \text{if } i = c, or & \text{otherwise}", value.place)
        return value, conditions[0] if conditions else None

    def argument(self):
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

    def styled(self, font, inner, place):
        """Return a symbol in a font or with an accent. Bold tells no names apart; the others do."""
        if font == r"\mathbb" and inner == Node("number", ("1",)):
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

    def script(self):
        """Read a subscript: indices, conditions or labels, apart by commas."""
        if self.next_is("{"):
            return self.items(self.take())
        if self.next_is(*LABELS):
            return (self.inner([self.take(), self.tokens[-1]]).chain(),)
        return (self.argument(),)

    def scripts(self):
        """Read the subscript, a tuple, and the superscript: TeX shows both orders alike."""
        lower = self.script() if self.skip("_") else ()
        upper = self.argument() if self.skip("^") else None
        return lower or (self.script() if self.skip("_") else ()), upper

    def scripted(self, node):
        """Apply the scripts that follow."""
        lower, upper = self.scripts()
        if node == E and upper and not lower:
            return Node("call", ("exp", (upper,)), node.place)
        node = self.indexed(node, lower)
        if upper in TOP:
            return Node("transpose", (node,), node.place)
        return Node("power", (node, upper), node.place) if upper else node

    @staticmethod
    def indexed(node, lower):
        indices = tuple(index for part in lower for index in split_index(part))
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


def split_index(part):
    """`ij` in a subscript is two indices, not a product, and so is `12`."""
    if part.kind == "number" and re.fullmatch("[1-9][1-9]", part.args[0]):
        return [Node("number", (digit,), part.place) for digit in part.args[0]]
    if part.kind == "product" and part.args[0] == "":
        return split_index(part.args[1]) + split_index(part.args[2])
    return [part]

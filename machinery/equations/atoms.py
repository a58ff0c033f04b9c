"""The smallest parts of a formula: names with their scripts, numbers, brackets, matrices."""

from machinery.equations.nodes import E, TOP, Node, split
from machinery.equations.tokens import OPENING, Refused, tokenize

FUNCTIONS = {r"\log": "log", r"\ln": "log", r"\exp": "exp", r"\tanh": "tanh", r"\max": "max", r"\min": "min"}
CONDITIONALS = {"if", "for", "for all", "for every", "for any", "where", "with", "when"}
CLOSING = ("nothing", "row", "&", ")", "]", "}", r"\}", "end", r"\rangle")
ENDS = (*CLOSING, "relation", "gap", "text", "+", "-", ",")
ACCENTS = {"widehat": "hat", "overline": "bar", "widetilde": "tilde"}
HINTS = {"'": r": write a derivative as \frac{\partial}{\partial x}", "^": ": a power stands behind brackets"}


class Atoms:
    """Reads tokens from left to right. `sum` and `chain` are in `reading`."""

    def __init__(self, tex, functions):
        self.tex, self.functions = tex, functions
        self.tokens, self.layout_end = tokenize(tex)
        self.at, self.bars = 0, []  # the bars that are open in the innermost bracket

    def peek(self):
        return self.tokens[self.at]

    def next_is(self, *kinds):
        return self.tokens[self.at].kind in kinds

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def skip(self, kind):
        return self.take() if self.next_is(kind) else None

    def expect(self, kind):
        return self.skip(kind) or self.fail()

    def fail(self):
        token = self.peek()
        behind = f", behind '{self.tokens[self.at - 1].text}'" if self.at else ""
        if token.kind == "nothing":
            raise Refused(f"the formula ends too early{behind}: something is missing", token.start)
        shown, hint = self.tex[token.start : token.end], HINTS.get(token.kind, "")
        raise Refused(f"can't read '{shown}' here{behind}{hint}", token.start)

    def level(self, place):
        """Yield the tokens from a place to the end of its bracket, without what inner brackets hold."""
        while self.tokens[place].kind not in CLOSING:
            yield self.tokens[place]
            place = (self.tokens[place].partner or place) + 1

    def at_end(self):
        """Tell whether no factor follows. A bar may close, or have no partner, as in KL(p || q)."""
        kind = self.peek().kind
        if kind in ("|", "‖"):
            return self.bars[-1:] == [kind] or all(token.kind != kind for token in self.level(self.at + 1))
        return kind in ENDS

    def atom(self):
        token = self.peek()
        kind, place = token.kind, token.start
        if kind == "{":
            return self.argument()
        if kind not in ("(", "[", r"\{", "|", "‖", r"\langle", r"\sqrt", "number", "begin"):
            return self.symbol()
        self.take()
        if kind in ("(", "[", r"\{"):
            content = self.items(OPENING[kind])
            if kind != "(" and len(content) == 1 and content[0].kind == "chain":
                return Node("indicator", content, place)
            if any(part.kind in ("chain", "label") for part in content):
                raise Refused("a relation can't stand in brackets here", place)
            return content[0] if len(content) == 1 else Node("tuple", content, place)
        if kind in ("|", "‖"):
            self.bars.append(kind)
            inside = self.sum()
            self.expect(self.bars.pop())
            return Node("absolute", (inside,), place) if kind == "|" else Node("norm", (inside, "2"), place)
        if kind == r"\langle":
            left, _, right = self.sum(), self.expect(","), self.sum()
            self.expect(r"\rangle")
            return Node("product", ("cdot", left, right), place)
        if kind == r"\sqrt":
            return Node("function", ("root", self.argument()), place)
        if kind == "number":
            return Node("number", (token.text,), place)
        if token.text == "cases":
            return self.cases(token)
        return self.matrix(token) if token.text.endswith("matrix") else self.back()

    def back(self):
        self.at -= 1
        self.fail()

    def symbol(self):
        """Read what TeX takes as one symbol, without scripts."""
        token = self.take()
        kind, text, place = token.kind, token.text.lstrip("\\"), token.start
        if kind in ("font", "accent"):
            return self.styled(ACCENTS.get(text, text), self.symbol_in_braces(), place)
        if kind in ("letter", "word"):
            while self.skip("'"):
                text += "'"
            return Node("name", (text,), place)
        if kind == "number" and len(text) > 1:
            raise Refused(f"TeX takes a single digit of {text} here: put braces round the numbers", place)
        if kind in ("number", "dots"):
            return Node(kind, (text if kind == "number" else "...",), place)
        return Node("mark", (text,), place) if kind in (r"\top", r"\intercal", r"\infty") else self.back()

    def symbol_in_braces(self):
        braced = self.skip("{")
        symbol = self.symbol()
        if braced:
            self.expect("}")
        return symbol

    @staticmethod
    def styled(mark, inner, place):
        """Return a symbol in a font or with an accent. Bold tells no names apart; the others do."""
        if mark not in ("mathbf", "boldsymbol", "bm", "vec", "mathbb"):
            if inner.kind != "name":
                raise Refused("only a letter takes an accent", place)
            return Node("name", (f"{mark} {inner.args[0]}",), place)
        if inner.kind == "number":
            return Node("indicator", (), place) if mark == "mathbb" else Node("constant", inner.args, place)
        return Node("unit", (), place) if inner == E else Node(inner.kind, inner.args, place)

    def argument(self):
        """Read `{...}`, or one symbol."""
        if not self.skip("{"):
            return self.symbol()
        bars, self.bars = self.bars, []
        node = self.sum()
        self.bars = bars
        self.expect("}")
        return node

    def items(self, closing):
        """Read what stands between brackets: formulas, conditions, labels."""
        bars, self.bars, found = self.bars, [], [self.item(closing)]
        while self.skip(",") or self.skip("|") or self.skip("‖"):
            found.append(self.item(closing))
        self.expect(closing)
        self.bars = bars
        return tuple(found)

    def item(self, closing):
        alone = self.tokens[self.at + 1].kind in ("}", ",")
        if self.next_is("text") or self.next_is("word") and alone and closing == "}":
            return Node("label", (self.take().text,))
        return self.chain()

    def script(self):
        if self.skip("{"):
            return self.items("}")
        if self.next_is("text", "word", *FUNCTIONS):
            return (Node("label", (self.take().text.lstrip("\\"),)),)
        return (self.symbol(),)

    def scripts(self):
        """Read the subscript and the superscript: TeX shows both orders alike."""
        lower = self.script() if self.skip("_") else ()
        upper = self.script() if self.skip("^") else ()
        return lower or (self.script() if self.skip("_") else ()), upper

    def scripted(self, node):
        """Apply the scripts that follow."""
        lower, upper = self.scripts()
        if node == E and upper and not lower:
            return Node("function", ("exp", upper[0]), node.place)
        node = self.indexed(node, lower)
        if not upper:
            return node
        if len(upper) != 1:
            raise Refused("can't read this script", upper[0].place)
        if upper[0] in TOP:
            return Node("transpose", (node,), node.place)
        return Node("power", (node, upper[0]), node.place)

    def indexed(self, node, lower):
        kind, place = node.kind, node.place
        indices = tuple(index for part in lower if part.kind != "label" for index in split(part))
        if kind == "name":
            labels = "".join("_" + part.args[0] for part in lower if part.kind == "label")
            node = Node("name", (node.args[0] + labels,), place)
        if kind == "unit" and len(indices) != 1:
            raise Refused(r"the unit vector \mathbf e needs one index: \mathbf e_i", place)
        if kind == "constant" and lower and lower[0].kind in ("chain", "indicator"):
            kind = "indicator"
        if kind == "indicator" and (lower or not node.args):
            condition = lower[0] if lower else self.atom() if self.next_is("[", r"\{") else node
            if condition.kind == "indicator" and condition.args:
                (condition,) = condition.args
            if condition.kind != "chain":
                raise Refused(r"\mathbb 1 needs a condition: \mathbb 1[i = c]", place)
            return Node("indicator", (condition,), place)
        if kind == "norm" and indices:
            if str(indices[0].args[0]) not in ("1", "2", "infty", "F"):
                raise Refused(r"norms are read with 1, 2, F, \infty or nothing below", place)
            return Node("norm", (node.args[0], indices[0].args[0]), place)
        if kind in ("unit", "constant"):
            return Node(kind, (*node.args, *indices), place)
        return Node("entry", (node, *indices), place) if indices else node

    def matrix(self, token):
        rows = [[]]
        while not self.skip("end"):
            rows[-1].append(self.sum())
            if self.skip("row"):
                rows += [[]] if not self.next_is("end") else []
            elif not self.skip("&") and not self.next_is("end"):
                self.fail()
        return Node("matrix", (tuple(map(tuple, rows)),), token.start)

    def cases(self, token):
        branches = []
        while not self.skip("end"):
            value, words, condition = self.sum(), set(), None
            while self.next_is("&", ",", "gap", "text"):
                words |= {self.peek().text} if self.next_is("text") else set()
                self.take()
            otherwise = words in ({"otherwise"}, {"else"})
            if not otherwise and not self.next_is("row", "end"):
                condition = self.chain()
            if not otherwise and (words - CONDITIONALS or not condition or condition.kind != "chain"):
                raise Refused(r"a case reads & \text{if } i = c, or & \text{otherwise}", value.place)
            branches.append((value, condition))
            if not self.skip("row") and not self.next_is("end"):
                self.fail()
        return Node("cases", tuple(branches), token.start)

"""The statements of a formula: chains of relations, with conditions on them."""

from dataclasses import dataclass

from machinery.equations.hints import NO_CLAIM
from machinery.equations.nodes import Node
from machinery.equations.parser import CONDITIONALS, Parser
from machinery.equations.tokens import Refused, Token, split, tokenize

FOR_ALL = ("for", "for all", "for every", "for any")


@dataclass(frozen=True)
class Statement:
    """A chain such as `a = b < c`, or a formula alone. `continues` if it begins with the relation."""

    sides: tuple[Node, ...]
    signs: tuple[str, ...]
    places: tuple[int, ...]  # of the relations, offsets in the formula
    texts: tuple[str, ...]  # of the sides, as written
    continues: bool
    aside: bool  # in brackets, or after a word such as "if"
    row: int  # the number of the row that it stands in
    domain: str  # the set after \in, as written

    @property
    def chain(self) -> Node:
        return Node("chain", (self.sides, self.signs), self.sides[0].place)


def read(tex: str, factors: frozenset[str], classes: frozenset[str] = frozenset()) -> list[Statement]:
    """Return the statements of a formula.

    A name is a call if brackets follow, unless it is in `factors`. Letters in `classes` mean k.
    """
    statements: list[Statement] = []
    for number, row in enumerate(split(tokenize(tex, classes), "row")):
        words = row[-1]  # the words before the next part
        for part in without_ranges(split(row, "gap", "text", ",")):
            if words.kind == "text" and part[0].start == words.end and part[0].kind in ("(", "["):
                raise Refused(rf"this reads as words: a function is written \operatorname{{{words.text}}}", words.start)
            if words.kind == "text" and part[0].kind == "relation" and not statements:
                hint = rf"in \text stand words; a name is written \operatorname{{{words.text}}}"
                raise Refused(f"the left side of this relation is missing: {hint}", part[0].start)
            if len(part) > 1:
                statements.append(statement(Parser(tex, factors, part), words.text in CONDITIONALS, number))
            if len(part) > 1 or part[-1].kind == "text":
                words = part[-1]
    return statements


def without_ranges(parts: list[list[Token]]) -> list[list[Token]]:
    r"""Leave out `\forall i`, `for all i` and `i = 1, ..., k`: a claim is checked for all values of its indices. A declaration is kept.

    `s_i > 0 \quad \text{for } i = 1, \dots, k` has the parts `s_i > 0`, `\text{for }`, `i = 1`, `\dots` and `k`, each with the token that
    ends it. The first two are kept; of the others, only that token, because it may be a word, such as the `if` of a condition.
    """
    kept, for_all, in_range = [], False, False
    texts = [[token.text for token in part[:-1]] for part in parts]
    for place, (part, text) in enumerate(zip(parts, texts)):
        for_all = for_all or text[:1] == [r"\forall"]
        in_range = in_range or text[1:] == ["=", "1"] and ["..."] in texts[place + 1 : place + 3]
        declares = any(token.text == r"\mathbb" for token in part)
        left_out = in_range or for_all and not declares and not any(token.kind == "relation" for token in part)
        begin = -1 if left_out else int(declares and text[:1] == [r"\forall"])
        kept.append(part[begin:])  # what ends it may be words
        in_range = in_range and texts[max(place - 1, 0)] != ["..."]
        for_all = for_all or part[-1].text in FOR_ALL
    return kept


def statement(parser: Parser, aside: bool, row: int) -> Statement:
    """Read a chain; brackets round a whole chain, as in `(i = c)`, make it a condition."""
    first, *others = tokens = parser.tokens
    if first.kind == "(" and len(others) == 1 and any(token.kind == "relation" for token in first.inside):
        tokens, aside = first.inside, True
    tokens, *members = split(tokens, "member")
    domain = parser.tex[members[0][0].start : members[-1][-2].end] if members and len(members[0]) > 1 else ""
    parts = split(tokens, "relation")
    continues = len(parts[0]) == 1 and len(parts) > 1
    relations = [part[-1] for part in parts[:-1]]
    parts = parts[continues:]
    if dots := next((part[0] for part in parts if len(part) == 2 and part[0].kind == "dots"), None):
        raise Refused(rf"dots between relations are not read: write the relation of two entries, as in z_i \ge z_j, {NO_CLAIM}", dots.start)
    return Statement(
        tuple(parser.inner(part).whole() for part in parts),
        tuple(token.text for token in relations),
        tuple(token.start for token in relations),
        tuple(" ".join(parser.tex[part[0].start : part[-2].end].split()) for part in parts),
        continues, aside, row, domain,
    )

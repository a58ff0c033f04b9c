"""The statements of a formula: chains of relations, with conditions on them."""

from dataclasses import dataclass

from machinery.equations.nodes import Node
from machinery.equations.parser import CONDITIONALS, Parser
from machinery.equations.tokens import Refused, split, tokenize


@dataclass(frozen=True)
class Statement:
    """A chain such as `a = b < c`, or a formula alone. `continues` if it begins with the relation."""

    sides: tuple[Node, ...]
    signs: tuple[str, ...]
    places: tuple[int, ...]  # of the relations, offsets in the formula
    texts: tuple[str, ...]  # of the sides, as written
    continues: bool
    aside: bool  # in brackets, or behind a word such as "if"
    row: int  # the number of the row that it stands in

    @property
    def chain(self) -> Node:
        return Node("chain", (self.sides, self.signs), self.sides[0].place)


def read(tex: str, factors: frozenset[str]) -> list[Statement]:
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


def statement(parser: Parser, aside: bool, row: int) -> Statement:
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

"""What a page claims."""

from dataclasses import dataclass

from machinery.equations.formulas import Formula
from machinery.equations.nodes import Node
from machinery.equations.theory import Theory


@dataclass(frozen=True)
class Claim:
    """One relation between two neighbouring sides of a chain, with everything that applies to it."""

    formula: Formula
    left: Node
    sign: str
    right: Node
    offset: int  # of the relation
    texts: tuple[str, str]  # of both sides
    theory: Theory
    chain: int
    conditions: tuple[Node, ...] = ()
    settings: tuple[tuple[str, Node], ...] = ()
    kind: str = "claim"  # or "definition", "definition again" (compared with the notation page)

    @property
    def id(self) -> str:
        return self.formula.at(self.offset)

"""The claims of a page, and what their evaluation showed."""

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


@dataclass
class Relation:
    """A claim or a definition of a page, and what its evaluation showed; the message is empty if it holds."""

    claim: Claim
    message: str = ""
    classes: tuple[int, ...] = ()  # the values of k
    points: int = 0
    largest_error: float = 0.0  # of an equality
    gaps: tuple[tuple[float, float], ...] = ()  # of a bound, for each k: the least distance, as a share, and the largest

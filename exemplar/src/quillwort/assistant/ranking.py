"""How passages are ranked: which halves of a search count, and how they are joined."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quillwort.assistant.fusion import DEFAULT_ALPHA, Fused, Scored, convex, reciprocal_rank

Fusion: TypeAlias = Literal["convex", "reciprocal_rank", "keyword", "dense"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a search does with what its halves find.

    `fusion` adds weighed scores (convex) or ranks (reciprocal_rank), or goes by keywords or by
    vectors alone, and then the other half is not asked. `alpha` is the keywords' weight where
    scores are added. `candidates` are taken of each half. `window` is how many neighbours under the
    same heading a passage brings along on each side. `passages` is how many an answer is drawn
    from.

    Raises:
        ValueError: when a number is out of its range.
    """

    fusion: Fusion = "convex"
    alpha: float = DEFAULT_ALPHA
    candidates: int = 100
    window: int = 0
    passages: int = 6

    def __post_init__(self) -> None:
        if not 0 <= self.alpha <= 1:
            raise ValueError("alpha must be from 0 to 1")
        if self.candidates < 1 or self.window < 0 or self.passages < 1:
            raise ValueError("candidates and passages begin at 1, windows at 0")

    @property
    def by_keywords(self) -> bool:
        """Whether keywords are asked."""
        return self.fusion != "dense"

    @property
    def by_meaning(self) -> bool:
        """Whether vectors are asked."""
        return self.fusion != "keyword"

    def fused(self, keyword: Scored, dense: Scored, full: float) -> list[Fused]:
        """Return one ranking; `full` is the keyword score of a chunk that has all that is asked."""
        if self.fusion == "reciprocal_rank":
            return reciprocal_rank(keyword, dense)
        return convex(keyword, dense, self._weight, full)

    @property
    def _weight(self) -> float:
        alone: Mapping[Fusion, float] = {"keyword": 1.0, "dense": 0.0}
        return alone.get(self.fusion, self.alpha)

"""What the readers claim, and how the claims on one field of the brief become one fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from architect.model.fact import Fact, Provenance

_RANK: Final = {"stated": 2, "inferred": 1, "assumed": 0}


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a reader found for a field of the brief.

    ``at`` is where it stands in the text; ``weight`` tells a better reading of the same field (the peak
    against the average, "as the database" against a bare name); a ``correcting`` claim beats all
    that stand before it.
    """

    path: str
    value: object
    provenance: Provenance
    because: str
    at: int = 0
    weight: int = 0
    correcting: bool = False
    sentence: int | None = None
    """The sentence it was read from, so that those without any can be told to be unread."""

    def fact(self) -> Fact[object]:
        """Return the claim as a fact of the brief."""
        return Fact(self.value, self.provenance, self.because)


def settled(claims: Iterable[Claim]) -> Claim | None:
    """Return the claim that holds among several on one field.

    Stated beats inferred; a correction beats what stood before it; then the better reading wins, and among
    equals the later statement.
    """
    best: Claim | None = None
    for claim in sorted(claims, key=lambda each: each.at):
        if best is None or _beats(claim, best):
            best = claim
    return best


def _beats(later: Claim, earlier: Claim) -> bool:
    if _RANK[later.provenance] != _RANK[earlier.provenance]:
        return _RANK[later.provenance] > _RANK[earlier.provenance]
    return later.correcting or later.weight >= earlier.weight


def distinct(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return one claim a value, in the order of the text, each under its best provenance."""
    best: dict[object, Claim] = {}
    for claim in sorted(claims, key=lambda each: each.at):
        known = best.get(claim.value)
        if known is None or _RANK[claim.provenance] > _RANK[known.provenance]:
            best[claim.value] = claim
    return tuple(best.values())

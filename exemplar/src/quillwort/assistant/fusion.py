"""One ranking from two: what keywords find and what lies near in meaning."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Scored = Mapping[int, float]
"""The score of each chunk by its number; more is better."""

DEFAULT_ALPHA: Final = 0.5
"""The keywords' weight that did well on every collection it was tried on; docs/adr says which."""

_SHINGLE_WORDS: Final = 5

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Fused:
    """A chunk's place in the joint ranking and where it comes from.

    `keyword` and `dense` are the scores that went in; where a side has none, 0 for keywords and the
    lowest dense score. The ranks are from 1, and None where a side does not have the chunk.
    """

    number: int
    score: float
    keyword: float
    dense: float
    keyword_rank: int | None
    dense_rank: int | None


def convex(
    keyword: Scored, dense: Scored, alpha: float = DEFAULT_ALPHA, full: float = 0.0
) -> list[Fused]:
    """Return the chunks of both sides, best first, equal ones by number.

    The score, from 0 to 1, is alpha * sure * keyword / best + (1 - alpha) * (dense - min(dense)) /
    (max(dense) - min(dense)), where best is max(keyword) and sure is sqrt(best / max(full, best)):
    a convex combination as Bruch, Gai and Ingber (2023) compare them, "An Analysis of Fusion
    Functions for Hybrid Retrieval". A side whose divisor is zero tells nothing apart and adds 0.

    Divided by their best alone, keywords would call it perfect even where it shares one common word
    with a question of ten; `sure` is what tells. docs/adr has the figures.

    Args:
        keyword: BM25 scores, none below 0; a chunk without one counts 0.
        dense: inner products; give those of the keyword side's chunks as well, since a chunk
            without one counts as the lowest.
        alpha: the keywords' weight, from 0 to 1.
        full: the score of a chunk that has all that is asked; 0 when nobody knows.

    Raises:
        ValueError: when alpha is out of its range, or full negative.
    """
    if not 0 <= alpha <= 1:
        raise ValueError("alpha must be from 0 to 1")
    if full < 0:
        raise ValueError("full must not be negative")
    best = max(keyword.values(), default=0.0)
    most = math.sqrt(best * max(full, best))
    lowest = min(dense.values(), default=0.0)
    span = max(dense.values(), default=0.0) - lowest

    def score(fused: Fused) -> float:
        by_keyword = fused.keyword / most if most > 0 else 0.0
        by_meaning = (fused.dense - lowest) / span if span > 0 else 0.0
        return alpha * by_keyword + (1 - alpha) * by_meaning

    return _ranked(keyword, dense, score)


def reciprocal_rank(keyword: Scored, dense: Scored, k: int = 60) -> list[Fused]:
    """Return the chunks of both sides, best first, equal ones by number.

    The score is the sum of 1 / (k + rank) over the sides that have the chunk: Cormack, Clarke and
    Buettcher (2009), "Reciprocal Rank Fusion", whose k is 60 too.

    Args:
        keyword: keyword scores, of which only the order counts.
        dense: dense scores, of which only the order counts.
        k: how little the first ranks stand out, at least 0.

    Raises:
        ValueError: when k is negative.
    """
    if k < 0:
        raise ValueError("k must not be negative")

    def score(fused: Fused) -> float:
        ranks = (fused.keyword_rank, fused.dense_rank)
        return sum(1 / (k + rank) for rank in ranks if rank is not None)

    return _ranked(keyword, dense, score)


def distinct(texts: Sequence[str], limit: int, most_alike: float = 0.9) -> list[int]:
    """Return the indexes of the first `limit` texts that do not nearly repeat an earlier kept one.

    Texts are compared by their runs of five words, without case and punctuation: the runs that two
    share over all that they have (Jaccard's index; Broder 1997, "On the resemblance and containment
    of documents"). A text is dropped from `most_alike` on, which is from 0 to 1.
    """
    kept: dict[int, frozenset[tuple[str, ...]]] = {}
    for index, text in enumerate(texts):
        if len(kept) == limit:
            break
        shingles = _shingles(text)
        if all(_likeness(shingles, other) < most_alike for other in kept.values()):
            kept[index] = shingles
    return list(kept)


def _ranked(keyword: Scored, dense: Scored, score: Callable[[Fused], float]) -> list[Fused]:
    keyword_ranks, dense_ranks = _ranks(keyword), _ranks(dense)
    lowest = min(dense.values(), default=0.0)
    fused = []
    for number in keyword.keys() | dense.keys():
        by_keyword, by_meaning = keyword.get(number, 0.0), dense.get(number, lowest)
        ranks = keyword_ranks.get(number), dense_ranks.get(number)
        unscored = Fused(number, 0.0, by_keyword, by_meaning, *ranks)
        fused.append(Fused(number, score(unscored), by_keyword, by_meaning, *ranks))
    return sorted(fused, key=lambda one: (-one.score, one.number))


def _ranks(scored: Scored) -> dict[int, int]:
    order = sorted(scored, key=lambda number: (-scored[number], number))
    return {number: rank for rank, number in enumerate(order, start=1)}


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return a text's runs of words; one of too few words is a single run."""
    words = _WORD.findall(text.casefold())
    if len(words) < _SHINGLE_WORDS:
        return frozenset([tuple(words)])
    return frozenset(zip(*(words[start:] for start in range(_SHINGLE_WORDS)), strict=False))


def _likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)

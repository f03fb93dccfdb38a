"""Fits a search to judged questions: on one half of them, and told by the other."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from quillwort.assistant.chunking import ChunkLimits
from quillwort.assistant.embedding import Embedder, Kind, Vectors
from quillwort.assistant.evaluation.judged import Judged
from quillwort.assistant.evaluation.measures import (
    DEPTH,
    Interval,
    difference_by_chance,
    interval,
    recall,
)
from quillwort.assistant.evaluation.memory import MemoryIndex, memory_index
from quillwort.assistant.evaluation.retrieval import Ranked, ranked, values
from quillwort.assistant.loading import Loaded
from quillwort.assistant.ranking import Ranking
from quillwort.assistant.search_service import SearchService

LEAST_QUESTIONS: Final = 50
"""Fewer fit chance: a half of them moves nDCG@10 by more than the choices that are tried."""

ALPHAS: Final = tuple(round(step / 20, 2) for step in range(2, 19))
CHUNK_SIZES: Final = (ChunkLimits(100, 140), ChunkLimits(), ChunkLimits(230, 250))
"""Tokens; the embedder reads 254."""
WORTH_A_PASSAGE: Final = 0.01
"""Recall that one more passage must add to be worth its tokens in every prompt."""


class TooFewQuestions(ValueError):
    """Too few judged questions to fit anything; the message says how many there are."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was chosen on one half, and what it does on the other.

    `before` and `after` are nDCG@10 on the half that chose nothing, `chance` how probable their
    difference is when both are equally good.
    """

    ranking: Ranking
    limits: ChunkLimits
    before: Interval
    after: Interval
    chance: float
    chosen_on: int
    told_by: int

    @property
    def environment(self) -> str:
        """The settings, a line each."""
        return (
            f"RETRIEVAL_ALPHA={self.ranking.alpha:g}\nRETRIEVAL_PASSAGES={self.ranking.passages}\n"
        )


class Remembering:
    """An embedder that makes no vector twice."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[tuple[Kind, str], Vectors] = {}
        self.name = embedder.name
        self.dimensions = embedder.dimensions
        self.most_tokens = embedder.most_tokens

    def count(self, text: str) -> int:
        """Return how many tokens a text is made of."""
        return self._embedder.count(text)

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        """Return a vector for each text, in their order.

        Raises:
            Unavailable: when the model cannot be asked now.
        """
        new = [text for text in dict.fromkeys(texts) if (kind, text) not in self._known]
        if new:
            made = await self._embedder.embed(new, kind)
            self._known.update(zip([(kind, text) for text in new], made, strict=True))
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return np.stack([self._known[kind, text] for text in texts])


async def fitted(
    documents: Mapping[str, Loaded],
    questions: Sequence[Judged],
    embedder: Embedder,
    present: Ranking,
    seed: int = 0,
) -> Fitted:
    """Return the weight, number of passages and size of chunks that suit one half best.

    Of choices that are as good, the one nearest to the present is taken.

    Raises:
        TooFewQuestions: below `LEAST_QUESTIONS` that are judged and answerable.
        Unavailable: when the embedder does not answer.
    """
    usable = [each for each in questions if each.answerable and not each.proposed]
    if len(usable) < LEAST_QUESTIONS:
        raise TooFewQuestions(
            f"{len(usable)} judged questions have an answer, and {LEAST_QUESTIONS} are needed"
        )
    choosing, telling = halves(usable, seed)
    remembering = Remembering(embedder)
    indexes = [(each, await memory_index(documents, remembering, each)) for each in CHUNK_SIZES]
    limits, index, ranking = await _chosen(indexes, choosing, remembering, present)
    before = await _values(dict(indexes)[ChunkLimits()], telling, remembering, present)
    after = await _values(index, telling, remembering, ranking)
    return Fitted(
        ranking=ranking,
        limits=limits,
        before=interval(before, seed),
        after=interval(after, seed),
        chance=difference_by_chance(after, before, seed),
        chosen_on=len(choosing),
        told_by=len(telling),
    )


def halves(questions: Sequence[Judged], seed: int) -> tuple[list[Judged], list[Judged]]:
    """Return two halves, each with as many of every kind, drawn by the seed."""
    generator = random.Random(seed)  # noqa: S311 - a sample, not a secret
    shuffled = sorted(questions, key=lambda each: (each.kind, generator.random()))
    return shuffled[::2], shuffled[1::2]


async def _chosen(
    indexes: Sequence[tuple[ChunkLimits, MemoryIndex]],
    questions: Sequence[Judged],
    embedder: Embedder,
    present: Ranking,
) -> tuple[ChunkLimits, MemoryIndex, Ranking]:
    tried = []
    for limits, index in indexes:
        for alpha in ALPHAS:
            ranking = replace(present, alpha=alpha)
            mean = float(np.mean(await _values(index, questions, embedder, ranking)))
            distance = (limits != ChunkLimits(), abs(alpha - present.alpha))
            tried.append((-round(mean, 4), distance, (limits, index, ranking)))
    limits, index, ranking = min(tried, key=lambda one: one[:2])[2]
    rankings = await ranked(SearchService(index, embedder, ranking), questions)
    return limits, index, replace(ranking, passages=_enough(rankings))


def _enough(rankings: Sequence[Ranked]) -> int:
    """Return how many passages find nearly all that ten do."""

    def found(depth: int) -> float:
        return float(
            np.mean([recall(each.marked.marks, each.marked.wanted, depth) for each in rankings])
        )

    most = found(DEPTH)
    return next(depth for depth in range(1, DEPTH + 1) if found(depth) >= most - WORTH_A_PASSAGE)


async def _values(
    index: MemoryIndex, questions: Sequence[Judged], embedder: Embedder, ranking: Ranking
) -> list[float]:
    return values(await ranked(SearchService(index, embedder, ranking), questions))

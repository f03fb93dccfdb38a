"""Fits a search to judged questions: on one half of them, and told by the other."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

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
from quillwort.assistant.evaluation.memory import MemoryIndex, cut, indexed_passages
from quillwort.assistant.evaluation.retrieval import Ranked, Standing, ranked, standing, values
from quillwort.assistant.loading import Loaded
from quillwort.assistant.ranking import Ranking
from quillwort.assistant.search_service import SearchService

LEAST_QUESTIONS: Final = 50
"""Fewer fit chance: a half of them moves nDCG@10 by more than the choices that are tried."""

SIGNIFICANT: Final = 0.05
"""How probable by chance a gain may be that changes a setting: one useless change in twenty passes.

The level that comparisons of searches are commonly held to; what people run is kept below it.
"""

ALPHAS: Final = tuple(round(step / 20, 2) for step in range(2, 19))
PRESENT: Final = ChunkLimits()
"""The cut of the service: a constant of its code."""
CHUNK_SIZES: Final = (ChunkLimits(100, 140), PRESENT, ChunkLimits(230, 250))
"""Tokens; the embedder reads 254."""
WORTH_A_PASSAGE: Final = 0.01
"""Recall that one more passage must add to be worth its tokens in every prompt."""

Setting = TypeVar("Setting")


class TooFewQuestions(ValueError):
    """Too few judged questions to fit anything; the message says how many there are."""


@dataclass(frozen=True, slots=True)
class Tried(Generic[Setting]):
    """A setting as it is and as one half chose it, both measured on the other half.

    `chance` is how probable their difference is when both are equally good, `why` says why the
    chosen one is taken or not.
    """

    present: Setting
    chosen: Setting
    before: Interval
    after: Interval
    chance: float
    worth: bool
    why: str

    @property
    def taken(self) -> Setting:
        """The chosen one where it is worth the change, else the present."""
        return self.chosen if self.worth else self.present


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was tried: `weight` and `chunks` by nDCG@10, `passages` by the recall of so many.

    `weight` and `passages` are for the present cut. `stale` has a line for each judgement that no
    passage meets, however the documents are cut.
    """

    weight: Tried[float]
    chunks: Tried[ChunkLimits]
    passages: Tried[int]
    chosen_on: int
    told_by: int
    stale: tuple[str, ...]

    @property
    def environment(self) -> str:
        """The settings, a line each."""
        return f"RETRIEVAL_ALPHA={self.weight.taken:g}\nRETRIEVAL_PASSAGES={self.passages.taken}\n"


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
    """Return the weight, size of chunks and number of passages that suit one half best.

    Of choices that are as good, the one nearest to the present is taken. Each is held against the
    present on the other half.

    Raises:
        TooFewQuestions: below `LEAST_QUESTIONS` that are judged and that the documents answer.
        Unavailable: when the embedder does not answer.
    """
    remembering = Remembering(embedder)
    cuts = {limits: cut(documents, remembering, limits) for limits in CHUNK_SIZES}
    # A cut that tears the words of a judgement apart is worse than one that does not.
    passages = [(each.name, each.chunk.text) for kept in cuts.values() for each in kept]
    judged = standing(questions, passages)
    choosing, telling = halves(_usable(questions, judged), seed)
    indexes = {limits: await indexed_passages(kept, remembering) for limits, kept in cuts.items()}

    async def told(limits: ChunkLimits, ranking: Ranking) -> list[float]:
        return await _values(indexes[limits], telling, remembering, ranking)

    choices = await _choices(indexes, choosing, remembering, present)
    here = _best([each for each in choices if each.limits == PRESENT], present).ranking
    before, after = await told(PRESENT, present), await told(PRESENT, here)
    weight = _gained(present.alpha, here.alpha, before, after, seed)
    settled = replace(present, alpha=weight.taken)
    best = _best(choices, present)
    other = settled if best.limits == PRESENT else best.ranking
    before, after = await told(PRESENT, settled), await told(best.limits, other)
    return Fitted(
        weight=weight,
        chunks=_gained(PRESENT, best.limits, before, after, seed),
        passages=await _passages(
            SearchService(indexes[PRESENT], remembering, settled), choosing, telling, seed
        ),
        chosen_on=len(choosing),
        told_by=len(telling),
        stale=judged.stale,
    )


def halves(questions: Sequence[Judged], seed: int) -> tuple[list[Judged], list[Judged]]:
    """Return two halves, each with as many of every kind, drawn by the seed."""
    generator = random.Random(seed)  # noqa: S311 - a sample, not a secret
    shuffled = sorted(questions, key=lambda each: (each.kind, generator.random()))
    return shuffled[::2], shuffled[1::2]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A cut and a way to rank, and their nDCG@10 on the half that chooses."""

    limits: ChunkLimits
    ranking: Ranking
    mean: float


def _usable(asked: Sequence[Judged], judged: Standing) -> list[Judged]:
    usable = [each for each in judged.questions if each.counts]
    if len(usable) >= LEAST_QUESTIONS:
        return usable
    lost = sum(each.counts for each in asked) - len(usable)
    gone = f" ({lost} are no longer judged, the first: {judged.stale[0]})" if lost else ""
    raise TooFewQuestions(
        f"{len(usable)} judged questions have an answer, and {LEAST_QUESTIONS} are needed: "
        f"judge more{gone}"
    )


async def _choices(
    indexes: Mapping[ChunkLimits, MemoryIndex],
    questions: Sequence[Judged],
    embedder: Embedder,
    present: Ranking,
) -> list[_Choice]:
    rankings = [replace(present, alpha=alpha) for alpha in sorted({*ALPHAS, present.alpha})]
    return [
        _Choice(limits, ranking, float(np.mean(await _values(index, questions, embedder, ranking))))
        for limits, index in indexes.items()
        for ranking in rankings
    ]


def _best(choices: Sequence[_Choice], present: Ranking) -> _Choice:
    def order(one: _Choice) -> tuple[float, bool, float]:
        distance = abs(one.ranking.alpha - present.alpha)
        return -round(one.mean, 4), one.limits != PRESENT, distance

    return min(choices, key=order)


def _gained(
    present: Setting, chosen: Setting, before: Sequence[float], after: Sequence[float], seed: int
) -> Tried[Setting]:
    """Return a trial that is worth it when the chosen one is better by more than chance."""
    chance = difference_by_chance(after, before, seed)
    was, would_be = interval(before, seed), interval(after, seed)
    worth = would_be.mean > was.mean and chance < SIGNIFICANT
    if chosen == present:
        why = "no other suits the half that chooses better"
    elif worth:
        why = f"better on the other half, and not by chance: p is below {SIGNIFICANT:g}"
    elif would_be.mean < was.mean:
        why = "worse on the other half"
    else:
        why = f"chance explains the difference on the other half: p is not below {SIGNIFICANT:g}"
    return Tried(present, chosen, was, would_be, chance, worth, why)


async def _passages(
    search: SearchService, choosing: Sequence[Judged], telling: Sequence[Judged], seed: int
) -> Tried[int]:
    """Return how many passages answers need.

    Fewer are a gain that no measure of rankings shows, for they cost fewer tokens: they are worth
    it when they find as much. More must find more, and not by chance.
    """
    present = search.passages
    chosen = _enough(await ranked(search, choosing), present)
    told = await ranked(search, telling)
    before, after = _recalls(told, present), _recalls(told, chosen)
    tried = _gained(present, chosen, before, after, seed)
    if not tried.after.mean:
        return replace(tried, why="nothing was found, and figures of 0 recommend nothing")
    if present > DEPTH:
        return replace(tried, why=f"no more than {DEPTH} are measured")
    if chosen >= present:
        return tried
    if tried.after.mean < tried.before.mean - WORTH_A_PASSAGE:
        return replace(tried, why="fewer find less on the other half")
    return replace(tried, worth=True, why="fewer find as much on the other half, for fewer tokens")


def _enough(rankings: Sequence[Ranked], present: int) -> int:
    """Return how many passages find nearly all that ten do; the present where ten do not tell."""
    found = [float(np.mean(_recalls(rankings, depth))) for depth in range(DEPTH + 1)]
    # Where ten find nothing, one finds as much.
    if present > DEPTH or not found[DEPTH]:
        return present
    least = found[DEPTH] - WORTH_A_PASSAGE
    return next(depth for depth in range(1, DEPTH + 1) if found[depth] >= least)


def _recalls(rankings: Sequence[Ranked], depth: int) -> list[float]:
    return [recall(each.marked.marks, each.marked.wanted, depth) for each in rankings]


async def _values(
    index: MemoryIndex, questions: Sequence[Judged], embedder: Embedder, ranking: Ranking
) -> list[float]:
    return values(await ranked(SearchService(index, embedder, ranking), questions))

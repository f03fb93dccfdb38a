"""Searches: by words and by meaning, among what the caller may read and nothing else."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol
from uuid import UUID

import structlog

from quillwort.assistant.corpus import Kept
from quillwort.assistant.document_access import Reach
from quillwort.assistant.documents import ACCESS
from quillwort.assistant.embedding import Embedder
from quillwort.assistant.fusion import Fused, distinct
from quillwort.assistant.keywords import Scores, best, share, terms
from quillwort.assistant.nearness import Scale, Scales
from quillwort.assistant.passages import Chunk
from quillwort.assistant.ranking import Ranking
from quillwort.assistant.reembedding import settled
from quillwort.assistant.reranking import Reranker
from quillwort.domain.errors import FieldError, InvalidInput, Unavailable
from quillwort.domain.values import Principal

MAX_QUESTION: Final = 2000
"""Characters of a question; what it embeds is shorter still."""
MAX_HITS: Final = 50
DEFAULT_HITS: Final = 10
RERANKED: Final = 30
"""How many passages a reranker reads: it reads them one by one, while somebody waits."""
LOOKED_AT: Final = 200
"""How far down the ranking different passages are looked for: all that both halves find by default.
"""

_DEFAULT: Final = Ranking()

_log = structlog.get_logger(__name__)


class Searched(Protocol):
    """What a search needs of a corpus; `Corpus` says what each call does."""

    async def by_keywords(self, reach: Reach, terms: Sequence[str]) -> Scores:
        """Return the BM25 scores, the best first."""

    async def by_vector(
        self, reach: Reach, vector: Sequence[float], limit: int, model: str | None = None
    ) -> Mapping[int, float]:
        """Return the inner products of the nearest."""

    async def similarities(
        self, numbers: Sequence[int], vector: Sequence[float], model: str | None = None
    ) -> Mapping[int, float]:
        """Return the inner products of these."""

    async def passages(
        self, numbers: Sequence[int], reach: Reach, window: int = 0
    ) -> Mapping[int, Kept]:
        """Return those of these that may be read."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and why: its score, and what each half gave it.

    `version` is that of the document which the passage was indexed from. `context` is its text with
    that of its neighbours, for whoever writes an answer. `reranked` is
    what a reranker gave it; None when none was asked, or none answered. `shared` is the part of the
    question's words that it has, rare ones counting for more; 0 where keywords are not searched.
    `near` is how near its meaning is, on the scale of `nearness`; 0 where vectors are not searched,
    or the embedder knows nothing of their language.
    """

    document_id: UUID
    name: str
    title: str
    chunk: Chunk
    fused: Fused
    context: str = ""
    version: int = 0
    reranked: float | None = None
    shared: float = 0.0
    near: float = 0.0

    @property
    def in_context(self) -> str:
        """What an answer may rest on and quote: the passage, with its neighbours if it has any."""
        return self.context or self.chunk.text


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the best first.

    `degraded` says that vectors were to be searched and the embedder did not answer, so that
    these were found by keywords alone.
    """

    hits: tuple[Hit, ...]
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a query is searched: ranked so, by its vector of this model, on its scale."""

    ranking: Ranking
    vector: Sequence[float] = ()
    model: str = ""
    scale: Scale | None = None


class SearchService:
    """Finds passages."""

    def __init__(
        self,
        corpus: Searched,
        embedder: Embedder,
        ranking: Ranking = _DEFAULT,
        reranker: Reranker | None = None,
    ) -> None:
        self._corpus = corpus
        self._embedder = embedder
        self._ranking = ranking
        self._reranker = reranker
        self._scales = Scales()

    @property
    def reranks(self) -> bool:
        """Whether a reranker is asked."""
        return self._reranker is not None

    @property
    def passages(self) -> int:
        """How many passages an answer is drawn from."""
        return self._ranking.passages

    async def search(self, principal: Principal, query: str, limit: int = DEFAULT_HITS) -> Found:
        """Return the passages that answer the query best, the best first.

        While the embedder does not answer, keywords alone are searched.

        Raises:
            InvalidInput: when the query is empty or too long, or the limit out of bounds.
            PermissionDenied: without the scope.
            Unavailable: when the store does not answer.
        """
        reach = ACCESS.read(principal)
        check_question("query", query)
        if not 1 <= limit <= MAX_HITS:
            raise InvalidInput([FieldError("limit", f"must be between 1 and {MAX_HITS}")])
        asked = await self._asked(query)
        degraded = asked.ranking is not self._ranking
        fused, weights = await self._fused(reach, query, asked)
        if self._reranker is None:
            found = await self._hits(reach, fused, limit)
        else:
            several = await self._hits(reach, fused, max(limit, RERANKED))
            found = (await _reranked(self._reranker, query, several))[:limit]
        weighed = tuple(_weighed(hit, query, weights, asked.scale) for hit in found)
        return Found(weighed, degraded)

    async def _asked(self, query: str) -> _Asked:
        """Return how the query is searched: by one model, whichever serves in the meantime.

        By keywords where vectors do not count, or while the embedder is away.
        """
        if not self._ranking.by_meaning:
            return _Asked(self._ranking)
        try:
            embedder = await settled(self._embedder)
            (embedded,) = await embedder.embed([query], "question")
            vector: list[float] = embedded.tolist()
            return _Asked(self._ranking, vector, embedder.name, await self._scales.of(embedder))
        except Unavailable as error:
            _log.warning("searched by keywords alone", reason=error.message)
            return _Asked(replace(self._ranking, fusion="keyword"))

    async def _fused(
        self, reach: Reach, query: str, asked: _Asked
    ) -> tuple[list[Fused], Mapping[str, float]]:
        """Return one ranking, and how rare each word of the query is."""
        scored, nearest = await asyncio.gather(
            self._by_keywords(reach, query, asked.ranking), self._by_vector(reach, asked)
        )
        keyword, dense = scored.by_number(), dict(nearest)
        missing = sorted(keyword.keys() - dense.keys())
        if missing and asked.vector:
            dense |= await self._corpus.similarities(missing, asked.vector, asked.model)
        return asked.ranking.fused(keyword, dense, scored.full), scored.weights

    async def _by_keywords(self, reach: Reach, query: str, ranking: Ranking) -> Scores:
        asked = sorted(set(terms(query))) if ranking.by_keywords else []
        return best(await self._corpus.by_keywords(reach, asked), ranking.candidates)

    async def _by_vector(self, reach: Reach, asked: _Asked) -> Mapping[int, float]:
        if not asked.vector:
            return {}
        candidates = asked.ranking.candidates
        return await self._corpus.by_vector(reach, asked.vector, candidates, asked.model)

    async def _hits(self, reach: Reach, fused: Sequence[Fused], limit: int) -> tuple[Hit, ...]:
        """Return the first passages of the ranking that do not say what one before them says."""
        # Twice as many are mostly enough; the others are read when they are needed.
        found = await self._read(reach, fused[: 2 * limit])
        different = distinct([hit.chunk.text for hit in found], limit)
        if len(different) < limit and len(fused) > 2 * limit:
            found += await self._read(reach, fused[2 * limit : LOOKED_AT])
            different = distinct([hit.chunk.text for hit in found], limit)
        return tuple(found[place] for place in different)

    async def _read(self, reach: Reach, fused: Sequence[Fused]) -> list[Hit]:
        numbers = [each.number for each in fused]
        kept = await self._corpus.passages(numbers, reach, self._ranking.window)
        return [_hit(kept[each.number], each) for each in fused if each.number in kept]


def check_question(field: str, text: str) -> None:
    """Hold a question's bounds.

    Raises:
        InvalidInput: when it is empty or too long.
    """
    if not text.strip() or len(text) > MAX_QUESTION:
        raise InvalidInput([FieldError(field, f"must have 1 to {MAX_QUESTION} characters")])


async def _reranked(reranker: Reranker, query: str, found: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits in the reranker's order; in their own when it cannot be asked."""
    try:
        scores = await reranker.rerank(query, [hit.chunk.embedded for hit in found])
    except Unavailable as error:
        _log.warning("not reranked", reason=error.message)
        return tuple(found)
    scored = [replace(hit, reranked=score) for hit, score in zip(found, scores, strict=True)]
    return tuple(sorted(scored, key=lambda hit: -(hit.reranked or 0.0)))


def _weighed(hit: Hit, query: str, weights: Mapping[str, float], scale: Scale | None) -> Hit:
    shared = share(hit.chunk.embedded, weights)
    if scale is None or not scale.tells_of(query, hit.chunk.text):
        return replace(hit, shared=shared)
    return replace(hit, shared=shared, near=scale.nearness(hit.fused.dense))


def _hit(kept: Kept, fused: Fused) -> Hit:
    return Hit(
        kept.document_id, kept.name, kept.title, kept.chunk, fused, kept.context, kept.version
    )

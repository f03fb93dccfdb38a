"""Searches: by words and by meaning, among what the caller may read and nothing else."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from quillwort.assistant.corpus import Corpus, Kept
from quillwort.assistant.documents import ACCESS
from quillwort.assistant.embedding import Embedder
from quillwort.assistant.fusion import Fused, convex, distinct
from quillwort.assistant.keywords import best, terms
from quillwort.assistant.passages import Chunk
from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.domain.values import Principal

CANDIDATES: Final = 100
"""How many of each half are fused."""
MAX_QUESTION: Final = 2000
"""Characters of a question; what it embeds is shorter still."""
MAX_HITS: Final = 50
DEFAULT_HITS: Final = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and why: its score, and what each half gave it."""

    document_id: UUID
    name: str
    title: str
    chunk: Chunk
    fused: Fused


class SearchService:
    """Finds passages."""

    def __init__(self, corpus: Corpus, embedder: Embedder) -> None:
        self._corpus = corpus
        self._embedder = embedder

    async def search(
        self, principal: Principal, query: str, limit: int = DEFAULT_HITS
    ) -> tuple[Hit, ...]:
        """Return the passages that answer the query best, the best first.

        Raises:
            InvalidInput: when the query is empty or too long, or the limit out of bounds.
            PermissionDenied: without the scope.
            Unavailable: when the store or the embedder does not answer.
        """
        owner = ACCESS.read(principal)
        check_question("query", query)
        if not 1 <= limit <= MAX_HITS:
            raise InvalidInput([FieldError("limit", f"must be between 1 and {MAX_HITS}")])
        fused = await self._fused(owner, query)
        return await self._hits(owner, fused, limit)

    async def _fused(self, owner: str | None, query: str) -> list[Fused]:
        (embedded,) = await self._embedder.embed([query])
        vector: Sequence[float] = embedded.tolist()
        model = self._embedder.name
        scored, nearest = await asyncio.gather(
            self._corpus.by_keywords(owner, sorted(set(terms(query)))),
            self._corpus.by_vector(owner, vector, CANDIDATES, model),
        )
        keyword = best(scored, CANDIDATES).by_number()
        dense = dict(nearest)
        if missing := sorted(keyword.keys() - dense.keys()):
            dense |= await self._corpus.similarities(missing, vector, model)
        return convex(keyword, dense)

    async def _hits(self, owner: str | None, fused: Sequence[Fused], limit: int) -> tuple[Hit, ...]:
        # Twice as many, for some may say what others say already.
        first = fused[: 2 * limit]
        kept = await self._corpus.passages([each.number for each in first], owner)
        found = [_hit(kept[each.number], each) for each in first if each.number in kept]
        different = distinct([hit.chunk.text for hit in found])
        return tuple(found[place] for place in different[:limit])


def check_question(field: str, text: str) -> None:
    """Hold a question's bounds.

    Raises:
        InvalidInput: when it is empty or too long.
    """
    if not text.strip() or len(text) > MAX_QUESTION:
        raise InvalidInput([FieldError(field, f"must have 1 to {MAX_QUESTION} characters")])


def _hit(kept: Kept, fused: Fused) -> Hit:
    return Hit(kept.document_id, kept.name, kept.title, kept.chunk, fused)

"""Documents in memory, searched as those in a store are: to measure another way of cutting them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

import numpy as np

from quillwort.assistant.chunking import ChunkLimits, chunked
from quillwort.assistant.corpus import Kept
from quillwort.assistant.document_access import Reach
from quillwort.assistant.embedding import Embedder, Vectors
from quillwort.assistant.keywords import PAGE, Scores, Statistics, indexed, length, scores
from quillwort.assistant.loading import Loaded

_NAMES: Final = UUID("6e6f7420-6120-7265-616c-20646f63756d")


@dataclass(frozen=True, slots=True)
class MemoryIndex:
    """The passages of some documents, with their keywords and vectors; everybody may read them."""

    kept: tuple[Kept, ...]
    vectors: Vectors
    postings: Mapping[str, Mapping[int, bytes]]
    statistics: Statistics

    async def by_keywords(self, reach: Reach, terms: Sequence[str]) -> Scores:
        """Return the BM25 score of every passage that has one of the terms, the best first."""
        del reach
        rows = [
            (term, page, entries)
            for term in terms
            for page, entries in self.postings.get(term, {}).items()
        ]
        return scores(rows, self.statistics, terms)

    async def by_vector(
        self, reach: Reach, vector: Sequence[float], limit: int, model: str | None = None
    ) -> Mapping[int, float]:
        """Return the inner products of the nearest passages, by their numbers."""
        del reach, model
        products = self.vectors @ np.asarray(vector, np.float32)
        nearest = np.argsort(-products, kind="stable")[:limit]
        return {int(number): float(products[number]) for number in nearest}

    async def similarities(
        self, numbers: Sequence[int], vector: Sequence[float], model: str | None = None
    ) -> Mapping[int, float]:
        """Return the inner products of these passages, by their numbers."""
        del model
        products = self.vectors[list(numbers)] @ np.asarray(vector, np.float32)
        return dict(zip(numbers, products.tolist(), strict=True))

    async def passages(
        self, numbers: Sequence[int], reach: Reach, window: int = 0
    ) -> Mapping[int, Kept]:
        """Return these passages by their numbers, without neighbours: they change no ranking."""
        del reach, window
        return {number: self.kept[number] for number in numbers}


def cut(
    documents: Mapping[str, Loaded], embedder: Embedder, limits: ChunkLimits
) -> tuple[Kept, ...]:
    """Return the passages of documents by their names, cut within the limits."""
    return tuple(
        Kept(number, uuid5(_NAMES, name), name, title, chunk, version=1)
        for number, (name, title, chunk) in enumerate(
            (name, loaded.title, chunk)
            for name, loaded in sorted(documents.items())
            for chunk in chunked(loaded.blocks, embedder.count, limits)
        )
    )


async def memory_index(
    documents: Mapping[str, Loaded], embedder: Embedder, limits: ChunkLimits
) -> MemoryIndex:
    """Return an index of documents by their names, cut within the limits.

    Raises:
        Unavailable: when the embedder does not answer.
    """
    return await indexed_passages(cut(documents, embedder, limits), embedder)


async def indexed_passages(kept: tuple[Kept, ...], embedder: Embedder) -> MemoryIndex:
    """Return an index of passages, numbered as `cut` numbers them.

    Raises:
        Unavailable: when the embedder does not answer.
    """
    texts = [each.chunk.embedded for each in kept]
    postings: dict[str, dict[int, bytes]] = {}
    for number, text in enumerate(texts):
        for term, entry in indexed(number, text).items():
            page = postings.setdefault(term, {})
            page[number // PAGE] = page.get(number // PAGE, b"") + entry
    statistics = Statistics(len(texts), sum(map(length, texts)))
    return MemoryIndex(kept, await embedder.embed(texts), postings, statistics)

"""A corpus with its vectors in Qdrant for tests: the library's own store in memory, no server."""

import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from qdrant_client import AsyncQdrantClient

from corpora import Counts
from corpus_in_postgresql import PostgresqlStore
from quillwort.adapters.corpus.postgresql import MOST_ATTEMPTS, PostgresqlCorpus
from quillwort.adapters.corpus.qdrant import QdrantCorpus
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.reembedding import Moves
from word_embedder import WordEmbedder


@dataclass(frozen=True, slots=True)
class QdrantStore:
    """The corpus over a database of the test's own and points in memory."""

    corpus: Corpus
    rows: PostgresqlStore
    client: AsyncQdrantClient
    attempts: int = MOST_ATTEMPTS

    @property
    def moves(self) -> Moves:
        return self.rows.moves

    @property
    def location(self) -> tuple[str, str]:
        return self.rows.location

    async def contradictions(self) -> list[str]:
        return await self.rows.contradictions()

    async def counts(self) -> Counts:
        """Return how much there is; as many vectors as Qdrant has, which are no more elsewhere."""
        counts = await self.rows.counts()
        points = await self._points()
        assert points == counts.vectors
        return replace(counts, vectors=points)

    async def lapse(self) -> None:
        await self.rows.lapse()

    @asynccontextmanager
    async def again(self) -> AsyncIterator[Corpus]:
        yield QdrantCorpus(self.rows.database, self.client, WordEmbedder())

    async def _points(self) -> int:
        found = (await self.client.get_collections()).collections
        return sum([(await self.client.count(each.name)).count for each in found])


@asynccontextmanager
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[QdrantStore]:
    url: str = request.getfixturevalue("database_url")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Payload indexes have no effect")
        client = AsyncQdrantClient(":memory:")
        async with Database(url, DatabaseSettings(url=url, pool_size=4)) as database:
            corpus = QdrantCorpus(database, client, WordEmbedder())
            rows = PostgresqlStore(PostgresqlCorpus(database), database, url)
            yield QdrantStore(corpus, rows, client)
        await client.close()

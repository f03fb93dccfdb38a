"""A corpus in PostgreSQL for tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from corpora import Counts
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.postgresql.database import Database, Row
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.corpus import Corpus

COUNTS = """
SELECT (SELECT count(*) FROM chunks), (SELECT count(embedding) FROM chunks),
    (SELECT count(*) FROM postings),
    (SELECT coalesce(sum(chunks), 0)::int FROM keyword_statistics),
    (SELECT coalesce(sum(terms), 0)::int FROM keyword_statistics)"""
LAPSE = "UPDATE documents SET claimed_until = now() - interval '1 second'"


@dataclass(frozen=True, slots=True)
class PostgresqlStore:
    """The corpus over a database of the test's own."""

    corpus: Corpus
    database: Database

    async def counts(self) -> Counts:
        counted = await self.database.one(COUNTS, {}, _counts)
        assert counted is not None
        return counted

    async def lapse(self) -> None:
        async with self.database.connection() as connection:
            await connection.execute(LAPSE)

    @asynccontextmanager
    async def again(self) -> AsyncIterator[Corpus]:
        yield PostgresqlCorpus(self.database)


@asynccontextmanager
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[PostgresqlStore]:
    url: str = request.getfixturevalue("database_url")
    async with Database(url, DatabaseSettings(url=url, pool_size=4)) as database:
        yield PostgresqlStore(PostgresqlCorpus(database), database)


def _counts(row: Row) -> Counts:
    return Counts(*row)

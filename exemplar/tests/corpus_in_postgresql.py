"""A corpus in PostgreSQL for tests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from psycopg.sql import SQL, Identifier

from consistency import contradictions
from corpora import Counts
from quillwort.adapters.corpus.moving import PostgresqlMoves
from quillwort.adapters.corpus.postgresql import MOST_ATTEMPTS, PostgresqlCorpus
from quillwort.adapters.postgresql.database import Connection, Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.reembedding import Moves

VECTORS = """
SELECT tablename FROM pg_tables
WHERE schemaname = current_schema() AND tablename ~ '^(fresh_)?vectors_[0-9a-f]{16}$'"""
COUNTED = """
SELECT coalesce(sum(chunks), 0)::int, coalesce(sum(terms), 0)::int FROM keyword_statistics"""
LAPSE = "UPDATE documents SET claimed_until = now() - interval '1 second'"


@dataclass(frozen=True, slots=True)
class PostgresqlStore:
    """The corpus over a database of the test's own."""

    corpus: Corpus
    database: Database
    url: str
    attempts: int = MOST_ATTEMPTS

    @property
    def moves(self) -> Moves:
        return PostgresqlMoves(self.database)

    @property
    def location(self) -> tuple[str, str]:
        return "postgresql", self.url

    async def contradictions(self) -> list[str]:
        return await asyncio.to_thread(contradictions, self.url)

    async def counts(self) -> Counts:
        async with self.database.connection() as connection:
            tables = [name async for (name,) in await connection.execute(VECTORS)]
            counted = await (await connection.execute(COUNTED)).fetchone()
            assert counted is not None
            return Counts(
                await _rows(connection, "chunks"),
                sum([await _rows(connection, table) for table in tables]),
                await _rows(connection, "staged_vectors"),
                await _rows(connection, "postings"),
                *counted,
            )

    async def lapse(self) -> None:
        async with self.database.connection() as connection:
            await connection.execute(LAPSE)

    @asynccontextmanager
    async def again(self) -> AsyncIterator[Corpus]:
        yield PostgresqlCorpus(self.database)


@asynccontextmanager
async def reached(place: str) -> AsyncIterator[Corpus]:
    """Open the corpus in the database of that URL."""
    async with Database(place, DatabaseSettings(url=place, pool_size=4)) as database:
        yield PostgresqlCorpus(database)


@asynccontextmanager
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[PostgresqlStore]:
    url: str = request.getfixturevalue("database_url")
    async with Database(url, DatabaseSettings(url=url, pool_size=4)) as database:
        yield PostgresqlStore(PostgresqlCorpus(database), database, url)


async def _rows(connection: Connection, table: str) -> int:
    query = SQL("SELECT count(*) FROM {}").format(Identifier(table))
    row = await (await connection.execute(query)).fetchone()
    assert row is not None
    return int(row[0])

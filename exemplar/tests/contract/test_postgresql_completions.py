"""Completions in PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from completions_suite import ANSWER, CompletionsSuite, published, source
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.ledger.completions import PostgresqlCompletions
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.gateway.completions import Bounds
from quillwort.assistant.language_models import Source

NOTHING: frozenset[Source] = frozenset()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, DatabaseSettings(url=database_url, pool_size=4)) as database:
        yield database


@pytest.fixture
def corpus(database: Database) -> PostgresqlCorpus:
    return PostgresqlCorpus(database)


@pytest.fixture
def kept(database: Database) -> PostgresqlCompletions:
    return PostgresqlCompletions(database, Bounds(1, 10))


class TestPostgresqlCompletions(CompletionsSuite):
    """Runs what holds everywhere."""


async def test_completions_are_kept_for_so_long(database: Database) -> None:
    kept = PostgresqlCompletions(database, Bounds(1, 10))
    assert await kept.get(b"1") is None
    await kept.put(b"1", ANSWER, NOTHING)
    assert await kept.get(b"1") == ANSWER
    too_old = PostgresqlCompletions(database, Bounds(0, 10))
    assert await too_old.get(b"1") is None
    await too_old.tidy()
    assert await kept.get(b"1") is None


async def test_the_oldest_go_when_there_are_too_many(database: Database) -> None:
    kept = PostgresqlCompletions(database, Bounds(1, 2))
    for key in (b"1", b"2", b"3"):
        await kept.put(key, ANSWER, NOTHING)
    await kept.tidy()
    assert [await kept.get(key) for key in (b"1", b"2", b"3")] == [None, ANSWER, ANSWER]


async def test_what_rests_on_a_document_that_is_being_changed_is_not_kept(
    database: Database, corpus: PostgresqlCorpus, kept: PostgresqlCompletions
) -> None:
    trees = await published(corpus, "trees", "oaks are tall")
    async with database.connection() as connection, connection.transaction():
        await connection.execute("UPDATE documents SET chunks = chunks")
        await kept.put(b"1", ANSWER, {source(trees)})
        assert await kept.get(b"1") is None
    await kept.put(b"1", ANSWER, {source(trees)})
    assert await kept.get(b"1") == ANSWER

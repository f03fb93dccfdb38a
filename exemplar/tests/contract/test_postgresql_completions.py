"""Completions in PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from documents import document, of
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.ledger.completions import PostgresqlCompletions
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.gateway.completions import Bounds, Completion

ANSWER = Completion("a", "Paris is.")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, DatabaseSettings(url=database_url, pool_size=4)) as database:
        yield database


async def test_completions_are_kept_for_so_long(database: Database) -> None:
    kept = PostgresqlCompletions(database, Bounds(1, 10))
    assert await kept.get(b"1") is None
    await kept.put(b"1", "ada", ANSWER)
    assert await kept.get(b"1") == ANSWER
    too_old = PostgresqlCompletions(database, Bounds(0, 10))
    assert await too_old.get(b"1") is None
    await too_old.tidy()
    assert await kept.get(b"1") is None


async def test_the_oldest_go_when_there_are_too_many(database: Database) -> None:
    kept = PostgresqlCompletions(database, Bounds(1, 2))
    for key in (b"1", b"2", b"3"):
        await kept.put(key, "ada", ANSWER)
    await kept.tidy()
    assert [await kept.get(key) for key in (b"1", b"2", b"3")] == [None, ANSWER, ANSWER]


async def test_a_change_of_the_documents_takes_their_owners_completions_along(
    database: Database,
) -> None:
    kept, corpus = PostgresqlCompletions(database, Bounds(1, 10)), PostgresqlCorpus(database)

    async def left() -> list[bool]:
        held = [await kept.get(b"1") is not None, await kept.get(b"2") is not None]
        await kept.put(b"1", "ada", ANSWER)
        await kept.put(b"2", "bob", ANSWER)
        return held

    await left()
    first = await corpus.submit(document("trees", b"oak", "ada"), b"oak")
    assert await left() == [True, True]
    await corpus.submit(document("trees", b"elm", "ada"), b"elm")
    assert await left() == [False, True]
    await corpus.remove(first.id, of("ada"))
    assert await left() == [False, True]

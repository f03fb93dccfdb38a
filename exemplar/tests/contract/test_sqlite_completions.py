"""Completions in the SQLite file of the documents."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from documents import document, of
from quillwort.adapters.corpus.sqlite import SqliteCorpus
from quillwort.adapters.corpus.sqlite_schema import STEPS
from quillwort.adapters.ledger.sqlite import SqliteCompletions
from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.assistant.gateway.completions import Bounds, Completion

ANSWER = Completion("a", "Paris is.")


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[SqliteFile]:
    async with SqliteFile(tmp_path / "corpus.sqlite3", STEPS) as file:
        yield file


async def test_completions_are_kept_for_so_long(file: SqliteFile) -> None:
    kept = SqliteCompletions(file, Bounds(1, 10))
    assert await kept.get(b"1") is None
    await kept.put(b"1", "ada", ANSWER)
    assert await kept.get(b"1") == ANSWER
    too_old = SqliteCompletions(file, Bounds(0, 10))
    assert await too_old.get(b"1") is None
    await too_old.put(b"2", "ada", ANSWER)
    assert await kept.get(b"1") is None


async def test_the_oldest_go_when_there_are_too_many(file: SqliteFile) -> None:
    kept = SqliteCompletions(file, Bounds(1, 2))
    for key in (b"1", b"2", b"3"):
        await kept.put(key, "ada", ANSWER)
    assert [await kept.get(key) for key in (b"1", b"2", b"3")] == [None, ANSWER, ANSWER]


async def test_a_change_of_the_documents_takes_their_owners_completions_along(
    file: SqliteFile,
) -> None:
    kept, corpus = SqliteCompletions(file, Bounds(1, 10)), SqliteCorpus(file)

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

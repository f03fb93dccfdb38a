"""Completions in the SQLite file of the documents."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from completions_suite import ANSWER, CompletionsSuite
from quillwort.adapters.corpus.sqlite import SqliteCorpus
from quillwort.adapters.corpus.sqlite_schema import STEPS
from quillwort.adapters.ledger.sqlite import SqliteCompletions
from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.assistant.gateway.completions import Bounds
from quillwort.assistant.language_models import Source

NOTHING: frozenset[Source] = frozenset()


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[SqliteFile]:
    async with SqliteFile(tmp_path / "corpus.sqlite3", STEPS) as file:
        yield file


@pytest.fixture
def corpus(file: SqliteFile) -> SqliteCorpus:
    return SqliteCorpus(file)


@pytest.fixture
def kept(file: SqliteFile) -> SqliteCompletions:
    return SqliteCompletions(file, Bounds(1, 10))


class TestSqliteCompletions(CompletionsSuite):
    """Runs what holds everywhere."""


async def test_completions_are_kept_for_so_long(file: SqliteFile) -> None:
    kept = SqliteCompletions(file, Bounds(1, 10))
    assert await kept.get(b"1") is None
    await kept.put(b"1", ANSWER, NOTHING)
    assert await kept.get(b"1") == ANSWER
    too_old = SqliteCompletions(file, Bounds(0, 10))
    assert await too_old.get(b"1") is None
    await too_old.put(b"2", ANSWER, NOTHING)
    assert await kept.get(b"1") is None


async def test_the_oldest_go_when_there_are_too_many(file: SqliteFile) -> None:
    kept = SqliteCompletions(file, Bounds(1, 2))
    for key in (b"1", b"2", b"3"):
        await kept.put(key, ANSWER, NOTHING)
    assert [await kept.get(key) for key in (b"1", b"2", b"3")] == [None, ANSWER, ANSWER]

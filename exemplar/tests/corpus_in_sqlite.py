"""A corpus in a SQLite file for tests."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpora import Counts
from quillwort.adapters.corpus.sqlite import MOST_ATTEMPTS, SqliteCorpus
from quillwort.adapters.corpus.sqlite_schema import STEPS
from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.assistant.corpus import Corpus

COUNTS = """
SELECT (SELECT count(*) FROM chunks), (SELECT count(*) FROM vectors),
    (SELECT count(*) FROM staged_vectors), (SELECT count(*) FROM postings),
    (SELECT coalesce(sum(chunks), 0) FROM keyword_statistics),
    (SELECT coalesce(sum(terms), 0) FROM keyword_statistics)"""
LAPSE = "UPDATE documents SET claimed_until = 0 WHERE claimed_until IS NOT NULL"


@dataclass(frozen=True, slots=True)
class SqliteStore:
    """The corpus over a file of the test's own."""

    corpus: Corpus
    path: Path
    attempts: int = MOST_ATTEMPTS

    async def counts(self) -> Counts:
        with closing(sqlite3.connect(self.path)) as connection:
            return Counts(*connection.execute(COUNTS).fetchone())

    async def lapse(self) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(LAPSE)

    @asynccontextmanager
    async def again(self) -> AsyncIterator[Corpus]:
        async with SqliteFile(self.path, STEPS) as file:
            yield SqliteCorpus(file)


@asynccontextmanager
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[SqliteStore]:
    directory: Path = request.getfixturevalue("tmp_path")
    path = directory / "corpus.sqlite3"
    async with SqliteFile(path, STEPS) as file:
        yield SqliteStore(SqliteCorpus(file), path)

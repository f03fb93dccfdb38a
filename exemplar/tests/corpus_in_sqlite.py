"""A corpus in a SQLite file for tests."""

import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpora import Counts
from quillwort.adapters.corpus.sqlite import MOST_ATTEMPTS, SqliteCorpus
from quillwort.adapters.corpus.sqlite_chunks import chunk
from quillwort.adapters.corpus.sqlite_moves import SqliteMoves
from quillwort.adapters.corpus.sqlite_schema import STEPS
from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.keywords import PAGE, indexed, length
from quillwort.assistant.reembedding import Moves

COUNTS = """
SELECT (SELECT count(*) FROM chunks), (SELECT count(*) FROM vectors),
    (SELECT count(*) FROM staged_vectors), (SELECT count(*) FROM postings),
    (SELECT coalesce(sum(chunks), 0) FROM keyword_statistics),
    (SELECT coalesce(sum(terms), 0) FROM keyword_statistics)"""
CONTRADICTIONS = {
    "documents tell of other chunks than they have": """
        SELECT count(*) FROM documents d WHERE status <> 'queued' AND chunks <> (
            SELECT count(*) FROM chunks WHERE document_id = d.id
        )""",
    "documents have lost their bytes": """
        SELECT count(*) FROM documents
        WHERE id NOT IN (SELECT document_id FROM document_contents)""",
    "vectors are staged for documents that are done": """
        SELECT count(*) FROM staged_vectors s JOIN documents d ON d.id = s.document_id
        WHERE d.status <> 'queued'""",
    "vectors are orphans": """
        SELECT count(*) FROM vectors WHERE number NOT IN (SELECT number FROM chunks)""",
    "chunks have not one vector each": """
        SELECT count(*) FROM chunks c
        WHERE 1 <> (SELECT count(*) FROM vectors WHERE number = c.number)""",
    "keys point nowhere": "SELECT count(*) FROM pragma_foreign_key_check",
}
CHUNKS = """
SELECT number, owner_id, key, position, headings, text, tokens, page FROM chunks ORDER BY number"""
POSTINGS = "SELECT owner_id, term, page, entries FROM postings"
STATISTICS = "SELECT owner_id, chunks, terms FROM keyword_statistics"
LAPSE = "UPDATE documents SET claimed_until = 0 WHERE claimed_until IS NOT NULL"


@dataclass(frozen=True, slots=True)
class SqliteStore:
    """The corpus over a file of the test's own."""

    corpus: Corpus
    moves: Moves
    path: Path
    attempts: int = MOST_ATTEMPTS

    @property
    def location(self) -> tuple[str, str]:
        return "sqlite", str(self.path)

    async def contradictions(self) -> list[str]:
        with closing(sqlite3.connect(self.path)) as connection:
            return [
                f"{count} {what}"
                for what, query in CONTRADICTIONS.items()
                for (count,) in connection.execute(query)
                if count
            ] + _keywords(connection)

    async def counts(self) -> Counts:
        with closing(sqlite3.connect(self.path)) as connection:
            return Counts(*connection.execute(COUNTS).fetchone())

    async def lapse(self) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(LAPSE)

    @asynccontextmanager
    async def again(self) -> AsyncIterator[Corpus]:
        async with reached(str(self.path)) as corpus:
            yield corpus


@asynccontextmanager
async def reached(place: str) -> AsyncIterator[Corpus]:
    """Open the corpus at the path."""
    async with SqliteFile(Path(place), STEPS) as file:
        yield SqliteCorpus(file)


@asynccontextmanager
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[SqliteStore]:
    directory: Path = request.getfixturevalue("tmp_path")
    path = directory / "corpus.sqlite3"
    async with SqliteFile(path, STEPS) as file:
        yield SqliteStore(SqliteCorpus(file), SqliteMoves(file), path)


def _keywords(connection: sqlite3.Connection) -> list[str]:
    expected: dict[tuple[str, str, int], bytes] = defaultdict(bytes)
    counted: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for number, owner, *rest in connection.execute(CHUNKS):
        text = chunk(tuple(rest)).embedded
        for term, entries in indexed(number, text).items():
            expected[owner, term, number // PAGE] += entries
        chunks, terms = counted[owner]
        counted[owner] = (chunks + 1, terms + length(text))
    there = {tuple(place): entries for *place, entries in connection.execute(POSTINGS)}
    told = {owner: (chunks, terms) for owner, chunks, terms in connection.execute(STATISTICS)}
    wrong = [f"{place} is not as its chunks are" for place in expected.keys() ^ there.keys()]
    wrong += [
        f"{place} differs"
        for place in expected.keys() & there.keys()
        if expected[place] != there[place]
    ]
    return wrong + [f"{owner} counts wrong" for owner in told if told[owner] != counted[owner]]

"""Whether what is kept of documents fits together: text, keywords, vectors, statistics, bytes."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import psycopg
from psycopg.sql import SQL, Composable, Identifier

from quillwort.adapters.corpus.chunks import chunk
from quillwort.assistant.keywords import PAGE, indexed, length

MODELS = """\
SELECT tablename FROM pg_tables
WHERE schemaname = current_schema() AND tablename ~ '^(fresh_)?vectors_[0-9a-f]{16}$'"""
DOCUMENTS = """\
SELECT d.name, d.status, d.chunks, count(c.number), EXISTS (
    SELECT FROM document_contents WHERE document_id = d.id
)
FROM documents d LEFT JOIN chunks c ON c.document_id = d.id GROUP BY d.id"""
STAGED = """\
SELECT count(*) FROM staged_vectors s JOIN documents d ON d.id = s.document_id
WHERE d.status <> 'queued'"""


def contradictions(url: str) -> list[str]:
    """Return what does not fit together, a line each."""
    with psycopg.connect(url) as connection:
        # One moment of all tables: vectors move from one to another meanwhile.
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        chunks = _rows(
            connection,
            "SELECT number, owner_id, key, position, headings, text, tokens, page FROM chunks",
        )
        texts = {row[0]: (row[1], chunk(row[2:]).embedded) for row in chunks}
        return [
            *_documents(connection),
            *_vectors(connection, set(texts)),
            *_keywords(connection, texts),
        ]


def _documents(connection: psycopg.Connection[Any]) -> Iterator[str]:
    for name, status, told, there, content in _rows(connection, DOCUMENTS):
        if status != "queued" and told != there:
            yield f"{name} tells of {told} chunks and has {there}"
        if not content:
            yield f"{name} has lost its bytes"
    if _rows(connection, STAGED) != [(0,)]:
        yield "vectors are staged for documents that are done"


def _vectors(connection: psycopg.Connection[Any], numbers: set[int]) -> Iterator[str]:
    found: Counter[int] = Counter()
    for (table,) in _rows(connection, MODELS):
        query = SQL("SELECT chunk FROM {}").format(Identifier(table))
        found.update(number for (number,) in _rows(connection, query))
    yield from (f"the vector of {number} is an orphan" for number in found.keys() - numbers)
    yield from (f"chunk {number} has no vector" for number in numbers - found.keys())
    yield from (f"chunk {number} has {many} vectors" for number, many in found.items() if many > 1)


def _keywords(
    connection: psycopg.Connection[Any], texts: Mapping[int, tuple[str, str]]
) -> Iterator[str]:
    expected: dict[tuple[str, str, int], bytes] = defaultdict(bytes)
    counted: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for number, (owner, text) in sorted(texts.items()):
        for term, entries in indexed(number, text).items():
            expected[owner, term, number // PAGE] += entries
        chunks, terms = counted[owner]
        counted[owner] = (chunks + 1, terms + length(text))
    there = {
        (owner, term, page): bytes(entries)
        for owner, term, page, entries in _rows(connection, "TABLE postings")
    }
    for place in chain(expected.keys() - there.keys(), there.keys() - expected.keys()):
        yield f"the postings of {place} are {'an orphan' if place in there else 'missing'}"
    for place in expected.keys() & there.keys():
        if expected[place] != there[place]:
            yield f"the postings of {place} are not those of the chunks"
    for owner, chunks, terms in _rows(connection, "TABLE keyword_statistics"):
        if (chunks, terms) != counted[owner]:
            yield f"the statistics of {owner} are ({chunks}, {terms}), not {counted[owner]}"


def _rows(connection: psycopg.Connection[Any], query: str | Composable) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()  # type: ignore[arg-type] # constants of this module

"""Chunks in a SQLite file, and how those of a document come into the indexes and out of them."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from quillwort.adapters.corpus import sqlite_postings as postings
from quillwort.adapters.corpus import sqlite_vectors as vectors
from quillwort.adapters.sqlite.file import Row
from quillwort.adapters.sqlite.rows import insert
from quillwort.assistant.corpus import Kept
from quillwort.assistant.documents import Document
from quillwort.assistant.embedding import Vectors
from quillwort.assistant.passages import Chunk

_PRESENT: Final = """\
SELECT number, key, position, headings, text, tokens, page FROM chunks WHERE document_id = :id"""

_FORGET: Final = "DELETE FROM chunks WHERE number = ?"

_LAST: Final = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'chunks'"

_MOVE: Final = "UPDATE chunks SET position = ?, page = ? WHERE number = ?"

_INTO: Final = """\
chunks (number, owner_id, document_id, key, position, headings, text, tokens, page, digest)"""

PASSAGES: Final = """\
SELECT c.number, c.document_id, d.name, d.title, d.indexed_version, c.key, c.position, c.headings,
    c.text, c.tokens, c.page, CASE WHEN :window = 0 THEN c.text ELSE (
        SELECT group_concat(text, char(10, 10)) FROM (
            SELECT n.text FROM chunks n
            WHERE n.document_id = c.document_id AND n.headings = c.headings
                AND n.position BETWEEN c.position - :window AND c.position + :window
            ORDER BY n.position)) END
FROM chunks c JOIN documents d ON d.id = c.document_id
WHERE c.number IN (SELECT value FROM json_each(:numbers))
    AND (:labels IS NULL OR c.owner_id IN (SELECT value FROM json_each(:labels)))"""


def replace(
    connection: sqlite3.Connection,
    document: Document,
    model: int,
    chunks: Sequence[Chunk],
    made: Vectors,
) -> None:
    """Put chunks and their vectors in the place of the document's present ones.

    A chunk whose key is there stays as it is, and at most changes its place.
    """
    there = _present(connection, document.id)
    stays: list[tuple[int, Chunk, Vectors]] = []
    comes: list[tuple[Chunk, Vectors]] = []
    for chunk, vector in zip(chunks, made, strict=True):
        if chunk.key in there:
            number, _ = there.pop(chunk.key)
            stays.append((number, chunk, vector))
        else:
            comes.append((chunk, vector))
    gone = {number: chunk.embedded for number, chunk in there.values()}
    _forget(connection, document.owner_id, gone)
    connection.executemany(_MOVE, ((c.position, c.page, number) for number, c, _ in stays))
    (last,) = connection.execute(_LAST).fetchone()
    new = {number: chunk for number, (chunk, _) in enumerate(comes, last + 1)}
    insert(connection, _INTO, (_row(number, document, chunk) for number, chunk in new.items()))
    postings.add(connection, document.owner_id, {n: chunk.embedded for n, chunk in new.items()})
    having = [(number, vector) for number, _, vector in stays]
    having += zip(new, (vector for _, vector in comes), strict=True)
    owner = document.owner_id
    vectors.keep(connection, model, ((number, owner, vector) for number, vector in having))
    vectors.unstage(connection, document.id.bytes)
    vectors.changed(connection, gone)


def forget(connection: sqlite3.Connection, owner_id: str, document_id: UUID) -> None:
    """Take all of a document out of every index."""
    there = _present(connection, document_id)
    gone = {number: chunk.embedded for number, chunk in there.values()}
    _forget(connection, owner_id, gone)
    vectors.unstage(connection, document_id.bytes)
    if gone:
        vectors.changed(connection, gone)


def kept(row: Row) -> Kept:
    """Return the chunk of a row of `PASSAGES`, and its document."""
    (number, document_id, name, title, version, *rest, context) = row
    found = chunk(tuple(rest))
    return Kept(number, UUID(bytes=document_id), name, title, found, version, context)


def chunk(row: Row) -> Chunk:
    """Return the chunk of a row that begins with its key."""
    (key, position, headings, text, tokens, page) = row
    return Chunk(key, position, tuple(json.loads(headings)), text, tokens, page)


def _present(connection: sqlite3.Connection, document_id: UUID) -> dict[str, tuple[int, Chunk]]:
    """Return the chunks of a document and their numbers, by their keys."""
    rows = connection.execute(_PRESENT, {"id": document_id.bytes}).fetchall()
    found = ((number, chunk(tuple(rest))) for number, *rest in rows)
    return {chunk.key: (number, chunk) for number, chunk in found}


def _forget(connection: sqlite3.Connection, owner_id: str, gone: Mapping[int, str]) -> None:
    """Take chunks, which have these texts, out of every index; their vectors go with them."""
    if gone:
        postings.remove(connection, owner_id, gone)
        connection.executemany(_FORGET, ((number,) for number in gone))


def _row(number: int, document: Document, chunk: Chunk) -> Row:
    return (
        number,
        document.owner_id,
        document.id.bytes,
        chunk.key,
        chunk.position,
        json.dumps(chunk.headings, ensure_ascii=False),
        chunk.text,
        chunk.tokens,
        chunk.page,
        chunk.digest,
    )

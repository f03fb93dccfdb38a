"""The corpus in a SQLite file: text, postings and vectors of a document in one transaction."""

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import numpy as np

from quillwort.adapters.corpus import sqlite_documents as documents
from quillwort.adapters.corpus import sqlite_postings as postings
from quillwort.adapters.corpus import sqlite_vectors as memory
from quillwort.adapters.sqlite.file import Row, SqliteFile
from quillwort.assistant.corpus import Claimed, Kept
from quillwort.assistant.documents import Document, DocumentQuery
from quillwort.assistant.embedding import Vectors
from quillwort.assistant.keywords import Scores
from quillwort.assistant.passages import Chunk
from quillwort.domain.values import Page

CLAIM_SECONDS: Final = 300
"""How long a document is one worker's; after that it counts as left, and another takes it."""
MOST_ATTEMPTS: Final = 3
"""A document that ends the process each time must not be tried for ever."""

_CHUNKS: Final = """\
SELECT number, key, position, headings, text, tokens, page FROM chunks WHERE document_id = :id"""

_FORGET: Final = "DELETE FROM chunks WHERE document_id = :id"

_LAST: Final = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'chunks'"

_KEEP: Final = """\
INSERT INTO chunks (
    number, owner_id, document_id, key, position, headings, text, tokens, page
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""

_EMBEDDED: Final = """\
SELECT c.key, v.embedding
FROM chunks c JOIN vectors v ON v.number = c.number
WHERE c.document_id = :id AND v.model = :model"""

_VECTORS: Final = """\
SELECT number, embedding FROM vectors WHERE number IN (SELECT value FROM json_each(:numbers))"""

_PASSAGES: Final = """\
SELECT c.number, c.document_id, d.name, d.title, c.key, c.position, c.headings, c.text, c.tokens,
    c.page
FROM chunks c JOIN documents d ON d.id = c.document_id
WHERE c.number IN (SELECT value FROM json_each(:numbers))
    AND (:owner IS NULL OR c.owner_id = :owner)"""


class SqliteCorpus:
    """The `Corpus` over one SQLite file."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file
        self._memory = memory.VectorMemory()

    async def submit(self, document: Document, content: bytes) -> Document:
        """Keep the row and the bytes."""

        def work(connection: sqlite3.Connection) -> Document:
            parameters = documents.submitted(document)
            changed = connection.execute(documents.SUBMIT, parameters).rowcount
            row = connection.execute(documents.BY_NAME, parameters).fetchone()
            kept = documents.document(row)
            if changed:
                given = {"id": kept.id.bytes, "content": content}
                connection.execute(documents.KEEP_CONTENT, given)
            return kept

        return await self._file.write(work)

    async def get(self, document_id: UUID, owner: str | None) -> Document | None:
        """Return the row of the key."""
        return await self._file.read(lambda file: documents.found(file, document_id, owner))

    async def list(self, query: DocumentQuery, owner: str | None) -> Page[Document]:
        """Return the rows that every given filter holds for."""
        given = {"owner": owner, "status": query.status}
        return await self._file.read(lambda file: documents.LISTING.page(file, query, given))

    async def remove(self, document_id: UUID, owner: str | None) -> bool:
        """Delete the row, its chunks and their words."""

        def work(connection: sqlite3.Connection) -> bool:
            kept = documents.found(connection, document_id, owner)
            if kept is None:
                return False
            _forget(connection, kept)
            connection.execute(documents.DELETE, {"id": document_id.bytes})
            return True

        return await self._file.write(work)

    async def claim(self) -> Claimed | None:
        """Take the document that has waited longest."""

        def work(connection: sqlite3.Connection) -> Claimed | None:
            now = time.time()
            connection.execute(documents.ABANDON, {"attempts": MOST_ATTEMPTS, "now": now})
            row = connection.execute(documents.NEXT, {"now": now}).fetchone()
            if row is None:
                return None
            taken = documents.document(row)
            parameters = {"id": taken.id.bytes, "until": now + CLAIM_SECONDS}
            connection.execute(documents.TAKE, parameters)
            (content,) = connection.execute(documents.CONTENT, parameters).fetchone()
            return Claimed(taken, content)

        return await self._file.write(work)

    async def embedded(self, document_id: UUID, model: str) -> Mapping[str, Sequence[float]]:
        """Return the vectors of the chunks that are there."""
        parameters = {"id": document_id.bytes, "model": model}
        rows = await self._file.read(lambda file: file.execute(_EMBEDDED, parameters).fetchall())
        return {key: memory.unpacked(embedding).tolist() for key, embedding in rows}

    async def index(
        self, document: Document, model: str, chunks: Sequence[Chunk], vectors: Vectors
    ) -> bool:
        """Replace the chunks and their words, if the document is still at that version."""
        done = {
            "id": document.id.bytes,
            "version": document.version,
            "title": document.title,
            "media_type": document.media_type,
            "chunks": len(chunks),
        }

        def work(connection: sqlite3.Connection) -> bool:
            if connection.execute(documents.INDEXED, done).rowcount == 0:
                return False
            _forget(connection, document)
            _keep(connection, document, model, chunks, vectors)
            return True

        return await self._file.write(work)

    async def fail(self, document: Document, problem: str, detail: str) -> None:
        """Keep the reason, and forget the chunks of the version before."""
        told = {
            "id": document.id.bytes,
            "version": document.version,
            "problem": problem,
            "detail": detail,
        }

        def work(connection: sqlite3.Connection) -> None:
            if connection.execute(documents.FAILED, told).rowcount == 1:
                _forget(connection, document)

        await self._file.write(work)

    async def by_keywords(self, owner: str | None, terms: Sequence[str]) -> Scores:
        """Return the scores that the owner's postings give."""
        return await self._file.read(lambda file: postings.scored(file, owner, terms))

    async def by_vector(
        self, owner: str | None, vector: Sequence[float], limit: int
    ) -> Mapping[int, float]:
        """Return the nearest of the owner's, by exact comparison."""
        return await self._file.read(lambda file: self._memory.nearest(file, owner, vector, limit))

    async def similarities(
        self, numbers: Sequence[int], vector: Sequence[float]
    ) -> Mapping[int, float]:
        """Return the inner products."""
        wanted = np.asarray(vector, np.float32)
        parameters = {"numbers": json.dumps(list(numbers))}
        rows = await self._file.read(lambda file: file.execute(_VECTORS, parameters).fetchall())
        return {number: float(memory.unpacked(kept) @ wanted) for number, kept in rows}

    async def passages(self, numbers: Sequence[int], owner: str | None) -> Mapping[int, Kept]:
        """Return the chunks of the owner among these."""
        parameters = {"numbers": json.dumps(list(numbers)), "owner": owner}
        rows = await self._file.read(lambda file: file.execute(_PASSAGES, parameters).fetchall())
        return {kept.number: kept for kept in map(_kept, rows)}


def _forget(connection: sqlite3.Connection, document: Document) -> None:
    parameters = {"id": document.id.bytes}
    rows = connection.execute(_CHUNKS, parameters).fetchall()
    present = {row[0]: _chunk(row[1:]).embedded for row in rows}
    if present:
        postings.remove(connection, document.owner_id, present)
        connection.execute(_FORGET, parameters)
        memory.changed(connection, present)


def _keep(
    connection: sqlite3.Connection,
    document: Document,
    model: str,
    chunks: Sequence[Chunk],
    vectors: Vectors,
) -> None:
    (last,) = connection.execute(_LAST).fetchone()
    numbered = dict(enumerate(chunks, last + 1))
    owner_id = document.owner_id
    connection.executemany(
        _KEEP,
        (
            (
                number,
                owner_id,
                document.id.bytes,
                chunk.key,
                chunk.position,
                json.dumps(chunk.headings, ensure_ascii=False),
                chunk.text,
                chunk.tokens,
                chunk.page,
            )
            for number, chunk in numbered.items()
        ),
    )
    connection.executemany(
        memory.ADD,
        (
            (number, owner_id, model, memory.packed(vector))
            for number, vector in zip(numbered, vectors, strict=True)
        ),
    )
    postings.add(connection, owner_id, {n: chunk.embedded for n, chunk in numbered.items()})
    memory.changed(connection, ())


def _chunk(row: Row) -> Chunk:
    (key, position, headings, text, tokens, page) = row
    return Chunk(key, position, tuple(json.loads(headings)), text, tokens, page)


def _kept(row: Row) -> Kept:
    (number, document_id, name, title, *chunk) = row
    return Kept(number, UUID(bytes=document_id), name, title, _chunk(tuple(chunk)))

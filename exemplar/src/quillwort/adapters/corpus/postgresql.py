"""The corpus in PostgreSQL: text, keywords and vectors of a document in one transaction."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import numpy as np

from quillwort.adapters.corpus import documents, postings
from quillwort.adapters.postgresql.database import Connection, Database, Row
from quillwort.assistant.corpus import Claimed, Kept
from quillwort.assistant.documents import Document, DocumentQuery
from quillwort.assistant.embedding import Vectors
from quillwort.assistant.keywords import Scores, Statistics, scores
from quillwort.assistant.passages import Chunk
from quillwort.domain.values import Page

CLAIM_SECONDS: Final = 300
"""How long a document is one worker's; after that it counts as left, and another takes it."""
MOST_ATTEMPTS: Final = 3
"""A document that ends the process each time must not be tried for ever."""

_CHUNKS: Final = """\
SELECT number, key, position, headings, text, tokens, page FROM chunks
WHERE document_id = %(id)s"""

_FORGET: Final = "DELETE FROM chunks WHERE document_id = %(id)s"

_NUMBERS: Final = """\
SELECT nextval(pg_get_serial_sequence('chunks', 'number')) FROM generate_series(1, %(count)s)"""

_COPY: Final = """\
COPY chunks (
    number, owner_id, document_id, key, position, headings, text, tokens, page, model, embedding
) FROM STDIN (FORMAT BINARY)"""
_TYPES: Final = ("int8", "text", "uuid", "text", "int4", "text[]", "text", "int4", "int4", "text")

_EMBEDDED: Final = """\
SELECT key, embedding::real[] FROM chunks WHERE document_id = %(id)s AND model = %(model)s"""

_POSTINGS: Final = """\
SELECT term, page, entries FROM postings
WHERE term = ANY(%(terms)s) AND (%(owner)s::text IS NULL OR owner_id = %(owner)s)"""

_STATISTICS: Final = """\
SELECT coalesce(sum(chunks), 0)::bigint, coalesce(sum(terms), 0)::bigint FROM keyword_statistics
WHERE %(owner)s::text IS NULL OR owner_id = %(owner)s"""

_FILTERED: Final = "SET LOCAL hnsw.iterative_scan = strict_order"
"""Go on until there are enough rows of the owner, not only among the nearest of everybody's."""

_NEAREST: Final = """\
SELECT number, -(embedding <#> %(vector)s::vector)
FROM chunks
WHERE %(owner)s::text IS NULL OR owner_id = %(owner)s
ORDER BY embedding <#> %(vector)s::vector
LIMIT %(limit)s"""

_SIMILARITIES: Final = """\
SELECT number, -(embedding <#> %(vector)s::vector) FROM chunks WHERE number = ANY(%(numbers)s)"""

_PASSAGES: Final = """\
SELECT c.number, c.document_id, d.name, d.title, c.key, c.position, c.headings, c.text, c.tokens,
    c.page, CASE WHEN %(window)s = 0 THEN c.text ELSE (
        SELECT string_agg(n.text, E'\n\n' ORDER BY n.position) FROM chunks n
        WHERE n.document_id = c.document_id AND n.headings = c.headings
            AND n.position BETWEEN c.position - %(window)s AND c.position + %(window)s) END
FROM chunks c JOIN documents d ON d.id = c.document_id
WHERE c.number = ANY(%(numbers)s) AND (%(owner)s::text IS NULL OR c.owner_id = %(owner)s)"""


class PostgresqlCorpus:
    """The `Corpus` over PostgreSQL with pgvector."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def submit(self, document: Document, content: bytes) -> Document:
        """Keep the row and the bytes."""
        async with self._database.connection() as connection, connection.transaction():
            parameters = documents.submitted(document)
            row = await (await connection.execute(documents.SUBMIT, parameters)).fetchone()
            if row is None:
                row = await (await connection.execute(documents.BY_NAME, parameters)).fetchone()
                return documents.document(_some(row))
            kept = documents.document(row)
            await connection.execute(documents.KEEP_CONTENT, {"id": kept.id, "content": content})
            return kept

    async def get(self, document_id: UUID, owner: str | None) -> Document | None:
        """Return the row of the key."""
        return await documents.found(self._database, document_id, owner)

    async def list(self, query: DocumentQuery, owner: str | None) -> Page[Document]:
        """Return the rows that every given filter holds for."""
        given = {"owner": owner, "status": query.status}
        return await documents.LISTING.page(self._database, query, given)

    async def remove(self, document_id: UUID, owner: str | None) -> bool:
        """Delete the row, its chunks and their words."""
        kept = await self.get(document_id, owner)
        if kept is None:
            return False
        async with self._database.connection() as connection, connection.transaction():
            await connection.execute(postings.LOCK, {"owner_id": kept.owner_id})
            await _forget(connection, kept)
            parameters = {"id": document_id, "owner": owner}
            return (await connection.execute(documents.DELETE, parameters)).rowcount == 1

    async def claim(self) -> Claimed | None:
        """Take the document that has waited longest."""
        async with self._database.connection() as connection, connection.transaction():
            parameters = {"seconds": CLAIM_SECONDS, "attempts": MOST_ATTEMPTS}
            await connection.execute(documents.ABANDON, parameters)
            row = await (await connection.execute(documents.CLAIM, parameters)).fetchone()
            if row is None:
                return None
            taken = documents.document(row)
            query = connection.cursor(binary=True)
            content = await (await query.execute(documents.CONTENT, {"id": taken.id})).fetchone()
            return Claimed(taken, bytes(_some(content)[0]))

    async def embedded(self, document_id: UUID, model: str) -> Mapping[str, Sequence[float]]:
        """Return the vectors of the chunks that are there."""
        rows = await self._database.many(_EMBEDDED, {"id": document_id, "model": model}, _pair)
        return dict(rows)

    async def index(
        self, document: Document, model: str, chunks: Sequence[Chunk], vectors: Vectors
    ) -> bool:
        """Replace the chunks and their words, if the document is still at that version."""
        done = {
            "id": document.id,
            "version": document.version,
            "title": document.title,
            "media_type": document.media_type,
            "chunks": len(chunks),
        }
        async with self._database.connection() as connection, connection.transaction():
            await connection.execute(postings.LOCK, {"owner_id": document.owner_id})
            if (await connection.execute(documents.INDEXED, done)).rowcount == 0:
                return False
            await _forget(connection, document)
            cursor = await connection.execute(_NUMBERS, {"count": len(chunks)})
            numbers = [number for (number,) in await cursor.fetchall()]
            await _copy(
                connection, document, model, dict(zip(numbers, chunks, strict=True)), vectors
            )
            texts = {n: chunk.embedded for n, chunk in zip(numbers, chunks, strict=True)}
            await postings.add(connection, document.owner_id, texts)
            return True

    async def fail(self, document: Document, problem: str, detail: str) -> None:
        """Keep the reason, and forget the chunks of the version before."""
        told = {
            "id": document.id,
            "version": document.version,
            "problem": problem,
            "detail": detail,
        }
        async with self._database.connection() as connection, connection.transaction():
            await connection.execute(postings.LOCK, {"owner_id": document.owner_id})
            if (await connection.execute(documents.FAILED, told)).rowcount == 1:
                await _forget(connection, document)

    async def by_keywords(self, owner: str | None, terms: Sequence[str]) -> Scores:
        """Return the scores that the owner's postings give."""
        parameters = {"owner": owner, "terms": list(terms)}
        rows = await self._database.many(_POSTINGS, parameters, _posting)
        counted = await self._database.one(_STATISTICS, parameters, _statistics)
        return scores(rows, counted or Statistics(0, 0), terms)

    async def by_vector(
        self, owner: str | None, vector: Sequence[float], limit: int
    ) -> Mapping[int, float]:
        """Return the nearest of the owner's."""
        parameters = {"owner": owner, "vector": _written(vector), "limit": limit}
        async with self._database.connection() as connection, connection.transaction():
            await connection.execute(_FILTERED)
            cursor = await connection.execute(_NEAREST, parameters, binary=True)
            return {number: similarity async for number, similarity in cursor}

    async def similarities(
        self, numbers: Sequence[int], vector: Sequence[float]
    ) -> Mapping[int, float]:
        """Return the inner products."""
        parameters = {"numbers": list(numbers), "vector": _written(vector)}
        return dict(await self._database.many(_SIMILARITIES, parameters, _pair))

    async def passages(
        self, numbers: Sequence[int], owner: str | None, window: int = 0
    ) -> Mapping[int, Kept]:
        """Return the chunks of the owner among these; neighbours are of the same document."""
        parameters = {"numbers": list(numbers), "owner": owner, "window": window}
        rows = await self._database.many(_PASSAGES, parameters, _kept)
        return {kept.number: kept for kept in rows}


async def _forget(connection: Connection, document: Document) -> None:
    cursor = await connection.execute(_CHUNKS, {"id": document.id})
    present = {row[0]: _chunk(row[1:]).embedded for row in await cursor.fetchall()}
    if present:
        await postings.remove(connection, document.owner_id, present)
        await connection.execute(_FORGET, {"id": document.id})


async def _copy(
    connection: Connection,
    document: Document,
    model: str,
    chunks: Mapping[int, Chunk],
    vectors: Vectors,
) -> None:
    async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types([*_TYPES, "bytea"])
        for (number, chunk), vector in zip(chunks.items(), vectors, strict=True):
            await copy.write_row(
                (
                    number,
                    document.owner_id,
                    document.id,
                    chunk.key,
                    chunk.position,
                    list(chunk.headings),
                    chunk.text,
                    chunk.tokens,
                    chunk.page,
                    model,
                    _binary(vector),
                )
            )


def _binary(vector: Vectors) -> bytes:
    """Return a vector as pgvector receives it: two 16-bit numbers, then the values, big-endian."""
    head = np.array([vector.size, 0], dtype=">u2").tobytes()
    return head + vector.astype(">f4").tobytes()


def _written(vector: Sequence[float]) -> str:
    return f"[{','.join(map(str, vector))}]"


def _some(row: Row | None) -> Row:
    if row is None:
        raise LookupError("a row that was just written is gone")
    return row


def _pair(row: Row) -> Row:
    return row


def _posting(row: Row) -> tuple[str, int, bytes]:
    (term, page, entries) = row
    return term, page, entries


def _statistics(row: Row) -> Statistics:
    (chunks, terms) = row
    return Statistics(chunks, terms)


def _chunk(row: Row) -> Chunk:
    (key, position, headings, text, tokens, page) = row
    return Chunk(key, position, tuple(headings), text, tokens, page)


def _kept(row: Row) -> Kept:
    (number, document_id, name, title, *chunk, context) = row
    return Kept(number, document_id, name, title, _chunk(tuple(chunk)), context=context)

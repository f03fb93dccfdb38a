"""Chunks in PostgreSQL: their text, and whose document they are of."""

from collections.abc import Iterable
from typing import Final

from quillwort.adapters.postgresql.database import Connection, Row
from quillwort.assistant.corpus import Kept
from quillwort.assistant.documents import Document
from quillwort.assistant.passages import Chunk

PRESENT: Final = """\
SELECT document_id, number, key, position, headings, text, tokens, page FROM chunks
WHERE document_id = ANY(%(ids)s)"""

TAKE: Final = "SELECT FROM chunks WHERE number = ANY(%(numbers)s) ORDER BY number FOR UPDATE"
"""Whoever takes several rows takes them in the order of their numbers."""

FORGET: Final = "DELETE FROM chunks WHERE number = ANY(%(numbers)s)"

NUMBERS: Final = """\
SELECT nextval(pg_get_serial_sequence('chunks', 'number')) FROM generate_series(1, %(count)s)"""

MOVE: Final = """\
UPDATE chunks SET position = t.position, page = t.page
FROM unnest(%(numbers)s::bigint[], %(positions)s::integer[], %(pages)s::integer[])
    AS t (number, position, page)
WHERE chunks.number = t.number
    AND (chunks.position, chunks.page) IS DISTINCT FROM (t.position, t.page)"""

_COPY: Final = """\
COPY chunks (
    number, owner_id, document_id, key, position, headings, text, tokens, page, digest
) FROM STDIN (FORMAT BINARY)"""
_TYPES: Final = (
    *("int8", "text", "uuid", "text", "int4", "text[]", "text", "int4", "int4", "bytea"),
)

PASSAGES: Final = """\
SELECT c.number, c.document_id, d.name, d.title, d.indexed_version, c.key, c.position, c.headings,
    c.text, c.tokens, c.page, CASE WHEN %(window)s = 0 THEN c.text ELSE (
        SELECT string_agg(n.text, E'\n\n' ORDER BY n.position) FROM chunks n
        WHERE n.document_id = c.document_id AND n.headings = c.headings
            AND n.position BETWEEN c.position - %(window)s AND c.position + %(window)s) END
FROM chunks c JOIN documents d ON d.id = c.document_id
WHERE c.number = ANY(%(numbers)s)
    AND (%(labels)s::text[] IS NULL OR c.owner_id = ANY(%(labels)s))"""


async def copy(connection: Connection, rows: Iterable[tuple[int, Document, Chunk]]) -> None:
    """Write chunks: its number, its document and itself each."""
    async with connection.cursor() as cursor, cursor.copy(_COPY) as copying:
        copying.set_types(_TYPES)
        for number, document, chunk in rows:
            await copying.write_row(
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
                    chunk.digest,
                )
            )


def chunk(row: Row) -> Chunk:
    """Return the chunk of a row that begins with its key."""
    (key, position, headings, text, tokens, page) = row
    return Chunk(key, position, tuple(headings), text, tokens, page)


def kept(row: Row) -> Kept:
    """Return the chunk of a row of `PASSAGES`, and its document."""
    (number, document_id, name, title, version, *rest, context) = row
    return Kept(number, document_id, name, title, chunk(tuple(rest)), version, context)

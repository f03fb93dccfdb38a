"""How much the indexes of a service still have of a document, asked of the store itself."""

import asyncio
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Final
from uuid import UUID

import psycopg

from architect.verify.service import Service

CORPUS_PATH: Final = "CORPUS_PATH"
"""The setting of a service whose documents are in a file of their own."""

_IN_POSTGRESQL: Final = {
    "chunks": "SELECT count(*) FROM chunks WHERE document_id = %(document)s",
    "text": "SELECT count(*) FROM chunks WHERE text LIKE '%%' || %(word)s || '%%'",
    "postings": "SELECT count(*) FROM postings WHERE term = %(word)s",
    "contents": "SELECT count(*) FROM document_contents WHERE document_id = %(document)s",
}
"""Vectors refer to chunks by a foreign key: where there is no chunk, there is no vector of it."""

_IN_FILE: Final = {
    "chunks": "SELECT count(*) FROM chunks WHERE document_id = :document",
    "text": "SELECT count(*) FROM chunks WHERE text LIKE '%' || :word || '%'",
    # A vector without its chunk is one that nothing ever removes.
    "their vectors": "SELECT count(*) FROM vectors WHERE number NOT IN (SELECT number FROM chunks)",
    "postings": "SELECT count(*) FROM postings WHERE term = :word",
    "contents": "SELECT count(*) FROM document_contents WHERE document_id = :document",
}


async def left(service: Service, document: str, word: str) -> Mapping[str, int]:
    """Return how many rows each index has of a document, or of a word that stands in it alone.

    Of a service that keeps vectors in a server of their own, what its database has is told.
    """
    if path := service.environment.get(CORPUS_PATH):
        return await asyncio.to_thread(_left_in_file, path, document, word)
    found: dict[str, int] = {}
    async with await psycopg.AsyncConnection.connect(service.database_url, autocommit=True) as link:
        for where, query in _IN_POSTGRESQL.items():
            cursor = await link.execute(query.encode(), {"document": document, "word": word})
            row = await cursor.fetchone()
            found[where] = row[0] if row else 0
    return found


def _left_in_file(path: str, document: str, word: str) -> dict[str, int]:
    given = {"document": UUID(document).bytes, "word": word}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as link:
        return {where: link.execute(query, given).fetchone()[0] for where, query in _IN_FILE.items()}

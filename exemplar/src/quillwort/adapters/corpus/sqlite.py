"""The corpus in a SQLite file: text, keywords and vectors of a document in one transaction."""

import json
import sqlite3
import time
from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

import numpy as np

from quillwort.adapters.corpus import sqlite_chunks as texts
from quillwort.adapters.corpus import sqlite_documents as documents
from quillwort.adapters.corpus import sqlite_postings as postings
from quillwort.adapters.corpus import sqlite_vectors as vectors
from quillwort.adapters.corpus.sqlite_memory import VectorMemory
from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.assistant.corpus import Claimed, Kept
from quillwort.assistant.document_access import Reach
from quillwort.assistant.documents import Document, DocumentQuery, Progress
from quillwort.assistant.embedding import Vectors
from quillwort.assistant.keywords import Scores
from quillwort.assistant.passages import Chunk
from quillwort.domain.errors import Unavailable
from quillwort.domain.values import Page

CLAIM_SECONDS: Final = 60
"""How long a document is one worker's unless it says that it goes on; then another takes it."""
MOST_ATTEMPTS: Final = 5
"""A document that ends the process each time must not be tried for ever."""


class SqliteCorpus:
    """The `Corpus` over one SQLite file."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file
        self._memories: dict[int, VectorMemory] = {}

    async def submit(self, document: Document, content: bytes) -> Document:
        """Keep the row and the bytes, unless they are there."""
        parameters = documents.submitted(document)

        def unchanged(connection: sqlite3.Connection) -> Document | None:
            row = connection.execute(documents.UNCHANGED, parameters).fetchone()
            return None if row is None else documents.document(row)

        def work(connection: sqlite3.Connection) -> Document:
            changed = connection.execute(documents.SUBMIT, parameters).rowcount
            row = connection.execute(documents.BY_NAME, parameters).fetchone()
            kept = documents.document(row)
            if changed:
                given = {"id": kept.id.bytes, "content": content}
                connection.execute(documents.KEEP_CONTENT, given)
            return kept

        # Most of what is sent again has not changed, and then there is nothing to wait for.
        same: Document | None = await self._file.read(unchanged)
        return same if same is not None else await self._file.write(work)

    async def get(self, document_id: UUID, reach: Reach) -> Document | None:
        """Return the row of the key."""
        return await self._file.read(lambda file: documents.found(file, document_id, reach))

    async def list(self, query: DocumentQuery, reach: Reach) -> Page[Document]:
        """Return the rows that every given filter holds for."""
        given = {"labels": documents.labels(reach), "status": query.status}
        return await self._file.read(lambda file: documents.LISTING.page(file, query, given))

    async def remove(self, document_id: UUID, reach: Reach) -> bool:
        """Delete the row, its chunks and their words."""

        def work(connection: sqlite3.Connection) -> bool:
            kept = documents.found(connection, document_id, reach)
            if kept is None:
                return False
            texts.forget(connection, kept.owner_id, document_id)
            connection.execute(documents.DELETE, {"id": document_id.bytes})
            return True

        return await self._file.write(work)

    async def claim(self) -> Claimed | None:
        """Take the document that has waited longest."""
        if not await self._file.read(_waits):
            return None
        return await self._file.write(_claimed)

    async def release(self, document: Document) -> None:
        """Let the row wait again."""
        given = {"id": document.id.bytes, "version": document.version}
        await self._file.write(lambda file: file.execute(documents.RELEASE, given).rowcount)

    async def waiting(self) -> int:
        """Count what is queued."""
        return await self._file.read(_counted)

    async def embedded(
        self, document: Document, model: str, digests: Collection[bytes]
    ) -> Mapping[bytes, Vectors]:
        """Return the vectors of the label's chunks, and those that are staged."""
        place = (document.owner_id, document.id.bytes)

        def work(connection: sqlite3.Connection) -> Mapping[bytes, Vectors]:
            known = vectors.chosen(connection, model)
            return {} if known is None else vectors.embedded(connection, known, place, digests)

        return await self._file.read(work)

    async def stage(
        self, document: Document, model: str, made: Mapping[bytes, Vectors], progress: Progress
    ) -> bool:
        """Write the vectors, the progress and the claim."""
        told = {
            "id": document.id.bytes,
            "version": document.version,
            "phase": progress.phase,
            "done": progress.done,
            "total": progress.total,
            "advanced": bool(made),
        }

        def work(connection: sqlite3.Connection) -> bool:
            renewed = told | {"until": time.time() + CLAIM_SECONDS}
            if connection.execute(documents.RENEWED, renewed).rowcount == 0:
                return False
            known = vectors.made(connection, model)
            vectors.stage(connection, document.id.bytes, known, made)
            return True

        return await self._file.write(work)

    async def index(
        self, document: Document, model: str, chunks: Sequence[Chunk], made: Vectors
    ) -> bool:
        """Replace the chunks that differ and their words, if the document is at that version."""
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
            known = vectors.made(connection, model)
            if known != vectors.chosen(connection, None):
                raise Unavailable("Another embedding model has come to serve meanwhile.")
            texts.replace(connection, document, known, chunks, made)
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
                texts.forget(connection, document.owner_id, document.id)

        await self._file.write(work)

    async def by_keywords(self, reach: Reach, terms: Sequence[str]) -> Scores:
        """Return the scores that the labels' postings give."""
        return await self._file.read(
            lambda file: postings.scored(file, documents.labels(reach), terms)
        )

    async def by_vector(
        self, reach: Reach, vector: Sequence[float], limit: int, model: str | None = None
    ) -> Mapping[int, float]:
        """Return the nearest of the labels', by exact comparison."""
        wanted = np.asarray(vector, np.float32)

        def work(connection: sqlite3.Connection) -> Mapping[int, float]:
            known = vectors.chosen(connection, model)
            if known is None:
                return {}
            memory = self._memories.setdefault(known, VectorMemory(known))
            return memory.nearest(connection, reach, wanted, limit)

        return await self._file.read(work)

    async def similarities(
        self, numbers: Sequence[int], vector: Sequence[float], model: str | None = None
    ) -> Mapping[int, float]:
        """Return the inner products."""
        wanted = np.asarray(vector, np.float32)

        def work(connection: sqlite3.Connection) -> Mapping[int, float]:
            known = vectors.chosen(connection, model)
            if known is None:
                return {}
            return vectors.similarities(connection, known, numbers, wanted)

        return await self._file.read(work)

    async def passages(
        self, numbers: Sequence[int], reach: Reach, window: int = 0
    ) -> Mapping[int, Kept]:
        """Return the chunks of the labels among these."""
        parameters = {
            "numbers": json.dumps(list(numbers)),
            "labels": documents.labels(reach),
            "window": window,
        }
        rows = await self._file.read(
            lambda file: file.execute(texts.PASSAGES, parameters).fetchall()
        )
        return {kept.number: kept for kept in map(texts.kept, rows)}


def _waits(connection: sqlite3.Connection) -> bool:
    """Return whether there is anything to claim or to give up."""
    return connection.execute(documents.NEXT, {"now": time.time()}).fetchone() is not None


def _claimed(connection: sqlite3.Connection) -> Claimed | None:
    now = time.time()
    abandoned = connection.execute(documents.ABANDON, {"attempts": MOST_ATTEMPTS, "now": now})
    for document_id, owner_id in abandoned.fetchall():
        texts.forget(connection, owner_id, UUID(bytes=document_id))
    row = connection.execute(documents.NEXT, {"now": now}).fetchone()
    if row is None:
        return None
    taken = documents.document(row)
    parameters = {"id": taken.id.bytes, "until": now + CLAIM_SECONDS}
    (attempts,) = connection.execute(documents.TAKE, parameters).fetchone()
    (content,) = connection.execute(documents.CONTENT, parameters).fetchone()
    return Claimed(taken, content, attempts)


def _counted(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute(documents.WAITING).fetchone()
    return int(count)

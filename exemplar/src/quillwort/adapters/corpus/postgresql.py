"""The corpus in PostgreSQL: text, keywords and vectors of a document in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeVar
from uuid import UUID

from quillwort.adapters.corpus import chunks as texts
from quillwort.adapters.corpus import documents, vectors
from quillwort.adapters.corpus.models import Models
from quillwort.adapters.corpus.writing import Write, Writer
from quillwort.adapters.postgresql.database import Database, Row
from quillwort.assistant.corpus import Claimed, Kept
from quillwort.assistant.document_access import Reach
from quillwort.assistant.documents import Document, DocumentQuery, Progress
from quillwort.assistant.embedding import Vectors
from quillwort.assistant.keywords import Scores, Statistics, scores
from quillwort.assistant.passages import Chunk
from quillwort.domain.values import Page

T = TypeVar("T")

CLAIM_SECONDS: Final = 60
"""How long a document is one worker's unless it says that it goes on; then another takes it."""
MOST_ATTEMPTS: Final = 5
"""A document that ends the process each time must not be tried for ever."""

_POSTINGS: Final = """\
SELECT term, page, entries FROM postings
WHERE term = ANY(%(terms)s) AND (%(labels)s::text[] IS NULL OR owner_id = ANY(%(labels)s))"""

_STATISTICS: Final = """\
SELECT coalesce(sum(chunks), 0)::bigint, coalesce(sum(terms), 0)::bigint FROM keyword_statistics
WHERE %(labels)s::text[] IS NULL OR owner_id = ANY(%(labels)s)"""


class PostgresqlCorpus:
    """The `Corpus` over PostgreSQL with pgvector."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._models = Models(database)
        self._writer = Writer(database, self._models)

    async def submit(self, document: Document, content: bytes) -> Document:
        """Keep the row and the bytes, unless they are there."""
        parameters = documents.submitted(document)
        # Most of what is sent again has not changed, and then there is nothing to lock or write.
        same = await self._database.one(documents.UNCHANGED, parameters, documents.document)
        if same is not None:
            return same
        given = parameters | {"content": content}
        kept = await self._database.one(documents.SUBMIT, given, documents.document)
        if kept is not None:
            return kept
        # Somebody else has sent the same meanwhile.
        same = await self._database.one(documents.BY_NAME, parameters, documents.document)
        return _some(same)

    async def get(self, document_id: UUID, reach: Reach) -> Document | None:
        """Return the row of the key."""
        return await documents.found(self._database, document_id, reach)

    async def list(self, query: DocumentQuery, reach: Reach) -> Page[Document]:
        """Return the rows that every given filter holds for."""
        given = {"labels": documents.labels(reach), "status": query.status}
        return await documents.LISTING.page(self._database, query, given)

    async def remove(self, document_id: UUID, reach: Reach) -> bool:
        """Delete the row, its chunks and their words."""
        kept = await self.get(document_id, reach)
        if kept is None:
            return False
        return await self._writer.remove(kept)

    async def claim(self) -> Claimed | None:
        """Take the document that has waited longest; when none does, give up what is to be."""
        claimed = await self._claimed()
        if claimed is None:
            await self._writer.abandon(MOST_ATTEMPTS)
        return claimed

    async def _claimed(self) -> Claimed | None:
        given = {"seconds": CLAIM_SECONDS, "attempts": MOST_ATTEMPTS}
        async with self._database.connection() as connection, connection.transaction():
            row = await (await connection.execute(documents.CLAIM, given)).fetchone()
            if row is None:
                return None
            *columns, attempts = row
            taken = documents.document(tuple(columns))
            # The row is locked by now: what is read is the content of this version.
            query = connection.cursor(binary=True)
            content = await (await query.execute(documents.CONTENT, {"id": taken.id})).fetchone()
            return Claimed(taken, bytes(_some(content)[0]), attempts)

    async def release(self, document: Document) -> None:
        """Let the row wait again."""
        given = {"id": document.id, "version": document.version}
        async with self._database.connection() as connection:
            await connection.execute(documents.RELEASE, given)

    async def waiting(self) -> int:
        """Count what is queued."""
        counted = await self._database.one(documents.WAITING, {}, _count)
        return counted or 0

    async def embedded(
        self, document: Document, model: str, digests: Collection[bytes]
    ) -> Mapping[bytes, Vectors]:
        """Return the vectors of the label's chunks, and those that are staged."""
        known = await self._models.found(model)
        if known is None:
            return {}
        with self._models.may_be_gone(known):
            async with self._database.connection() as connection:
                place = (document.owner_id, document.id)
                return await vectors.embedded(connection, known, place, digests)
        return {}

    async def stage(
        self, document: Document, model: str, made: Mapping[bytes, Vectors], progress: Progress
    ) -> bool:
        """Write the vectors, the progress and the claim."""
        told = {
            "id": document.id,
            "version": document.version,
            "phase": progress.phase,
            "done": progress.done,
            "total": progress.total,
            "seconds": CLAIM_SECONDS,
            "advanced": bool(made),
        }
        if made:
            await self._models.made(model, len(next(iter(made.values()))))
        async with self._database.connection() as connection, connection.transaction():
            if (await connection.execute(documents.RENEWED, told)).rowcount == 0:
                return False
            await vectors.stage(connection, document.id, model, made)
            return True

    async def index(
        self, document: Document, model: str, chunks: Sequence[Chunk], made: Vectors
    ) -> bool:
        """Replace the chunks that differ and their words, if the document is at that version."""
        return await self._writer.index(Write(document, model, chunks, made))

    async def fail(self, document: Document, problem: str, detail: str) -> None:
        """Keep the reason, and forget the chunks of the version before."""
        await self._writer.fail(document, problem, detail)

    async def by_keywords(self, reach: Reach, terms: Sequence[str]) -> Scores:
        """Return the scores that the labels' postings give."""
        parameters = {"labels": documents.labels(reach), "terms": list(terms)}
        rows = await self._database.many(_POSTINGS, parameters, _posting)
        counted = await self._database.one(_STATISTICS, parameters, _statistics)
        return scores(rows, counted or Statistics(0, 0), terms)

    async def by_vector(
        self, reach: Reach, vector: Sequence[float], limit: int, model: str | None = None
    ) -> Mapping[int, float]:
        """Return the nearest of the labels'."""
        known = await self._models.chosen(model)
        if known is None:
            return {}
        with self._models.may_be_gone(known):
            async with self._database.connection() as connection, connection.transaction():
                return await vectors.nearest(
                    connection, known, documents.labels(reach), vector, limit
                )
        return {}

    async def similarities(
        self, numbers: Sequence[int], vector: Sequence[float], model: str | None = None
    ) -> Mapping[int, float]:
        """Return the inner products."""
        known = await self._models.chosen(model)
        if known is None:
            return {}
        with self._models.may_be_gone(known):
            async with self._database.connection() as connection:
                return await vectors.similarities(connection, known, numbers, vector)
        return {}

    async def passages(
        self, numbers: Sequence[int], reach: Reach, window: int = 0
    ) -> Mapping[int, Kept]:
        """Return the chunks of the labels among these."""
        parameters = {"numbers": list(numbers), "labels": documents.labels(reach), "window": window}
        rows = await self._database.many(texts.PASSAGES, parameters, texts.kept)
        return {kept.number: kept for kept in rows}


def _some(found: T | None) -> T:
    if found is None:
        raise LookupError("a row that was just written is gone")
    return found


def _count(row: Row) -> int:
    (count,) = row
    return int(count)


def _posting(row: Row) -> tuple[str, int, bytes]:
    (term, page, entries) = row
    return term, page, entries


def _statistics(row: Row) -> Statistics:
    (chunks, terms) = row
    return Statistics(chunks, terms)

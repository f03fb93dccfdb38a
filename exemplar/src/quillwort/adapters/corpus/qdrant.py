"""The corpus with its vectors searched in Qdrant; documents, text and words are in PostgreSQL.

PostgreSQL is what counts: it has every vector too, and Qdrant mirrors them. Before a document
changes, it is noted that its vectors there may be others; after the change they are brought to what
PostgreSQL has, and the note goes. Whoever ends in between leaves the note, which the next one acts
upon. Until then a search finds nothing that is gone, for what Qdrant finds is looked up in
PostgreSQL by number and label.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Final
from uuid import UUID

from qdrant_client import AsyncQdrantClient, models

from quillwort.adapters.corpus import documents, vectors
from quillwort.adapters.corpus.models import every
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.corpus.qdrant_client import told
from quillwort.adapters.postgresql.database import Connection, Database, Row
from quillwort.assistant.corpus import Claimed, Kept
from quillwort.assistant.document_access import Reach
from quillwort.assistant.documents import Document, DocumentQuery, Progress
from quillwort.assistant.embedding import Embedder, Vectors
from quillwort.assistant.keywords import Scores
from quillwort.assistant.passages import Chunk
from quillwort.domain.values import Page

LEFT_SECONDS: Final = 60
"""After so long a note counts as left by somebody who has ended."""

BATCH: Final = 256
"""Vectors in one request: some 400 kB."""

_TABLE: Final = """\
CREATE TABLE IF NOT EXISTS unmirrored_documents (
    document_id uuid PRIMARY KEY,
    noted_at timestamptz NOT NULL DEFAULT now()
)"""

_NOTE: Final = """\
INSERT INTO unmirrored_documents (document_id) VALUES (%(id)s)
ON CONFLICT (document_id) DO UPDATE SET noted_at = now()"""

_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('vectors in Qdrant', 4417732))"
"""Of several who find nothing prepared, one prepares, and the others find it done."""

_NOTE_ALL: Final = """\
INSERT INTO unmirrored_documents (document_id, noted_at)
SELECT DISTINCT document_id, '-infinity'::timestamptz FROM chunks
ON CONFLICT DO NOTHING"""

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%(id)s::uuid::text, 4417734))"
"""Who mirrors a document waits for the one before, and then sees what that one saw, or later."""

_DONE: Final = "DELETE FROM unmirrored_documents WHERE document_id = %(id)s"

_LEFT: Final = """\
SELECT document_id FROM unmirrored_documents
WHERE noted_at < now() - make_interval(secs => %(seconds)s)
LIMIT 100"""

_CHUNKS: Final = "SELECT number, owner_id, digest FROM chunks WHERE document_id = %(id)s"

_THERE: Final = """\
SELECT number FROM chunks
WHERE number = ANY(%(numbers)s) AND (%(labels)s::text[] IS NULL OR owner_id = ANY(%(labels)s))
    AND EXISTS (SELECT FROM embedding_models WHERE name = %(model)s)"""


class QdrantCorpus:
    """The `Corpus` over PostgreSQL, with the vectors of one model in Qdrant as well."""

    def __init__(self, database: Database, client: AsyncQdrantClient, embedder: Embedder) -> None:
        self._database = database
        self._rows = PostgresqlCorpus(database)
        self._client = client
        self._model = embedder.name
        self._dimensions = embedder.dimensions
        key = sha256(embedder.name.encode()).hexdigest()[:16]
        self._collection = f"chunks_{key}"
        self._prepared = False

    async def ping(self) -> None:
        """Return when Qdrant answers.

        Raises:
            Unavailable: when it does not.
        """
        with told():
            await self._client.get_collections()

    async def submit(self, document: Document, content: bytes) -> Document:
        """Keep the row and the bytes."""
        return await self._rows.submit(document, content)

    async def get(self, document_id: UUID, reach: Reach) -> Document | None:
        """Return the row of the key."""
        return await self._rows.get(document_id, reach)

    async def list(self, query: DocumentQuery, reach: Reach) -> Page[Document]:
        """Return the rows that every given filter holds for."""
        return await self._rows.list(query, reach)

    async def remove(self, document_id: UUID, reach: Reach) -> bool:
        """Delete the row and what is found of it, then its vectors in Qdrant."""
        if await self._rows.get(document_id, reach) is None:
            return False
        async with self._mirrored(document_id):
            return await self._rows.remove(document_id, reach)

    async def claim(self) -> Claimed | None:
        """Take the document that has waited longest, after what others have left."""
        await self.mirror_left()
        return await self._rows.claim()

    async def release(self, document: Document) -> None:
        """Let the row wait again."""
        await self._rows.release(document)

    async def waiting(self) -> int:
        """Count what is queued."""
        return await self._rows.waiting()

    async def embedded(
        self, document: Document, model: str, digests: Collection[bytes]
    ) -> Mapping[bytes, Vectors]:
        """Return the vectors that PostgreSQL has."""
        return await self._rows.embedded(document, model, digests)

    async def stage(
        self, document: Document, model: str, made: Mapping[bytes, Vectors], progress: Progress
    ) -> bool:
        """Write the vectors, the progress and the claim."""
        return await self._rows.stage(document, model, made, progress)

    async def index(
        self, document: Document, model: str, chunks: Sequence[Chunk], made: Vectors
    ) -> bool:
        """Replace the chunks and their words, then their vectors in Qdrant."""
        async with self._mirrored(document.id):
            return await self._rows.index(document, model, chunks, made)

    async def fail(self, document: Document, problem: str, detail: str) -> None:
        """Keep the reason, and forget the chunks of the version before."""
        async with self._mirrored(document.id):
            await self._rows.fail(document, problem, detail)

    async def by_keywords(self, reach: Reach, terms: Sequence[str]) -> Scores:
        """Return the scores that the labels' postings give."""
        return await self._rows.by_keywords(reach, terms)

    async def by_vector(
        self, reach: Reach, vector: Sequence[float], limit: int, model: str | None = None
    ) -> Mapping[int, float]:
        """Return the nearest of the labels' that Qdrant finds and PostgreSQL has."""
        if model not in {None, self._model}:
            return await self._rows.by_vector(reach, vector, limit, model)
        await self._prepare()
        with told():
            found = await self._client.query_points(
                self._collection,
                query=list(vector),
                query_filter=None if reach is None else _any("owner", sorted(reach)),
                limit=limit,
                with_payload=False,
            )
        nearest = {int(point.id): point.score for point in found.points}
        parameters = {
            "numbers": list(nearest),
            "labels": documents.labels(reach),
            "model": self._model,
        }
        there = set(await self._database.many(_THERE, parameters, _number))
        return {number: score for number, score in nearest.items() if number in there}

    async def similarities(
        self, numbers: Sequence[int], vector: Sequence[float], model: str | None = None
    ) -> Mapping[int, float]:
        """Return the inner products with the vectors that PostgreSQL has."""
        return await self._rows.similarities(numbers, vector, model)

    async def passages(
        self, numbers: Sequence[int], reach: Reach, window: int = 0
    ) -> Mapping[int, Kept]:
        """Return the chunks of the labels among these."""
        return await self._rows.passages(numbers, reach, window)

    async def mirror_left(self) -> None:
        """Bring vectors to what PostgreSQL has where whoever changed a document did not."""
        await self._prepare()
        for document_id in await self._database.many(_LEFT, {"seconds": LEFT_SECONDS}, _id):
            await self._mirror(document_id)

    @asynccontextmanager
    async def _mirrored(self, document_id: UUID) -> AsyncIterator[None]:
        """Mirror the document after what is done with it; a failure leaves that to others."""
        await self._prepare()
        async with self._database.connection() as connection:
            await connection.execute(_NOTE, {"id": document_id})
        yield
        await self._mirror(document_id)

    async def _mirror(self, document_id: UUID) -> None:
        given = {"id": document_id}
        async with self._database.connection() as connection, connection.transaction():
            await connection.execute(_LOCK, given)
            points = await _points(connection, self._model, document_id)
            with told():
                for start in range(0, len(points), BATCH):
                    await self._client.upsert(
                        self._collection, points[start : start + BATCH], wait=True
                    )
                await self._client.delete(
                    self._collection, models.FilterSelector(filter=_others(points, document_id))
                )
            await connection.execute(_DONE, given)

    async def _prepare(self) -> None:
        """Make what vectors are kept in, once; what was lost with it is mirrored anew."""
        if self._prepared:
            return
        async with self._database.connection() as connection, connection.transaction():
            await connection.execute(_ALONE)
            await connection.execute(_TABLE)
            with told():
                if not await self._client.collection_exists(self._collection):
                    await connection.execute(_NOTE_ALL)
                    await self._make()
        self._prepared = True

    async def _make(self) -> None:
        await self._client.create_collection(
            self._collection,
            vectors_config=models.VectorParams(
                size=self._dimensions, distance=models.Distance.DOT, on_disk=True
            ),
            # What is searched is a quarter of the size, and decided by the whole.
            quantization_config=models.ScalarQuantization(
                scalar=models.ScalarQuantizationConfig(type=models.ScalarType.INT8, always_ram=True)
            ),
        )
        tenant = models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True)
        await self._client.create_payload_index(self._collection, "owner", tenant)
        document = models.PayloadSchemaType.KEYWORD
        await self._client.create_payload_index(self._collection, "document", document)


async def _points(
    connection: Connection, model_name: str, document_id: UUID
) -> list[models.PointStruct]:
    """Return what Qdrant must have of a document: nothing by a model that is gone."""
    model = next((each for each in await every(connection) if each.name == model_name), None)
    if model is None:
        return []
    rows = await (await connection.execute(_CHUNKS, {"id": document_id})).fetchall()
    if not rows:
        return []
    place = (rows[0][1], document_id)
    digests = {bytes(digest) for _, _, digest in rows}
    known = await vectors.embedded(connection, model, place, digests)
    return [
        models.PointStruct(
            id=number,
            vector=known[bytes(digest)].tolist(),
            payload={"owner": owner_id, "document": str(document_id)},
        )
        for number, owner_id, digest in rows
        if bytes(digest) in known
    ]


def _others(points: Sequence[models.PointStruct], document_id: UUID) -> models.Filter:
    """Return what holds for points of a document besides these."""
    kept = [point.id for point in points]
    others = _any("document", [str(document_id)])
    others.must_not = [models.HasIdCondition(has_id=kept)] if kept else None
    return others


def _any(key: str, values: list[str]) -> models.Filter:
    condition = models.FieldCondition(key=key, match=models.MatchAny(any=values))
    return models.Filter(must=[condition])


def _number(row: Row) -> int:
    (number,) = row
    return int(number)


def _id(row: Row) -> UUID:
    (document_id,) = row
    return UUID(str(document_id))

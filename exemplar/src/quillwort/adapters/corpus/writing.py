"""Changes of what can be found, in PostgreSQL: of a document all or nothing, of several together.

Whoever changes an owner's postings waits for the one before. What came meanwhile is written in one
transaction, so that rows which they share are written once and the disk is waited for once.

Everybody takes locks in one order, so that nobody waits for somebody who waits for them: the
owner's, then embedding models, documents, chunks, vectors.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID
from weakref import WeakValueDictionary

from quillwort.adapters.corpus import chunks as texts
from quillwort.adapters.corpus import documents, postings, vectors
from quillwort.adapters.corpus.models import Models, every, serves
from quillwort.adapters.postgresql.database import Connection, Database, Row
from quillwort.assistant.documents import Document
from quillwort.assistant.embedding import Vectors
from quillwort.assistant.passages import Chunk
from quillwort.domain.errors import Unavailable

MOST_TOGETHER: Final = 2000
"""Chunks that are written in one transaction, unless one document has more."""

OWNERS_AT_ONCE: Final = 3
"""Owners whose documents one process writes at a time: the other connections are for requests."""

PATIENCE: Final = "SET LOCAL statement_timeout = '45s'"
"""How long a statement of a change may take. A claim cannot be renewed while its document's row is
locked; the last time was 15 of its 60 seconds before, or less, so it holds for as long as that."""

_KEEP_MODELS: Final = "LOCK TABLE embedding_models IN ROW SHARE MODE"
"""While a document changes no model comes to serve, and the tables of none go."""

_TO_ABANDON: Final = """\
SELECT DISTINCT owner_id FROM documents
WHERE status = 'queued' AND attempts >= %(attempts)s AND claimed_until < now()"""

_TAKE: Final = "SELECT FROM documents WHERE id = %(id)s AND owner_id = %(owner)s FOR UPDATE"


@dataclass(frozen=True, slots=True, eq=False)
class Write:
    """A document with its chunks and what `model` made of them; `done` says what came of it."""

    document: Document
    model: str
    chunks: Sequence[Chunk]
    vectors: Vectors
    done: asyncio.Future[bool] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Writer:
    """Writes documents into the indexes and takes them out."""

    def __init__(self, database: Database, models: Models) -> None:
        self._database = database
        self._models = models
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._room = asyncio.Semaphore(OWNERS_AT_ONCE)
        self._waiting: list[Write] = []

    async def index(self, write: Write) -> bool:
        """Write a document; return False when it has been replaced or removed meanwhile."""
        self._waiting.append(write)
        async with self._turn(write.document.owner_id):
            if not write.done.done():
                async with self._room:
                    await self._written(self._together(write))
        return await write.done

    def _together(self, first: Write) -> list[Write]:
        """Take what goes into one transaction with the first, and leave the rest waiting."""
        taken, total = [first], len(first.chunks)
        for write in self._waiting:
            alike = (write.document.owner_id, write.model) == (first.document.owner_id, first.model)
            # Of one document in two versions only one is the present one.
            new = all(write.document.id != each.document.id for each in taken)
            if alike and new and total + len(write.chunks) <= MOST_TOGETHER:
                taken.append(write)
                total += len(write.chunks)
        self._waiting = [write for write in self._waiting if write not in taken]
        return taken

    async def _written(self, writes: Sequence[Write]) -> None:
        try:
            kept = await self._attempt(writes)
        except asyncio.CancelledError:
            for write in writes[1:]:
                write.done.set_exception(Unavailable("The service is ending."))
            writes[0].done.cancel()
            raise
        except Unavailable as error:
            for write in writes:
                write.done.set_exception(error)
        except Exception as error:  # noqa: BLE001 - whoever waits for the write is told
            if len(writes) == 1:
                writes[0].done.set_exception(error)
                return
            # One of them cannot be written: each for itself, so that the others can.
            for write in writes:
                await self._written([write])
        else:
            for write in writes:
                write.done.set_result(write.document.id in kept)

    async def _attempt(self, writes: Sequence[Write]) -> set[UUID]:
        """Write documents of one owner and one model; return which were still wanted."""
        first = writes[0]
        model = await self._models.made(first.model, first.vectors.shape[1])
        async with self._changing(first.document.owner_id) as connection:
            if not await serves(connection, model):
                raise Unavailable("Another embedding model has come to serve meanwhile.")
            wanted = [write for write in writes if await _marked(connection, write)]
            await _replace(connection, model, wanted)
        return {write.document.id for write in wanted}

    async def fail(self, document: Document, problem: str, detail: str) -> None:
        """Keep why the document could not be indexed, and forget what was found of it before."""
        told = {
            "id": document.id,
            "version": document.version,
            "problem": problem,
            "detail": detail,
        }
        owner_id = document.owner_id
        async with self._turn(owner_id), self._changing(owner_id) as connection:
            if (await connection.execute(documents.FAILED, told)).rowcount == 1:
                await _forget_all(connection, owner_id, document.id)

    async def abandon(self, attempts: int) -> None:
        """Give documents up that have been tried so often."""
        for owner_id in await self._database.many(_TO_ABANDON, {"attempts": attempts}, _first):
            given = {"attempts": attempts, "owner": owner_id}
            async with self._turn(owner_id), self._changing(owner_id) as connection:
                cursor = await connection.execute(documents.ABANDON, given)
                for (document_id,) in await cursor.fetchall():
                    await _forget_all(connection, owner_id, document_id)

    async def remove(self, document: Document) -> bool:
        """Delete the document with all that is found of it; return False when it was gone."""
        owner_id = document.owner_id
        given = {"id": document.id, "owner": owner_id}
        async with self._turn(owner_id), self._changing(owner_id) as connection:
            if (await connection.execute(_TAKE, given)).rowcount == 0:
                return False
            await _forget_all(connection, owner_id, document.id)
            await connection.execute(documents.DELETE, given)
            return True

    def _turn(self, owner_id: str) -> asyncio.Lock:
        """Return what one of this process has at a time; who waits for it has no connection."""
        return self._turns.setdefault(owner_id, asyncio.Lock())

    @asynccontextmanager
    async def _changing(self, owner_id: str) -> AsyncIterator[Connection]:
        """Have a transaction that alone changes what is the owner's, in whatever process."""
        async with self._database.connection() as connection, connection.transaction():
            await connection.execute(PATIENCE)
            await connection.execute(postings.LOCK, {"owner_id": owner_id})
            await connection.execute(_KEEP_MODELS)
            yield connection


async def _marked(connection: Connection, write: Write) -> bool:
    done = {
        "id": write.document.id,
        "version": write.document.version,
        "title": write.document.title,
        "media_type": write.document.media_type,
        "chunks": len(write.chunks),
    }
    return (await connection.execute(documents.INDEXED, done)).rowcount == 1


async def _replace(connection: Connection, model: vectors.Model, writes: Sequence[Write]) -> None:
    """Put the chunks of documents of one owner in the place of those that are there.

    A chunk whose key is there stays as it is, and at most changes its place.
    """
    if not writes:
        return
    owner_id = writes[0].document.owner_id
    present = await _present(connection, [write.document.id for write in writes])
    gone: dict[int, str] = {}
    stays: list[tuple[int, Chunk, Vectors]] = []
    comes: list[tuple[Document, Chunk, Vectors]] = []
    for write in writes:
        there = present.get(write.document.id, {})
        for chunk, vector in zip(write.chunks, write.vectors, strict=True):
            if chunk.key in there:
                stays.append((there.pop(chunk.key)[0], chunk, vector))
            else:
                comes.append((write.document, chunk, vector))
        gone |= {number: chunk.embedded for number, chunk in there.values()}
    await _forget(connection, owner_id, gone)
    await _stay(connection, model, owner_id, stays)
    cursor = await connection.execute(texts.NUMBERS, {"count": len(comes)})
    numbers = [number for (number,) in await cursor.fetchall()]
    new = list(zip(numbers, comes, strict=True))
    await texts.copy(connection, ((number, d, chunk) for number, (d, chunk, _) in new))
    await vectors.copy(connection, model, ((number, owner_id, v) for number, (_, _, v) in new))
    await postings.add(connection, owner_id, {n: chunk.embedded for n, (_, chunk, _) in new})
    await connection.execute(vectors.UNSTAGE, {"ids": [write.document.id for write in writes]})


async def _present(
    connection: Connection, document_ids: Sequence[UUID]
) -> Mapping[UUID, dict[str, tuple[int, Chunk]]]:
    """Return the chunks of documents and their numbers, by their keys."""
    cursor = await connection.execute(texts.PRESENT, {"ids": list(document_ids)})
    found: dict[UUID, dict[str, tuple[int, Chunk]]] = defaultdict(dict)
    async for document_id, number, *rest in cursor:
        chunk = texts.chunk(tuple(rest))
        found[document_id][chunk.key] = (number, chunk)
    return found


async def _stay(
    connection: Connection,
    model: vectors.Model,
    owner_id: str,
    stays: Sequence[tuple[int, Chunk, Vectors]],
) -> None:
    if not stays:
        return
    numbers = [number for number, _, _ in stays]
    moved = {
        "numbers": numbers,
        "positions": [chunk.position for _, chunk, _ in stays],
        "pages": [chunk.page for _, chunk, _ in stays],
    }
    await connection.execute(texts.MOVE, moved)
    having = await vectors.having(connection, model, numbers)
    lacking = [(n, owner_id, vector) for n, _, vector in stays if n not in having]
    await vectors.copy(connection, model, lacking)


async def _forget_all(connection: Connection, owner_id: str, document_id: UUID) -> None:
    present = await _present(connection, [document_id])
    gone = {number: chunk.embedded for number, chunk in present.get(document_id, {}).values()}
    await _forget(connection, owner_id, gone)
    await connection.execute(vectors.UNSTAGE, {"ids": [document_id]})


async def _forget(connection: Connection, owner_id: str, gone: Mapping[int, str]) -> None:
    """Take chunks, which have these texts, out of every index."""
    if not gone:
        return
    numbers = {"numbers": list(gone)}
    await connection.execute(texts.TAKE, numbers)
    await postings.remove(connection, owner_id, gone)
    for model in await every(connection):
        await vectors.forget(connection, model, list(gone))
    await connection.execute(texts.FORGET, numbers)


def _first(row: Row) -> str:
    (value,) = row
    return str(value)

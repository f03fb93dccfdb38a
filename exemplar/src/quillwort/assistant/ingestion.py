"""How documents come into the indexes: each whole or not at all, several at once."""

import asyncio
import contextlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final, Self

import numpy as np
import structlog

from quillwort.assistant.corpus import Claimed, Corpus
from quillwort.assistant.documents import Document, Progress
from quillwort.assistant.embedding import Embedder, Refused, Vectors
from quillwort.assistant.loading import Unreadable
from quillwort.assistant.observation import SILENT, IngestionObserver
from quillwort.assistant.passages import Chunk
from quillwort.assistant.reading import Reader
from quillwort.assistant.reembedding import settled
from quillwort.domain.errors import Unavailable
from quillwort.kit.lifecycle import cancelled

POLL_SECONDS: Final = 2.0
"""How soon a document is noticed that another process took in, or left behind."""

AT_ONCE: Final = 20
"""Documents under way at a time: while one is read, others are embedded and written together."""

LARGE_BYTES: Final = 1 << 20
"""While a document above this is under way no other is begun, which bounds what is in memory."""

RENEW_SECONDS: Final = 15.0
"""How often a document under way is claimed anew: several times before its claim would lapse."""

ASKED_AGAIN_SECONDS: Final = 5.0
"""How soon an embedder that did not answer is asked again for a document under way, and a document
tried again for which something else did not."""

REFUSED: Final = "refused"
"""The problem of a document whose text the embedder will not take."""

BATCH: Final = 64
"""Chunks that are embedded before they are kept: what is lost when the process ends."""

_log = structlog.get_logger(__name__)


class Ingestion:
    """Indexes the documents that wait, for as long as its context lasts.

    What is under way when the context ends is given back, and whoever comes next goes on with it at
    once: nothing of a document is found before all of it is, but vectors that were made and kept
    are not made again. What was under way as a process died is indexed alone from then on, so that
    one document that ends the process costs no other.
    """

    def __init__(
        self,
        corpus: Corpus,
        embedder: Embedder,
        reader: Reader,
        observer: IngestionObserver = SILENT,
    ) -> None:
        self._corpus = corpus
        self._embedder = embedder
        self._reader = reader
        self._observer = observer
        self._woken = asyncio.Event()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._under_way: dict[asyncio.Task[None], Document] = {}
        self._told = -POLL_SECONDS
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin."""
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        """End, and give back what is under way."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        left = dict(self._under_way)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        with _logged():
            for document in left.values():
                await self._corpus.release(document)
        await self._reader.close()

    def wake(self) -> None:
        """Look for documents now."""
        self._woken.set()

    async def index_next(self) -> bool:
        """Index the document that has waited longest; return False when none waits.

        Raises:
            Unavailable: when what this needs does not answer; the document goes on waiting.
        """
        embedder = await settled(self._embedder)
        claimed = await self._corpus.claim()
        if claimed is None:
            return False
        try:
            await self._index(_Work(claimed.document, embedder), claimed.content)
        except Unavailable:
            await self._corpus.release(claimed.document)
            raise
        return True

    async def _index(self, work: "_Work", content: bytes) -> None:
        renewing = asyncio.create_task(self._renew(work))
        try:
            if work.others:
                await asyncio.wait(work.others)
            await self._read(work, content)
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)

    async def _read(self, work: "_Work", content: bytes) -> None:
        document = work.document
        began = time.perf_counter()
        try:
            read = await self._reader.read(document.name, content)
            vectors = await self._vectors(work, read.chunks)
        except Unreadable as error:
            await self._corpus.fail(document, error.reason, error.message)
            self._observer.on_failed(error.reason)
            _log.info("unreadable", document=str(document.id), problem=error.reason)
            return
        except Refused as error:
            await self._corpus.fail(document, REFUSED, error.message)
            self._observer.on_failed(REFUSED)
            _log.warning("refused", document=str(document.id), reason=error.message)
            return
        if vectors is None:
            return
        named = replace(document, title=read.title, media_type=read.media_type)
        await self._corpus.index(named, work.embedder.name, read.chunks, vectors)
        self._observer.on_indexed(len(read.chunks), time.perf_counter() - began)
        _log.info("indexed", document=str(document.id), chunks=len(read.chunks))

    async def _vectors(self, work: "_Work", chunks: Sequence[Chunk]) -> Vectors | None:
        """Return a vector for each chunk, or None when the document is wanted no more.

        What has been embedded before, in this document or another of its label, is at hand.
        """
        texts = {chunk.digest: chunk.embedded for chunk in chunks}
        model = work.embedder.name
        known = dict(await self._corpus.embedded(work.document, model, texts.keys()))
        new = [digest for digest in texts if digest not in known]
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            made = await self._made(work, [texts[digest] for digest in batch])
            if made is None:
                return None
            fresh = dict(zip(batch, made, strict=True))
            known |= fresh
            if len(new) > BATCH:
                work.progress = Progress("embedding", len(known), len(texts))
                if not await self._corpus.stage(work.document, model, fresh, work.progress):
                    return None
        vectors = np.empty((len(chunks), work.embedder.dimensions), dtype=np.float32)
        for row, chunk in enumerate(chunks):
            vectors[row] = known[chunk.digest]
        return vectors

    async def _made(self, work: "_Work", texts: Sequence[str]) -> Vectors | None:
        """Return the texts' vectors, or None when the document is wanted no more.

        Who waits keeps the document: whoever took it next would read it again, and wait as well.

        Raises:
            Refused: when the embedder will never make them.
            Unavailable: when this does not wait, or another embedder serves by now.
        """
        while True:
            try:
                return await work.embedder.embed(texts)
            except Refused:
                raise
            except Unavailable as error:
                if not work.waits or await settled(self._embedder) is not work.embedder:
                    raise
                _log.warning("ingestion waits", reason=error.message)
            await asyncio.sleep(ASKED_AGAIN_SECONDS)
            if not await self._corpus.stage(work.document, work.embedder.name, {}, work.progress):
                return None

    async def _renew(self, work: "_Work") -> None:
        while not cancelled():
            await asyncio.sleep(RENEW_SECONDS)
            with contextlib.suppress(Unavailable):
                await self._corpus.stage(work.document, work.embedder.name, {}, work.progress)

    async def _tell(self) -> None:
        """Tell how many documents wait, but no oftener than they are looked for."""
        if time.monotonic() >= self._told + POLL_SECONDS:
            self._told = time.monotonic()
            self._observer.on_waiting(await self._corpus.waiting())

    async def _run(self) -> None:
        while not cancelled():
            self._woken.clear()
            with _logged():
                await self._tell()
                await self._drain()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._woken.wait()

    async def _drain(self) -> None:
        """Begin with one document after another until none waits."""
        while True:
            await self._room.acquire()
            try:
                embedder = await settled(self._embedder)
                claimed = await self._claimed()
            except BaseException:
                self._room.release()
                raise
            if claimed is None:
                self._room.release()
                return
            alone = claimed.attempts > 1
            others = tuple(self._under_way) if alone else ()
            work = _Work(claimed.document, embedder, waits=True, others=others)
            task = asyncio.create_task(self._one(work, claimed.content))
            self._under_way[task] = claimed.document
            task.add_done_callback(self._under_way.pop)
            if alone or len(claimed.content) > LARGE_BYTES:
                await asyncio.wait([task])
            await self._tell()

    async def _claimed(self) -> Claimed | None:
        """Claim a document, and give it back when this is ended meanwhile."""
        claiming = asyncio.create_task(self._corpus.claim())
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            claimed = await claiming
            if claimed is not None:
                await self._corpus.release(claimed.document)
            raise

    async def _one(self, work: "_Work", content: bytes) -> None:
        try:
            with _logged():
                try:
                    await self._index(work, content)
                except Unavailable:
                    # Given back at once, it would be tried again and again.
                    await asyncio.sleep(ASKED_AGAIN_SECONDS)
                    await self._corpus.release(work.document)
                    raise
        finally:
            self._room.release()


@dataclass(slots=True)
class _Work:
    """A document under way, what it is embedded with and waits for, and how far it is.

    `waits` says whether it waits for its embedder; `others` are to be done before it is begun.
    """

    document: Document
    embedder: Embedder
    waits: bool = False
    others: tuple[asyncio.Task[None], ...] = ()
    progress: Progress = field(default_factory=lambda: Progress("reading"))


@contextmanager
def _logged() -> Iterator[None]:
    """Log what goes wrong: one document must not end the indexing of all others.

    It is tried again, and given up when it has been tried often enough.
    """
    try:
        yield
    except Unavailable as error:
        _log.warning("ingestion waits", reason=error.message)
    except Exception:  # noqa: BLE001 - whatever it was, the next document can be indexed
        _log.exception("ingestion failed")

"""How documents come into the indexes: one after another, each whole or not at all."""

import asyncio
import contextlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Self

import numpy as np
import structlog

from quillwort.assistant.chunking import ChunkLimits, chunked
from quillwort.assistant.corpus import Claimed, Corpus
from quillwort.assistant.embedding import Embedder, Vectors
from quillwort.assistant.loading import Loaded, Loader, LoadLimits, Unreadable, read
from quillwort.assistant.observation import SILENT, IngestionObserver
from quillwort.assistant.passages import Chunk
from quillwort.domain.errors import Unavailable

POLL_SECONDS: Final = 2.0
"""How soon a document is noticed that another process took in, or left behind."""

_log = structlog.get_logger(__name__)


class Ingestion:
    """Indexes the documents that wait, for as long as its context lasts.

    What is under way when the context ends is left, and begun anew by whoever comes next: nothing
    of a document is kept before all of it is.
    """

    def __init__(
        self,
        corpus: Corpus,
        embedder: Embedder,
        loaders: Mapping[str, Loader],
        observer: IngestionObserver = SILENT,
    ) -> None:
        self._corpus = corpus
        self._embedder = embedder
        self._loaders = loaders
        self._observer = observer
        self._woken = asyncio.Event()
        self._told = -POLL_SECONDS
        self._task: asyncio.Task[None] | None = None
        # A cancellation may come while a driver turns it into an error of its own.
        self._ended = False

    async def __aenter__(self) -> Self:
        """Begin."""
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        """End."""
        self._ended = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def wake(self) -> None:
        """Look for documents now."""
        self._woken.set()

    async def index_next(self) -> bool:
        """Index the document that has waited longest; return False when none waits.

        Raises:
            Unavailable: when what this needs does not answer; the document goes on waiting.
        """
        claimed = await self._corpus.claim()
        if claimed is None:
            return False
        document = claimed.document
        began = time.perf_counter()
        try:
            loaded = await asyncio.to_thread(self._loaded, claimed)
            chunks = await asyncio.to_thread(self._chunks, loaded)
        except Unreadable as error:
            await self._corpus.fail(document, error.reason, str(error))
            self._observer.on_failed(error.reason)
            _log.info("unreadable", document=str(document.id), problem=error.reason)
            return True
        named = replace(document, title=loaded.title, media_type=loaded.media_type)
        vectors = await self._vectors(claimed, chunks)
        await self._corpus.index(named, self._embedder.name, chunks, vectors)
        self._observer.on_indexed(len(chunks), time.perf_counter() - began)
        _log.info("indexed", document=str(document.id), chunks=len(chunks))
        return True

    def _loaded(self, claimed: Claimed) -> Loaded:
        return read(claimed.document.name, claimed.content, self._loaders, LoadLimits())

    def _chunks(self, loaded: Loaded) -> tuple[Chunk, ...]:
        return chunked(loaded.blocks, self._embedder.count, ChunkLimits())

    async def _vectors(self, claimed: Claimed, chunks: Sequence[Chunk]) -> Vectors:
        """Return a vector for each chunk; those of chunks that have not changed are at hand."""
        model = self._embedder.name
        known = await self._corpus.embedded(claimed.document.id, model)
        new = [chunk for chunk in chunks if chunk.key not in known]
        made = await self._embedder.embed([chunk.embedded for chunk in new])
        vectors = np.empty((len(chunks), self._embedder.dimensions), dtype=np.float32)
        fresh = dict(zip((chunk.key for chunk in new), made, strict=True))
        for row, chunk in enumerate(chunks):
            vectors[row] = fresh[chunk.key] if chunk.key in fresh else known[chunk.key]
        return vectors

    async def _tell(self) -> None:
        """Tell how many documents wait, but no oftener than they are looked for."""
        if time.monotonic() >= self._told + POLL_SECONDS:
            self._told = time.monotonic()
            self._observer.on_waiting(await self._corpus.waiting())

    async def _run(self) -> None:
        while not self._ended:
            self._woken.clear()
            try:
                await self._tell()
                while await self.index_next():
                    await self._tell()
            except Unavailable as error:
                _log.warning("ingestion waits", reason=error.message)
            except Exception:  # noqa: BLE001 - whatever it was, the next document can be indexed
                # One document must not end the indexing of all others: it is tried again, and
                # given up when it has been tried often enough.
                _log.exception("ingestion failed")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._woken.wait()

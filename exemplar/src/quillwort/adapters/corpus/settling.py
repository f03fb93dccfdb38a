"""Moves vectors into the graph when there is nothing more urgent to do."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final, Self

import structlog

from quillwort.adapters.corpus import vectors
from quillwort.adapters.corpus.models import Models
from quillwort.adapters.postgresql.database import Database, Row
from quillwort.domain.errors import Unavailable
from quillwort.kit.lifecycle import cancelled

FRESH_MOST: Final = 20_000
"""Vectors that may wait while documents do: searches compare them one by one, in some 10 ms."""
BATCH: Final = 25
"""Vectors that move in one transaction, which takes some 50 ms."""
PAUSE_SECONDS: Final = 0.5

_BUSY: Final = "SELECT EXISTS (SELECT FROM documents WHERE status = 'queued')"

_log = structlog.get_logger(__name__)


class Settling:
    """Settles vectors for as long as its context lasts; several processes may do so together."""

    def __init__(
        self, database: Database, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._database = database
        self._pause = pause
        self._models = Models(database)
        self._overdue = False
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin."""
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        """End."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def settle(self) -> int:
        """Move some vectors of the model that serves, unless documents wait; return how many.

        Raises:
            Unavailable: when the database does not answer.
        """
        model = await self._models.serving()
        if model is None:
            return 0
        busy = await self._database.one(_BUSY, {}, _first)
        async with self._database.connection() as connection, connection.transaction():
            self._overdue = await vectors.waiting(connection, model, FRESH_MOST) == FRESH_MOST
            if busy and not self._overdue:
                return 0
            return await vectors.settle(connection, model, BATCH)

    async def _run(self) -> None:
        while not cancelled():
            moved = 0
            began = time.monotonic()
            try:
                moved = await self.settle()
            except Unavailable as error:
                _log.warning("settling waits", reason=error.message)
            except Exception:  # noqa: BLE001 - the next attempt may go well
                _log.exception("settling failed")
            await self._pause(self._rest(moved, time.monotonic() - began))

    def _rest(self, moved: int, took: float) -> float:
        """Return for how many seconds to do nothing: half of the time is left to who asks."""
        if not moved:
            return PAUSE_SECONDS
        return 0.0 if self._overdue else took


def _first(row: Row) -> bool:
    (value,) = row
    return bool(value)

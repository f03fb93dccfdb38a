"""Streams of answers: events as they are told, heartbeats in between, an end when nobody reads."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from quillwort.assistant.telling import Following
from quillwort.entrypoints.rest.assistant.events import HEARTBEAT, written

EVENT_STREAM: Final = "text/event-stream"
STALLED_SECONDS: Final = 30.0
"""How long a reader may take nothing; what waits for it is held in the process."""

DOCUMENTED: Final[dict[str, Any]] = {
    "description": (
        "`passage`, `token`, `citation`, `restart`, `usage` and `error` events as the answer comes,"
        " then `done`. The id of an event is where to continue, in Last-Event-ID."
    ),
    "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
}
"""How OpenAPI shows a stream."""


class EventStream(StreamingResponse):
    """An answer as its reader is told it, at the reader's own pace.

    The reader is closed when the stream ends, however it does: by the answer's end, by a caller
    that goes away, or by one that takes nothing for `STALLED_SECONDS`.
    """

    def __init__(
        self, following: Following, heartbeat_seconds: float, location: str | None = None
    ) -> None:
        # Proxies such as nginx would collect an answer before they pass it on.
        headers = {"X-Accel-Buffering": "no"} | ({"Location": location} if location else {})
        super().__init__(
            _pieces(following, heartbeat_seconds), media_type=EVENT_STREAM, headers=headers
        )
        self._following = following

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream until the end, or until the caller has left."""
        del scope
        writing = asyncio.create_task(self._write(send))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({writing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._following.aclose()
            for task in (writing, leaving):
                task.cancel()
            await asyncio.gather(writing, leaving, return_exceptions=True)
        if not writing.cancelled():
            writing.result()

    async def _write(self, send: Send) -> None:
        async def sending(message: dict[str, Any]) -> None:
            async with asyncio.timeout(STALLED_SECONDS):
                await send(message)

        await sending(
            {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        )
        async for piece in self.body_iterator:
            await sending({"type": "http.response.body", "body": piece, "more_body": True})
        await sending({"type": "http.response.body", "body": b"", "more_body": False})


async def _pieces(following: Following, heartbeat_seconds: float) -> AsyncIterator[bytes]:
    while not following.ended:
        told = await following.within(heartbeat_seconds)
        yield b"".join(written(following.id, each) for each in told) or HEARTBEAT


async def _left(receive: Receive) -> None:
    """Return when the caller has left."""
    while (await receive())["type"] != "http.disconnect":
        pass

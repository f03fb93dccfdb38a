"""Bounds what of a provider's stream is held at once: an event, until it has come to its end."""

from collections.abc import AsyncIterator
from typing import Final

import httpx2

MOST_BYTES: Final = 1_048_576
"""Of one event. Those of a model have some hundred; a whole answer in one has some thousand."""

_ENDS: Final = (b"\n\n", b"\r\n\r\n", b"\r\r")
"""The empty lines that end an event (HTML Living Standard, 9.2)."""
_LONGEST_END: Final = 4


class EventTooLong(Exception):
    """An event did not end in time."""


async def bound(response: httpx2.Response) -> None:
    """Have the response raise `EventTooLong` where an event goes beyond `MOST_BYTES`."""
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Bounded(response.stream)


class _Bounded(httpx2.AsyncByteStream):
    """A stream of events, none of them too long."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        length, last = 0, b""
        async for piece in self._stream:
            seen = last + piece
            after = min(len(seen.rpartition(end)[2]) for end in _ENDS)
            length = after if after < len(seen) else length + len(piece)
            if length > MOST_BYTES:
                raise EventTooLong
            last = seen[1 - _LONGEST_END :]
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()

"""A client that costs as little as Python allows: HTTP/1.1 on kept-alive connections, one request at a time.

It reads what this tool's services send: a status line, headers with Content-Length, a body. An answer in
chunks is refused, loudly. General clients cost ten times as much, and would measure themselves.
"""

import asyncio
from collections import deque
from typing import Final

ANSWER_SECONDS: Final = 10.0
_LENGTH: Final = b"content-length:"


class Failed(Exception):  # noqa: N818 - it says what happened to a request
    """A request got no proper answer; the message says why, in few words."""


class Connection(asyncio.Protocol):
    """One kept-alive connection."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._buffer = b""
        self._needed = -1
        self._body_at = 0

    @property
    def open(self) -> bool:
        """Whether a request can be sent."""
        return self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport in."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Fail the request that is under way."""
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(Failed("the connection was closed"))

    def data_received(self, data: bytes) -> None:
        """Read on until the answer is whole."""
        self._buffer += data
        if self._needed < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self._body_at = end + 4
            self._needed = self._body_at + self._length(self._buffer[:end].lower())
        if len(self._buffer) >= self._needed and self._answer is not None:
            status = int(self._buffer[9:12])
            body = self._buffer[self._body_at : self._needed]
            self._buffer, self._needed = b"", -1
            if not self._answer.done():
                self._answer.set_result((status, body))

    def _length(self, head: bytes) -> int:
        at = head.find(_LENGTH)
        if at < 0:
            if self._answer is not None and not self._answer.done() and head[9:12] != b"204":
                self._answer.set_exception(Failed("the answer has no Content-Length"))
            return 0
        end = head.find(b"\r", at)
        return int(head[at + len(_LENGTH) : end if end >= 0 else None])

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Return status and body of the answer.

        Raises:
            Failed: there was none in time.
        """
        if self._transport is None:
            message = "the connection was closed"
            raise Failed(message)
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._answer
        except TimeoutError:
            self.close()
            message = f"no answer in {ANSWER_SECONDS:.0f} s"
            raise Failed(message) from None

    def close(self) -> None:
        """Close it at once."""
        if self._transport is not None:
            self._transport.abort()


class Pool:
    """Connections to one port of 127.0.0.1, used in turn.

    Args:
        port: where to connect.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: deque[Connection] = deque()

    async def fill(self, connections: int) -> None:
        """Open connections until that many are idle.

        Raises:
            OSError: nothing listens there.
        """
        while len(self._idle) < connections:
            self._idle.append(await self._connect())

    async def exchange(self, request: bytes) -> tuple[int, bytes]:
        """Send a request over an idle connection, a new one when none is, and return status and body.

        Raises:
            Failed: there was no answer in time, or no connection.
        """
        connection = self._take()
        try:
            connection = connection or await self._connect()
            return await connection.send(request)
        except OSError as error:
            message = f"no connection: {error.strerror}"
            raise Failed(message) from error
        finally:
            if connection is not None and connection.open:
                self._idle.append(connection)

    def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            self._idle.popleft().close()

    def _take(self) -> Connection | None:
        while self._idle:
            connection = self._idle.popleft()
            if connection.open:
                return connection
        return None

    async def _connect(self) -> Connection:
        _, connection = await asyncio.get_running_loop().create_connection(
            Connection, "127.0.0.1", self._port
        )
        return connection

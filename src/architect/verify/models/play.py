"""A script played over one connection, until its end or the client's."""

import asyncio
import itertools
import json
import time
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from architect.verify.models.dialect import Dialect, Finish, Tokens, written
from architect.verify.models.http import chunk, head
from architect.verify.models.script import Script

STREAM: Final = "text/event-stream; charset=utf-8"
JSON: Final = "application/json"
BYTES_A_TOKEN: Final = 4
"""Of English text, on average (OpenAI help centre, "What are tokens and how to count them?")."""
STALL_SECONDS: Final = 60.0


class Recorded(Protocol):
    """What is written down while a script is played."""

    first_token_at: float
    abandoned: bool
    used: Tokens


class _GoneError(Exception):
    """The client closed the connection."""


class Play:
    """One script on one connection.

    Args:
        script: what happens.
        dialect: in whose words.
        size: bytes of the request.
        reader: the connection, which only tells when the client goes.
        writer: the connection.
    """

    def __init__(
        self,
        script: Script,
        dialect: Dialect,
        size: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._script = script
        self._dialect = dialect
        self._reader = reader
        self._writer = writer
        read = size // BYTES_A_TOKEN if script.input_tokens is None else script.input_tokens
        self._used = Tokens(read, 0)
        self._written = script.written(dialect.content())
        self._left: asyncio.Task[bytes] | None = None

    async def run(self, call: Recorded) -> None:
        """Play it, writing down what happens."""
        self._left = asyncio.create_task(self._reader.read(1))
        try:
            if self._script.status != 200:  # noqa: PLR2004 - 200 is OK, as everywhere
                self._error()
            elif self._dialect.streams:
                await self._stream(call)
            else:
                await self._body(call)
            await self._writer.drain()
        except (_GoneError, OSError):
            call.abandoned = True
        finally:
            self._left.cancel()

    def _error(self) -> None:
        script = self._script
        told = {"Retry-After": script.retry_after} if script.retry_after else {}
        body = json.dumps(self._dialect.failure(script.status)).encode()
        self._writer.write(head(script.status, JSON, told) + chunk(body) + chunk(b""))

    async def _body(self, call: Recorded) -> None:
        """Answer a request that wants no stream: all at once, when the last token would have come."""
        script = self._script
        await self._wait(script.first_seconds + script.pace_seconds * len(self._written))
        if script.ending in ("stalls", "endless"):
            await self._wait(STALL_SECONDS)
        used = self._told(len(self._written))
        call.used, call.first_token_at = used, time.monotonic()
        finish: Finish = "refused" if script.ending == "refused" else "whole"
        value = self._dialect.whole("".join(self._written), finish, used)
        data = json.dumps(self._dialect.wrong() if script.ending == "wrong_schema" else value).encode()
        broken = script.ending in ("malformed", "cut")
        self._writer.write(head(200, JSON, {}) + chunk(data[: len(data) // 2] if broken else data))
        if script.ending != "cut":
            self._writer.write(chunk(b""))

    async def _stream(self, call: Recorded) -> None:
        script = self._script
        self._writer.write(head(200, STREAM, {"Cache-Control": "no-cache"}))
        self._send(self._dialect.opening(self._used))
        await self._wait(script.first_seconds)
        count = 0
        for piece in self._pieces():
            if count:
                await self._wait(script.pace_seconds)
            count += 1
            call.first_token_at = call.first_token_at or time.monotonic()
            call.used = self._told(count)
            self._send((self._dialect.token(piece),))
            await self._writer.drain()
        call.used = self._told(count)
        await self._end(call.used)

    async def _end(self, used: Tokens) -> None:
        match self._script.ending:
            case "stalls":
                await self._writer.drain()
                await self._wait(STALL_SECONDS)
            case "cut":
                await self._writer.drain()
                self._writer.transport.abort()
            case "malformed":
                self._send((self._dialect.malformed,))
                self._writer.write(chunk(b""))
            case "wrong_schema":
                self._send((written(self._dialect.wrong(), "list"),))
                self._writer.write(chunk(b""))
            case "unfinished":
                self._writer.write(chunk(b""))
            case "refused":
                self._send(self._dialect.closing("refused", used))
                self._writer.write(chunk(b""))
            case _:
                self._send(self._dialect.closing("whole", used))
                self._writer.write(chunk(b""))

    def _pieces(self) -> Iterator[str]:
        return itertools.cycle(self._written) if self._script.ending == "endless" else iter(self._written)

    def _told(self, count: int) -> Tokens:
        said = self._script.output_tokens
        return Tokens(self._used.read, count if said is None else said)

    def _send(self, events: Iterable[bytes]) -> None:
        for event in events:
            self._writer.write(chunk(event))

    async def _wait(self, seconds: float) -> None:
        """Let time pass.

        Raises:
            _GoneError: the client has gone, or goes meanwhile.
        """
        if self._left is None:
            return
        await asyncio.wait({self._left}, timeout=seconds)
        if self._left.done():
            raise _GoneError

"""A cable between a service and its database that a gate can pull out and put back."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from urllib.parse import urlsplit, urlunsplit

from architect.verify.ports import free_port

CHUNK_BYTES = 1 << 16


class Cable:
    """Forwards a loopback port to a server until it is cut; made by :func:`cable`.

    Args:
        host: where the server listens.
        port: likewise.
    """

    def __init__(self, host: str, port: int) -> None:
        self.port = free_port()
        self._far_end = (host, port)
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()

    async def join(self) -> None:
        """Let connections through, on the same port as before."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def cut(self) -> None:
        """Break every connection and refuse new ones."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for end in tuple(self._ends):
            end.transport.abort()

    async def _carry(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        try:
            far, far_out = await asyncio.open_connection(*self._far_end)
        except OSError:
            near_out.transport.abort()
            return
        ends = {near_out, far_out}
        if self._server is None:  # cut while this connection was being made
            for end in ends:
                end.transport.abort()
            return
        self._ends |= ends
        try:
            await asyncio.gather(_pour(near, far_out), _pour(far, near_out))
        finally:
            self._ends -= ends


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await source.read(CHUNK_BYTES):
            sink.write(chunk)
            await sink.drain()
    sink.close()


@contextlib.asynccontextmanager
async def cable(url: str) -> AsyncIterator[tuple[Cable, str]]:
    """Give a joined cable to the server of a database URL, and the URL that leads through it."""
    parts = urlsplit(url)
    made = Cable(parts.hostname or "127.0.0.1", parts.port or 5432)
    await made.join()
    credentials, _, _ = parts.netloc.rpartition("@")
    netloc = f"{credentials}@127.0.0.1:{made.port}" if credentials else f"127.0.0.1:{made.port}"
    try:
        yield made, urlunsplit((parts.scheme, netloc, parts.path, parts.query, ""))
    finally:
        await made.cut()

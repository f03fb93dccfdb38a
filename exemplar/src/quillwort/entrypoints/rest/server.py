"""Serves the application over HTTP."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from quillwort.entrypoints.rest.settings import HttpSettings

MAX_HEAD_BYTES: Final = 32 << 10
"""What a request may say before its body: line and headers together."""


class RestServer:
    """A server to start and stop once, on the running event loop."""

    def __init__(self, app: ASGIApp, settings: HttpSettings) -> None:
        self._settings = settings
        self._server = _Server(
            uvicorn.Config(
                app,
                http=_Protocol,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_keep_alive=settings.keep_alive_seconds,
            )
        )
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> int:
        """Listen, and return the port, which is a free one when the settings say 0.

        Raises:
            OSError: when the address cannot be listened on.
        """
        address = (self._settings.host, self._settings.port)
        family = socket.AF_INET6 if ":" in self._settings.host else socket.AF_INET
        listener = socket.create_server(address, family=family, backlog=2048)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        await self._server.listening.wait()
        port: int = listener.getsockname()[1]
        return port

    async def stop(self, grace_seconds: float) -> None:
        """Accept no more requests, give those under way so long, cut off what is left."""
        if self._serving is None:
            return
        self._server.config.timeout_graceful_shutdown = max(int(grace_seconds), 1)
        self._server.should_exit = True
        await self._serving


class _Server(uvicorn.Server):
    """Uvicorn's server, with signals left to the process and an event for when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        self.listening.set()


class _Protocol(HttpToolsProtocol):
    """Uvicorn's protocol, which by itself would keep a head of any size in memory.

    A head that is too large ends the connection with 400, whether it is complete or never ends.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unfinished = 0

    def data_received(self, data: bytes) -> None:
        """Parse, and give up on a head that does not end."""
        self._unfinished += len(data)
        super().data_received(data)
        if self._unfinished > MAX_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def on_headers_complete(self) -> None:
        """Begin to serve.

        Raises:
            ValueError: when the head is too large, which the parser answers with 400.
        """
        head = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if head > MAX_HEAD_BYTES:
            raise ValueError(head)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._unfinished = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Expect another request."""
        self._unfinished = 0
        super().on_message_complete()

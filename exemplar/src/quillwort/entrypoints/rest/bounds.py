"""Bounds on what one request may take: bytes and seconds."""

import asyncio
from collections.abc import Mapping
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quillwort.domain.errors import Unavailable
from quillwort.entrypoints.rest import headers
from quillwort.entrypoints.rest.errors import BodyTooLarge

EVENT_STREAM: Final = b"text/event-stream"


class BodyLimit:
    """Refuses bodies beyond a bound, by what is announced and by what is sent.

    The bound is `max_bytes`, but for the methods and paths in `others`, which have their own.
    Nothing is kept here: what is announced is refused before any of it is read, and what is not
    announced as soon as one byte too many has come.
    """

    def __init__(
        self, app: ASGIApp, max_bytes: int, others: Mapping[tuple[str, str], int] | None = None
    ) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._others = others or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve.

        Raises:
            BodyTooLarge: when it has more.
        """
        max_bytes = self._others.get((scope["method"], scope["path"]), self._max_bytes)
        announced = headers.single(scope, b"content-length")
        if announced is not None:
            if int(announced) > max_bytes:
                raise BodyTooLarge(max_bytes)
            # The server lets no request send more than it announced.
            await self._app(scope, receive, send)
            return
        received = 0

        async def receiving() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > max_bytes:
                raise BodyTooLarge(max_bytes)
            return message

        await self._app(scope, receiving, send)


class RequestTimeout:
    """Ends the work on a request that takes longer than `seconds`.

    An event stream has to begin within them; what it tells bounds how long it goes on.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve.

        Raises:
            Unavailable: when time is up.
        """
        timer = asyncio.timeout(self._seconds)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and _streams(message):
                timer.reschedule(None)
            await send(message)

        try:
            async with timer:
                await self._app(scope, receive, sending)
        except TimeoutError as error:
            if not timer.expired():
                raise
            raise Unavailable("The request took too long.") from error


def _streams(start: Message) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(EVENT_STREAM)
        for name, value in start["headers"]
    )

"""One line a request, and the id by which everything said about it can be found again."""

import time
from typing import Final

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quillwort.entrypoints.rest import headers
from quillwort.kit import request_id

REQUEST_ID: Final = b"x-request-id"

_log = structlog.get_logger(__name__)


class AccessLog:
    """Gives every request an id, its caller's if that is plain, and logs how it ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, and say so."""
        identity = request_id.chosen(headers.single(scope, REQUEST_ID))
        added = headers.to_add(scope)
        added.append((REQUEST_ID, identity.encode()))
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        structlog.contextvars.bind_contextvars(request_id=identity)
        began = time.perf_counter()
        try:
            await self._app(scope, receive, sending)
        except Exception:
            _log.exception("defect")
            if not status:
                raise
        finally:
            _log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                # 499, as nginx has it: the caller left before there was an answer.
                status=status or 499,
                milliseconds=round((time.perf_counter() - began) * 1000, 2),
            )

"""One line a call, and the id by which everything said about it can be found again."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import grpc
import structlog

from quillwort.entrypoints.grpc.interceptors.base import Call, CallInterceptor
from quillwort.kit import request_id

REQUEST_ID: Final = "x-request-id"
"""The metadata that carries the id, both ways."""

_log = structlog.get_logger(__name__)


class AccessLogInterceptor(CallInterceptor):
    """Gives every call a request id, its caller's if that will do, and logs how it ended."""

    @asynccontextmanager
    async def around(self, call: Call) -> AsyncIterator[None]:
        """Set the request id, send it back, and log the call when it is over."""
        began = time.perf_counter()
        identity = request_id.chosen(next(iter(call.metadata(REQUEST_ID)), None))
        call.context.set_trailing_metadata(((REQUEST_ID, identity),))
        structlog.contextvars.bind_contextvars(request_id=identity)
        unfinished = grpc.StatusCode.OK
        try:
            yield
        except asyncio.CancelledError:
            unfinished = grpc.StatusCode.CANCELLED
            raise
        finally:
            # The type stubs say StatusCode; a call that was not aborted has set none.
            code: grpc.StatusCode | None = call.context.code()
            _log.info(
                "call",
                method=call.method,
                code=(code or unfinished).name,
                milliseconds=round((time.perf_counter() - began) * 1000, 2),
            )

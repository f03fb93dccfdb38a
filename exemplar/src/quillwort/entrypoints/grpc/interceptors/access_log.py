"""One line a call, and the id by which everything said about it can be found again."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from uuid import uuid4

import grpc
import structlog

from quillwort.entrypoints.grpc.interceptors.base import Call, CallInterceptor

REQUEST_ID: Final = "x-request-id"
"""The metadata that carries the id, both ways."""

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,128}")

_log = structlog.stdlib.get_logger(__name__)


class AccessLogInterceptor(CallInterceptor):
    """Gives every call a request id, its caller's if that is plain, and logs how it ended."""

    @asynccontextmanager
    async def around(self, call: Call) -> AsyncIterator[None]:
        """Bind the request id, send it back, and log the call when it is over."""
        request_id = _request_id(call)
        call.context.set_trailing_metadata(((REQUEST_ID, request_id),))
        began = time.perf_counter()
        cancelled = False
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                yield
            except asyncio.CancelledError:
                cancelled = True
                raise
            finally:
                _log.info(
                    "call",
                    method=call.method,
                    code=_code(call, cancelled=cancelled),
                    milliseconds=round((time.perf_counter() - began) * 1000, 2),
                )


def _request_id(call: Call) -> str:
    given = call.metadata(REQUEST_ID)
    if len(given) == 1 and _REQUEST_ID.fullmatch(given[0]):
        return given[0]
    return uuid4().hex


def _code(call: Call, *, cancelled: bool) -> str:
    # The type stubs say StatusCode; a call that ended well has set none.
    code: grpc.StatusCode | None = call.context.code()
    if code is not None:
        return code.name
    return grpc.StatusCode.CANCELLED.name if cancelled else grpc.StatusCode.OK.name

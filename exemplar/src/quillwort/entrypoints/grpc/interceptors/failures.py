"""Turns what goes wrong into a status, so that callers learn what they need and nothing more."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc
import structlog
from grpc_status import rpc_status

from quillwort.entrypoints.grpc.interceptors.base import (
    Call,
    CallContext,
    CallInterceptor,
    Handler,
    behaviour_of,
    like,
)
from quillwort.entrypoints.grpc.statuses import status_of

_log = structlog.get_logger(__name__)


class FailureInterceptor(CallInterceptor):
    """Ends a call whose behaviour raises with a google.rpc.Status and its details.

    Requests are parsed inside, so that a malformed one fails like any other bad input.
    """

    @asynccontextmanager
    async def around(self, call: Call) -> AsyncIterator[None]:
        """Abort the call when something is raised inside; what was not foreseen is logged."""
        try:
            yield
        except grpc.aio.AbortError:
            raise
        except Exception as error:  # noqa: BLE001 - the last place that can keep it from the caller
            told = rpc_status.to_status(status_of(error))
            if told.code is grpc.StatusCode.INTERNAL:
                _log.exception("defect", method=call.method)
            sent = call.context.trailing_metadata()
            await call.context.abort(told.code, told.details, (*sent, *told.trailing_metadata))

    def surround(self, method: str, handler: Handler) -> Handler:
        """Return the handler, with the request parsed inside `around`."""
        return super().surround(method, _parsing(handler))


def _parsing(handler: Handler) -> Handler:
    """Return a handler that takes bytes and parses them itself; streams parse as they are read."""
    parse = handler.request_deserializer
    if handler.request_streaming or parse is None:
        return handler
    behaviour = behaviour_of(handler)

    async def answer(request: bytes, context: CallContext) -> object:
        return await behaviour(parse(request), context)

    return like(handler, answer, None)

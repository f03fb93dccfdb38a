"""Durations of gRPC calls."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc

from quillwort.entrypoints.grpc.interceptors.base import Call, CallInterceptor
from quillwort.kit.metrics import Durations, Metrics


class CallDurations(Durations):
    """Seconds of calls, by method and code; methods that nobody serves are not counted."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(
            metrics,
            "grpc_call_duration_seconds",
            "Seconds from a call's head to its status.",
            ("method", "code"),
        )


class CallMetrics(CallInterceptor):
    """Times every call around all else."""

    def __init__(self, durations: CallDurations) -> None:
        super().__init__()
        self._durations = durations

    @asynccontextmanager
    async def around(self, call: Call) -> AsyncIterator[None]:
        """Time the call."""
        began = time.perf_counter()
        unfinished = grpc.StatusCode.OK
        try:
            yield
        except asyncio.CancelledError:
            unfinished = grpc.StatusCode.CANCELLED
            raise
        finally:
            # The type stubs say StatusCode; a call that was not aborted has set none.
            code: grpc.StatusCode | None = call.context.code()
            seconds = time.perf_counter() - began
            self._durations.observe(seconds, call.method, (code or unfinished).name)

"""Every call ends in time: at the client's deadline, and at the server's maximum at the latest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from quillwort.entrypoints.grpc.interceptors.base import Call, CallInterceptor


class DeadlineExceededError(Exception):
    """The call's time is over; what it was doing has been cancelled."""


class DeadlineInterceptor(CallInterceptor):
    """Cancels the work of a call that outlives its deadline.

    `maximum_seconds` bounds calls whose client set no deadline, or a longer one;
    `maximum_stream_seconds` those that stream. When a client goes away gRPC itself cancels the task
    of the call, and with it the statement that it waits for.
    """

    def __init__(self, maximum_seconds: float, maximum_stream_seconds: float) -> None:
        super().__init__()
        self._maximum_seconds = maximum_seconds
        self._maximum_stream_seconds = maximum_stream_seconds

    @asynccontextmanager
    async def around(self, call: Call) -> AsyncIterator[None]:
        """Bounds the work inside by the time that is left.

        Raises:
            DeadlineExceededError: the time was over before the work began, or ran out during it.
        """
        # The type stubs say float; without a client's deadline the value is None.
        remaining: float | None = call.context.time_remaining()
        maximum = self._maximum_stream_seconds if call.streams else self._maximum_seconds
        seconds = maximum if remaining is None else min(remaining, maximum)
        if seconds <= 0:
            raise DeadlineExceededError
        timer = asyncio.timeout(seconds)
        try:
            async with timer:
                yield
        except TimeoutError as error:
            if timer.expired():
                raise DeadlineExceededError from error
            raise

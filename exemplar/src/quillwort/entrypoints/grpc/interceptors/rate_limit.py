"""How often a principal may call."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from quillwort.entrypoints.grpc.interceptors.base import Call, CallInterceptor
from quillwort.entrypoints.grpc.interceptors.identity import current_principal
from quillwort.kit.rate_limit import RateLimiter


class RateLimitInterceptor(CallInterceptor):
    """Counts a call to its principal before anything is done for it."""

    def __init__(self, limiter: RateLimiter) -> None:
        super().__init__()
        self._limiter = limiter

    @asynccontextmanager
    async def around(self, call: Call) -> AsyncIterator[None]:
        """Count the call.

        Raises:
            RateLimited: when it is one too many.
        """
        del call
        await self._limiter.take(current_principal().subject)
        yield

"""How many requests a principal may make in a window of time."""

import time
from dataclasses import dataclass
from typing import Protocol

import structlog

from quillwort.domain.errors import RateLimited, Unavailable

_log = structlog.get_logger(__name__)

_PAUSE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Hits:
    """How often a key was hit in its present window, which ends in `resets_in` seconds."""

    count: int
    resets_in: float


class Counter(Protocol):
    """Where hits are counted: in this process, or where several processes share them."""

    async def hit(self, key: str, window_seconds: int) -> Hits:
        """Count one more hit; the first opens a window of that length.

        Raises:
            Unavailable: when the count cannot be kept.
        """

    async def close(self) -> None:
        """Let go of connections."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a principal after this request."""

    limit: int
    remaining: int
    resets_in: float
    exceeded: bool


class RateLimiter:
    """Allows each principal `requests` in every window of `window_seconds`.

    Fails open: when the count cannot be kept, requests pass, since the limit guards against load
    and grants no rights. A counter that failed is left alone for some seconds.
    """

    def __init__(self, counter: Counter, requests: int, window_seconds: int) -> None:
        self._counter = counter
        self._requests = requests
        self._window_seconds = window_seconds
        self._paused_until = 0.0

    async def spend(self, subject: str) -> Allowance:
        """Count a request of the principal of that name and say what is left."""
        if time.monotonic() < self._paused_until:
            return self._full()
        try:
            hits = await self._counter.hit(subject, self._window_seconds)
        except Unavailable as error:
            self._paused_until = time.monotonic() + _PAUSE_SECONDS
            _log.warning("rate_limit_not_kept", reason=error.message)
            return self._full()
        remaining = self._requests - hits.count
        return Allowance(self._requests, max(remaining, 0), hits.resets_in, remaining < 0)

    async def take(self, subject: str) -> None:
        """Count a request of the principal of that name.

        Raises:
            RateLimited: when it is one too many.
        """
        allowance = await self.spend(subject)
        if allowance.exceeded:
            raise RateLimited(allowance.resets_in)

    def _full(self) -> Allowance:
        return Allowance(self._requests, self._requests, self._window_seconds, exceeded=False)

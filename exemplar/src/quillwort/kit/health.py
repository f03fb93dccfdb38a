"""Whether this process can do its work: one list of pings answers every kind of probe."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import structlog

Ping: TypeAlias = Callable[[], Awaitable[None]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether to send requests here, and for each dependency whether it answered."""

    ready: bool
    checks: Mapping[str, bool]


class Health:
    """Asks every dependency at once; none may take longer than `timeout_seconds`.

    However many probes come meanwhile, each dependency is asked once, and all get the answer.
    """

    def __init__(self, pings: Mapping[str, Ping], timeout_seconds: float = 2.0) -> None:
        self._pings = pings
        self._timeout_seconds = timeout_seconds
        self._draining = False
        self._asking: asyncio.Task[Mapping[str, bool]] | None = None

    def drain(self) -> None:
        """Say from now on that no more requests should come."""
        self._draining = True

    async def check(self) -> Condition:
        """Return the present condition."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        # A probe that goes away must not take the answer from the others.
        checks = await asyncio.shield(self._asking)
        return Condition(ready=not self._draining and all(checks.values()), checks=checks)

    async def ready(self) -> bool:
        """Return whether requests should come."""
        return (await self.check()).ready

    async def _ask(self) -> Mapping[str, bool]:
        answers = await asyncio.gather(*(self._answers(name) for name in self._pings))
        return dict(zip(self._pings, answers, strict=True))

    async def _answers(self, name: str) -> bool:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                await self._pings[name]()
        except Exception as error:  # noqa: BLE001 - whatever a ping raises, its answer is no
            _log.warning("dependency_down", dependency=name, reason=repr(error))
            return False
        return True

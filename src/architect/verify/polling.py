"""Waiting for something to come true in another process, by asking it again and again."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

_PAUSE_SECONDS: Final = 0.02


async def becomes(
    holds: Callable[[], Awaitable[bool]], seconds: float, pause: float = _PAUSE_SECONDS
) -> bool:
    """Ask until it holds, so many seconds after each time; return whether it came to that in time."""
    deadline = time.monotonic() + seconds
    while not await holds():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(pause)
    return True

"""Waiting for something to come true in another process, by asking it again and again."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

_PAUSE_SECONDS: Final = 0.02


async def becomes(holds: Callable[[], Awaitable[bool]], seconds: float) -> bool:
    """Ask until it holds; return whether it came to that within so many seconds."""
    deadline = time.monotonic() + seconds
    while not await holds():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(_PAUSE_SECONDS)
    return True

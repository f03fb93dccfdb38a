"""Servers start together, and what is there by then is not looked through for garbage again."""

import asyncio
import gc
import os
import signal
from collections.abc import Iterator

import pytest

from quillwort.kit import lifecycle
from quillwort.kit.health import Health


class Stopping:
    """A server that asks the process to stop as soon as it serves."""

    frozen = 0

    async def start(self) -> int:
        asyncio.get_running_loop().call_later(0.01, os.kill, os.getpid(), signal.SIGTERM)
        return 1

    async def stop(self, grace_seconds: float) -> None:
        assert grace_seconds
        self.frozen = gc.get_freeze_count()


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


async def test_a_collection_while_serving_does_not_look_through_what_was_imported() -> None:
    server = Stopping()
    async with asyncio.timeout(10):
        await lifecycle.run({"one": server}, Health({}), 1.0)
    assert server.frozen > len(gc.get_objects())

"""Starts servers together, and on SIGTERM or SIGINT lets them finish what they have begun."""

import asyncio
import gc
import signal
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Protocol

import structlog

from quillwort.kit.health import Health

_log = structlog.get_logger(__name__)


class Server(Protocol):
    """Something that listens."""

    async def start(self) -> int:
        """Listen; return the port once requests are served.

        Raises:
            OSError: when the port cannot be had.
        """

    async def stop(self, grace_seconds: float) -> None:
        """Accept no more, wait so long for what is under way, then cut it off."""


def cancelled() -> bool:
    """Return whether the running task was asked to end.

    A driver may turn that into an error of its own, such as a timeout: work that goes on after
    errors asks here, or whoever ended it would wait for ever.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def run(servers: Mapping[str, Server], health: Health, grace_seconds: float) -> None:
    """Serve until a signal asks to stop; the names are what logs call the servers.

    Raises:
        OSError: when a port cannot be had; the servers that did start are stopped again.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with AsyncExitStack() as started:
        ports: dict[str, int] = {}
        for name, server in servers.items():
            ports[f"{name}_port"] = await server.start()
            started.push_async_callback(server.stop, grace_seconds)
        # What is there by now stays: each look through all of it would hold every request up for
        # some 80 ms.
        gc.freeze()
        _log.info("ready", **ports)
        await stop.wait()
        health.drain()
        _log.info("draining", grace_seconds=grace_seconds)
        started.pop_all()
        await asyncio.gather(*(server.stop(grace_seconds) for server in servers.values()))
    _log.info("stopped")

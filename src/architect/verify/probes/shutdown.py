"""How a service ends: what is under way is finished, and what never ends is cut."""

import asyncio
import signal
import time
from typing import Final
from uuid import uuid4

from architect.model.report import Finding
from architect.verify import database
from architect.verify.checks import Notes
from architect.verify.polling import becomes
from architect.verify.scene import Scene

GRACE_SECONDS: Final = 2
_STOPPING_SECONDS: Final = 10.0
_MARGIN_SECONDS: Final = 4.0


async def drains(scene: Scene) -> list[Finding]:
    """On SIGTERM new connections are refused, requests under way end well, and the process ends with 0."""
    notes = Notes("drains", "stop listening on SIGTERM, and wait for what is under way")
    token, url = scene.token(), scene.service.database_url
    rows = [(door, await scene.made(scene.richest, token)) for door in scene.doors]
    async with database.locked(url, scene.entities):
        begun = [asyncio.create_task(door.get(scene.richest, str(row["id"]), token)) for door, row in rows]
        waiting = await database.until_waiting(url, len(begun), _STOPPING_SECONDS)
        scene.service.process.send(signal.SIGTERM)
        refused = [await _refused(port) for port in _ports(scene)]
        under_way = scene.service.process.status is None
    notes.expect(
        holds=waiting and under_way,
        message="the process ends while requests are under way",
        where="SIGTERM",
        seen=f"status {scene.service.process.status}",
    )
    notes.expect(
        holds=all(refused),
        message="new connections are still taken after SIGTERM",
        where="SIGTERM",
        seen=dict(zip(_ports(scene), refused, strict=True)),
    )
    for (door, _), task in zip(rows, begun, strict=True):
        outcome = await task
        notes.expect(
            holds=outcome.verdict == "ok",
            message="a request under way is cut off by SIGTERM",
            where=f"{door.name} get {scene.richest.name}",
            seen=outcome.seen,
        )
    status = await _ended(scene, _STOPPING_SECONDS)
    notes.expect(
        holds=status == 0,
        message=f"the process ends with {status} instead of 0",
        where="SIGTERM",
        seen=scene.service.log.tail(5),
    )
    return notes.findings


async def grace_ends(scene: Scene) -> list[Finding]:
    """What does not end by itself is cut off after SHUTDOWN_GRACE_SECONDS."""
    notes = Notes("grace_ends", "bound the wait for what is under way by SHUTDOWN_GRACE_SECONDS")
    url = scene.service.database_url
    async with database.locked(url, scene.entities):
        begun = [
            asyncio.create_task(door.get(scene.richest, str(uuid4()), scene.token())) for door in scene.doors
        ]
        await database.until_waiting(url, len(begun), _STOPPING_SECONDS)
        began = time.monotonic()
        scene.service.process.send(signal.SIGTERM)
        status = await _ended(scene, GRACE_SECONDS + _MARGIN_SECONDS)
        took = time.monotonic() - began
    await asyncio.gather(*begun)
    notes.expect(
        holds=status is not None,
        message=f"the process still runs {took:.1f} s after SIGTERM, with {GRACE_SECONDS} s of grace",
        where="SIGTERM",
        seen=scene.service.log.tail(5),
    )
    return notes.findings


def _ports(scene: Scene) -> list[int]:
    doors = ((scene.rest_door, scene.service.http_port), (scene.grpc_door, scene.service.grpc_port))
    return [port for door, port in doors if door is not None]


async def _refused(port: int) -> bool:
    async def closed() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return True
        writer.close()
        return False

    return await becomes(closed, _STOPPING_SECONDS / 2)


async def _ended(scene: Scene, seconds: float) -> int | None:
    try:
        return await scene.service.process.wait(seconds)
    except TimeoutError:
        return None

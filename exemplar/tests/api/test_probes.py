"""Liveness and readiness."""

import asyncio

from quillwort.kit.health import Health
from rest_serving import client_around


async def well() -> None:
    """Answer."""


async def down() -> None:
    """Do not answer."""
    raise ConnectionRefusedError


async def stuck() -> None:
    """Never answer."""
    await asyncio.Event().wait()


async def test_a_process_lives_whatever_it_depends_on() -> None:
    async with client_around(health=Health({"database": down})) as client:
        answer = await client.get("/livez")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_ready_when_every_dependency_answers() -> None:
    async with client_around(health=Health({"database": well, "broker": well})) as client:
        answer = await client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "checks": {"database": True, "broker": True}}


async def test_not_ready_when_one_does_not_or_takes_too_long() -> None:
    health = Health({"database": down, "broker": well, "cache": stuck}, timeout_seconds=0.05)
    async with client_around(health=health) as client:
        answer = await client.get("/readyz")
    assert answer.status_code == 503
    checks = {"database": False, "broker": True, "cache": False}
    assert answer.json() == {"status": "unavailable", "checks": checks}


async def test_probes_at_once_ask_each_dependency_once() -> None:
    asked = 0

    async def count() -> None:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)

    health = Health({"database": count})
    conditions = await asyncio.gather(*(health.check() for _ in range(10)))
    assert all(condition.ready for condition in conditions)
    assert asked == 1
    await health.check()
    assert asked == 2


async def test_not_ready_while_draining() -> None:
    health = Health({"database": well})
    health.drain()
    async with client_around(health=health) as client:
        answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True}

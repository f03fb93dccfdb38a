"""When the database hangs or is gone: answers in time, readiness that says so, and recovery by itself."""

import asyncio
import time
from typing import Final
from uuid import uuid4

import httpx

from architect.model.report import Finding
from architect.verify import database
from architect.verify.checks import Notes
from architect.verify.doors import Door, ListQuery, bearer
from architect.verify.payloads import path
from architect.verify.polling import becomes
from architect.verify.probes.rest_problems import expect_problem
from architect.verify.scene import Scene

STATEMENT_SECONDS: Final = 1.5
POOL_SECONDS: Final = 0.4
_POOL: Final = 2
REQUEST_SECONDS: Final = 4.5
SETTINGS: Final = {
    "DATABASE_STATEMENT_TIMEOUT_MS": str(round(STATEMENT_SECONDS * 1000)),
    "DATABASE_POOL_SIZE": str(_POOL),
    "DATABASE_POOL_TIMEOUT_SECONDS": str(POOL_SECONDS),
    "HTTP_REQUEST_TIMEOUT_SECONDS": str(REQUEST_SECONDS),
}
"""What the gate's service is started with: short times, so that probes need not wait long."""
_MARGIN_SECONDS: Final = 2.0
_SETTLING_SECONDS: Final = 10.0
_CALLERS: Final = 4


async def statements_time_out(scene: Scene) -> list[Finding]:
    """A statement that hangs is given up in time, in the service and in the database."""
    notes = Notes("statements_time_out", "set statement_timeout on every connection of the pool")
    url = scene.service.database_url
    async with database.locked(url, scene.entities):
        ended = await asyncio.gather(*(_timed(door, scene) for door in scene.doors))
        gone = await database.until_waiting(url, 0, _MARGIN_SECONDS)
    for door, (verdict, took) in zip(scene.doors, ended, strict=True):
        in_time = took < STATEMENT_SECONDS + _MARGIN_SECONDS
        notes.expect(
            holds=verdict in ("unavailable", "late") and in_time and gone,
            message=f"a hanging statement is not given up after {STATEMENT_SECONDS} s",
            where=f"{door.name} get {scene.richest.name}",
            seen=f"{verdict} after {took:.1f} s, {'gone' if gone else 'still waiting'} in the database",
        )
    return notes.findings


async def pool_waits_end(scene: Scene) -> list[Finding]:
    """Who finds no free connection is told so in time instead of waiting for those that hang."""
    notes = Notes("pool_waits_end", "bound the wait for a connection, and answer 503 or UNAVAILABLE")
    url = scene.service.database_url
    callers = [door for door in scene.doors for _ in range(_CALLERS)]
    async with database.locked(url, scene.entities):
        held = [asyncio.create_task(_timed(scene.door, scene)) for _ in range(_POOL)]
        await database.until_waiting(url, _POOL, _MARGIN_SECONDS)
        ended = await asyncio.gather(*(_timed(door, scene) for door in callers))
    await asyncio.gather(*held)
    for door in scene.doors:
        mine = [each for caller, each in zip(callers, ended, strict=True) if caller is door]
        slowest = max(took for _, took in mine)
        notes.expect(
            holds=all(verdict == "unavailable" for verdict, _ in mine) and slowest < STATEMENT_SECONDS,
            message=f"with every connection taken, a request waits {slowest:.1f} s",
            where=f"{door.name} get {scene.richest.name}",
            seen=[f"{verdict} {took:.2f} s" for verdict, took in mine],
        )
    return notes.findings


async def slow_bodies_end(scene: Scene) -> list[Finding]:
    """A client that stops in the middle of a body does not hold the request for ever."""
    notes = Notes("slow_bodies_end", "bound the time of a whole request")
    where = path(scene.richest)
    head = "\r\n".join(
        (
            f"POST {where} HTTP/1.1",
            "Host: 127.0.0.1",
            "Content-Type: application/json",
            "Content-Length: 1000",
            *(f"{name}: {value}" for name, value in bearer(scene.token()).items()),
            "\r\n{",
        )
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", scene.service.http_port)
    writer.write(head.encode())
    began = time.monotonic()
    answer = b"nothing"
    try:
        async with asyncio.timeout(REQUEST_SECONDS + _MARGIN_SECONDS):
            answer = await reader.readline()
    except TimeoutError:
        pass
    finally:
        writer.close()
    took = time.monotonic() - began
    notes.expect(
        holds=answer == b"" or any(code in answer for code in (b" 408", b" 503", b" 400")),
        message=f"half a body is still waited for after {took:.1f} s",
        where=f"POST {where}",
        seen=answer,
    )
    return notes.findings


async def outage_answered(scene: Scene) -> list[Finding]:
    """Without its database the service says that it is unavailable, and when to come back."""
    notes = Notes(
        "outage_answered", "map a lost database to 503 with Retry-After and to UNAVAILABLE with RetryInfo"
    )
    token = scene.token()
    async with database.cut_off(scene.service.database_url):
        if scene.rest_door is not None:
            where = path(scene.richest)
            answer = await scene.client.get(where, headers=bearer(token))
            expect_problem(notes, answer, 503, f"GET {where}", "a lost database")
            notes.expect(
                holds=answer.headers.get("Retry-After", "").isdigit(),
                message="Retry-After is missing",
                where=f"GET {where}",
                seen=dict(answer.headers),
            )
        if scene.grpc_door is not None:
            outcome = await scene.grpc.list(scene.richest, ListQuery(limit=1), token)
            notes.expect(
                holds=outcome.status == "UNAVAILABLE" and "retry_delay" in outcome.seen,
                message="a lost database does not end in UNAVAILABLE with RetryInfo",
                where=f"gRPC list {scene.richest.name}",
                seen=outcome.seen,
            )
    recovered = await scene.recovers(_SETTLING_SECONDS)
    notes.expect(
        holds=recovered,
        message=f"requests still fail {_SETTLING_SECONDS:.0f} s after the database is back",
        where="every door",
        seen=scene.service.log.tail(3),
    )
    return notes.findings


async def readiness_follows_database(scene: Scene) -> list[Finding]:
    """/readyz and gRPC health follow the database down and up again; /livez stays."""
    notes = Notes("readiness_follows_database", "ping every dependency in /readyz and gRPC health")
    async with database.cut_off(scene.service.database_url):
        if scene.rest_door is not None:
            notes.expect(
                holds=await becomes(lambda: _readiness(scene, ready=False), _SETTLING_SECONDS),
                message="/readyz does not turn 503 when the database is gone",
                where="GET /readyz",
                seen=(await scene.client.get("/readyz")).text,
            )
            alive = await scene.client.get("/livez")
            notes.expect(
                holds=alive.status_code == httpx.codes.OK,
                message="/livez depends on the database: an outage would restart every replica",
                where="GET /livez",
                seen=alive.text,
            )
        if scene.grpc_door is not None:
            notes.expect(
                holds=await becomes(lambda: _health(scene, "NOT_SERVING"), _SETTLING_SECONDS),
                message="gRPC health stays SERVING when the database is gone",
                where="gRPC health",
            )
    if scene.rest_door is not None:
        notes.expect(
            holds=await becomes(lambda: _readiness(scene, ready=True), _SETTLING_SECONDS),
            message="/readyz does not recover",
            where="GET /readyz",
            seen=scene.service.log.tail(3),
        )
    if scene.grpc_door is not None:
        notes.expect(
            holds=await becomes(lambda: _health(scene, "SERVING"), _SETTLING_SECONDS),
            message="gRPC health does not recover",
            where="gRPC health",
        )
    return notes.findings


async def _timed(door: Door, scene: Scene) -> tuple[str, float]:
    began = time.monotonic()
    outcome = await door.get(scene.richest, str(uuid4()), scene.token())
    return outcome.verdict, time.monotonic() - began


async def _readiness(scene: Scene, *, ready: bool) -> bool:
    answer = await scene.client.get("/readyz")
    return answer.status_code == (httpx.codes.OK if ready else httpx.codes.SERVICE_UNAVAILABLE)


async def _health(scene: Scene, status: str) -> bool:
    return await scene.grpc.client.health() == status

"""The rate limit: N requests pass and the next does not, a principal at a time, whichever door they take."""

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import httpx

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.doors import Door, ListQuery, bearer
from architect.verify.payloads import path
from architect.verify.polling import becomes
from architect.verify.probes.rest_problems import expect_problem
from architect.verify.scene import Scene

ALLOWED: Final = 6
WINDOW_SECONDS: Final = 60
LIMITED: Final = {
    "RATE_LIMIT_REQUESTS": str(ALLOWED),
    "RATE_LIMIT_WINDOW_SECONDS": str(WINDOW_SECONDS),
}
SHORT_WINDOW_SECONDS: Final = 1
SHORT: Final = {"RATE_LIMIT_REQUESTS": "1", "RATE_LIMIT_WINDOW_SECONDS": str(SHORT_WINDOW_SECONDS)}
_LATEST_SECONDS: Final = 3.0
_HEADERS: Final = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


@dataclass(frozen=True, slots=True)
class Shared:
    """Two processes that count in one place."""

    one: Scene
    other: Scene


async def rest_limited(scene: Scene) -> list[Finding]:
    """Request N passes, N + 1 is a 429 that says when to come back."""
    notes = Notes("rest_limited", "count every request to its principal before it is served")
    token, where = _caller(scene), path(scene.richest)
    for number in range(1, ALLOWED + 1):
        answer = await scene.client.get(where, headers=bearer(token))
        notes.expect(
            holds=answer.status_code == httpx.codes.OK,
            message=f"request {number} of {ALLOWED} allowed is refused",
            where=f"GET {where}",
            seen=f"{answer.status_code} {answer.text[:200]}",
        )
    for number in (ALLOWED + 1, ALLOWED + 2):
        answer = await scene.client.get(where, headers=bearer(token))
        expect_problem(notes, answer, 429, f"GET {where}", f"request {number} with {ALLOWED} allowed")
        wait = answer.headers.get("Retry-After", "")
        notes.expect(
            holds=wait.isdigit() and 0 < int(wait) <= WINDOW_SECONDS,
            message=f"Retry-After is {wait or 'missing'}",
            where=f"GET {where}",
            seen=dict(answer.headers),
        )
    return notes.findings


async def limit_headers(scene: Scene) -> list[Finding]:
    """Every answer says what the limit is, what is left and when it begins anew."""
    notes = Notes("limit_headers", "send RateLimit-Limit, -Remaining and -Reset with every counted answer")
    token, where = _caller(scene), path(scene.richest)
    for used in range(1, ALLOWED + 2):
        answer = await scene.client.get(where if used % 2 else f"{where}/{uuid4()}", headers=bearer(token))
        limit, left, reset = (answer.headers.get(name, "") for name in _HEADERS)
        notes.expect(
            holds=limit == str(ALLOWED)
            and left == str(max(ALLOWED - used, 0))
            and reset.isdigit()
            and 0 < int(reset) <= WINDOW_SECONDS,
            message=f"after request {used} the headers say {limit!r}, {left!r} left, reset {reset!r}",
            where=f"GET {where}",
            seen=dict(answer.headers),
        )
    return notes.findings


async def limit_per_principal(scene: Scene) -> list[Finding]:
    """One caller's excess does not touch another, whichever tokens they hold."""
    notes = Notes("limit_per_principal", "count by the token's subject")
    for door in scene.doors:
        greedy = f"greedy-{uuid4()}"
        first, second = scene.token(greedy), scene.token(greedy, jti=uuid4().hex)
        verdicts = [await _verdict(scene, door, first) for _ in range(ALLOWED)]
        over = await _verdict(scene, door, second)
        modest = await _verdict(scene, door, _caller(scene))
        notes.expect(
            holds=set(verdicts) == {"ok"} and over == "limited",
            message="a second token of the same subject has a budget of its own",
            where=f"{door.name} list",
            seen=[*verdicts, over],
        )
        notes.expect(
            holds=modest == "ok",
            message="another caller is refused too",
            where=f"{door.name} list",
            seen=modest,
        )
    return notes.findings


async def grpc_limited(scene: Scene) -> list[Finding]:
    """Call N passes, N + 1 ends in RESOURCE_EXHAUSTED with RetryInfo."""
    notes = Notes("grpc_limited", "count every call to its principal before it is served")
    token = _caller(scene)
    where = f"gRPC list {scene.richest.name}"
    for number in range(1, ALLOWED + 1):
        outcome = await scene.grpc.list(scene.richest, ListQuery(limit=1), token)
        notes.expect(
            holds=outcome.verdict == "ok",
            message=f"call {number} of {ALLOWED} allowed is refused",
            where=where,
            seen=outcome.seen,
        )
    outcome = await scene.grpc.list(scene.richest, ListQuery(limit=1), token)
    notes.expect(
        holds=outcome.status == "RESOURCE_EXHAUSTED" and "RetryInfo" in outcome.seen,
        message=f"call {ALLOWED + 1} does not end in RESOURCE_EXHAUSTED with RetryInfo",
        where=where,
        seen=outcome.seen,
    )
    return notes.findings


async def limit_shared_by_doors(scene: Scene) -> list[Finding]:
    """REST and gRPC draw on one budget."""
    notes = Notes("limit_shared_by_doors", "give both entry points the same limiter")
    token = _caller(scene)
    taken = [await _verdict(scene, door, token) for _ in range(ALLOWED // 2) for door in scene.doors]
    over = [await _verdict(scene, door, token) for door in scene.doors]
    notes.expect(
        holds=set(taken) == {"ok"} and set(over) == {"limited"},
        message=f"{ALLOWED} requests over both doors do not use up the one budget",
        where="REST and gRPC",
        seen=[*taken, *over],
    )
    return notes.findings


async def probes_unlimited(scene: Scene) -> list[Finding]:
    """Probes of life are never limited, or a busy orchestrator would kill the service."""
    notes = Notes("probes_unlimited", "leave /livez, /readyz and gRPC health out of the limit")
    for where in ("/livez", "/readyz") if scene.rest_door is not None else ():
        codes = {(await scene.client.get(where)).status_code for _ in range(ALLOWED + 2)}
        notes.expect(holds=codes == {200}, message="a probe is limited", where=f"GET {where}", seen=codes)
    if scene.grpc_door is not None:
        said = {await scene.grpc.client.health() for _ in range(ALLOWED + 2)}
        notes.expect(holds=said == {"SERVING"}, message="health is limited", where="gRPC health", seen=said)
    return notes.findings


async def window_renews(scene: Scene) -> list[Finding]:
    """After the time that Retry-After names a caller may go on."""
    notes = Notes("window_renews", "open a new window when the old one has ended")
    token, door = _caller(scene), scene.door

    async def limited() -> bool:
        return await _verdict(scene, door, token) == "limited"

    async def allowed() -> bool:
        return await _verdict(scene, door, token) == "ok"

    used_up = await becomes(limited, _LATEST_SECONDS)
    notes.expect(holds=used_up, message="nothing is ever limited", where=door.name)
    renewed = await becomes(allowed, SHORT_WINDOW_SECONDS + _LATEST_SECONDS)
    notes.expect(
        holds=renewed,
        message=f"a window of {SHORT_WINDOW_SECONDS} s that was used up never ends",
        where=door.name,
    )
    return notes.findings


async def limit_shared_by_processes(shared: Shared) -> list[Finding]:
    """With Redis as the storage two processes draw on one budget."""
    notes = Notes("limit_shared_by_processes", "count in the storage that RATE_LIMIT_STORAGE_URL names")
    token = _caller(shared.one)
    scenes = (shared.one, shared.other)
    taken = [await _verdict(scene, scene.door, token) for _ in range(ALLOWED // 2) for scene in scenes]
    over = [await _verdict(scene, scene.door, token) for scene in scenes]
    notes.expect(
        holds=set(taken) == {"ok"} and set(over) == {"limited"},
        message=f"{ALLOWED} requests over two processes do not use up the one budget",
        where="two processes on one Redis",
        seen=[*taken, *over],
    )
    return notes.findings


def _caller(scene: Scene) -> str:
    return scene.token(f"caller-{uuid4()}")


async def _verdict(scene: Scene, door: Door, token: str) -> str:
    return (await door.list(scene.richest, ListQuery(limit=1), token)).verdict

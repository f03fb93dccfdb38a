"""What a service writes: JSON, a line a request, with what is needed to find things again."""

import json
from typing import Final
from uuid import uuid4

from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify import database
from architect.verify.checks import Notes
from architect.verify.doors import ListQuery, bearer
from architect.verify.payloads import path
from architect.verify.scene import Scene

_ALWAYS: Final = ("event", "level", "timestamp")


async def log_is_json(scene: Scene) -> list[Finding]:
    """Every line is one JSON object that says what happened, when and how grave, whatever is sent."""
    notes = Notes("log_is_json", "send every logger through one JSON formatter, tracebacks too")
    for where in (
        "/v1/no%0Asuch%22thing",
        "/%7B%22event%22%3A%22forged%22%7D",
        f"{path(scene.richest)}?limit=%0A",
    ):
        if scene.rest_door is not None:
            await scene.client.get(where, headers={**bearer(scene.token()), "User-Agent": 'x"y{}'})
    # What libraries say goes the same way, and they have much to say of a lost database.
    async with database.cut_off(scene.service.database_url):
        await scene.door.list(scene.richest, ListQuery(limit=1), scene.token())
    await scene.recovers()
    for line in scene.service.log.lines():
        if not line.strip():
            continue
        try:
            parsed = json.loads(line)
        except ValueError:
            parsed = None
        whole = isinstance(parsed, dict) and all(isinstance(parsed.get(name), str) for name in _ALWAYS)
        notes.expect(
            holds=whole, message=f"a line is not JSON with {', '.join(_ALWAYS)}", where="log", seen=line
        )
    ready = [line for line in scene.service.log.events() if line.get("event") == "ready"]
    notes.expect(
        holds=len(ready) == 1,
        message="there is not one line `ready`",
        where="log",
        seen=scene.service.log.tail(3),
    )
    return notes.findings


async def requests_logged(scene: Scene) -> list[Finding]:
    """Each request and call leaves one line: what, how it ended, how long it took, and its id."""
    notes = Notes("requests_logged", "log each request and call when it ends")
    for door in scene.doors:
        token = scene.token()
        await door.get(scene.richest, str(uuid4()), token)
        await door.list(scene.richest, ListQuery(limit=1), token)
    if scene.rest_door is not None:
        given, where = f"probe-{uuid4().hex}", f"{path(scene.richest)}/{uuid4()}"
        await scene.client.get(where, headers={**bearer(scene.token()), "X-Request-ID": given})
        notes.expect(
            holds=await _one_line(scene, given, "404", where, "GET"),
            message="a request does not leave one line with method, path, status and duration",
            where=f"GET {where}",
            seen=scene.service.log.tail(3),
        )
    if scene.grpc_door is not None:
        service = next(iter(scene.grpc.client.services.values()))
        given, method = f"probe-{uuid4().hex}", service.methods[0]
        await scene.grpc.client.call(
            method, {}, metadata=(("x-request-id", given), ("authorization", "Bearer x"))
        )
        notes.expect(
            holds=await _one_line(scene, given, method.name),
            message="a call does not leave one line with method, status and duration",
            where=f"gRPC {method.name}",
            seen=scene.service.log.tail(3),
        )
    return notes.findings


async def _one_line(scene: Scene, request_id: str, *wanted: str) -> bool:
    """Whether exactly one line of that request says all that is wanted."""
    return await scene.log_comes(
        lambda lines: (
            sum(line.get("request_id") == request_id and _tells(line, *wanted) for line in lines) == 1
        )
    )


def _tells(line: dict[str, Plain], *wanted: str) -> bool:
    said = {str(value) for value in line.values()}
    timed = any(isinstance(value, float) for value in line.values())
    return timed and all(any(each in one for one in said) for each in wanted)

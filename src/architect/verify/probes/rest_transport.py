"""What surrounds every answer of REST: entity tags, security headers, request ids, probes of life."""

import re
from typing import Final
from uuid import uuid4

import httpx

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.doors import bearer, parsed
from architect.verify.payloads import path
from architect.verify.scene import Scene

_ALWAYS: Final = {
    "X-Content-Type-Options": r"nosniff",
    "X-Frame-Options": r"DENY|SAMEORIGIN",
    "Referrer-Policy": r"no-referrer|same-origin|strict-origin.*",
    "Content-Security-Policy": r".*(default-src|frame-ancestors).*",
    "Strict-Transport-Security": r"max-age=[1-9]\d{5,}.*",
    "Cache-Control": r".*(no-store|private).*",
}
"""Headers that every answer carries, and what they may say (OWASP REST Security Cheat Sheet)."""
_TELLTALE: Final = ("Server", "X-Powered-By")
_LONGEST_ID: Final = 128
_MERGE_PATCH: Final = "application/merge-patch+json"


async def entity_tags(scene: Scene) -> list[Finding]:
    """ETag names the version, If-Match holds a change to it, Location names what was made."""
    notes = Notes("entity_tags", "send the version as a strong ETag and compare If-Match with it")
    token = scene.token()
    for entity in scene.entities:
        where = path(entity)
        body = await scene.body(entity, token)
        made = await scene.client.post(where, json=body, headers=bearer(token))
        key = str(parsed(made).get("id"))
        row, tag = f"{where}/{key}", made.headers.get("ETag", "")
        read = await scene.client.get(row, headers=bearer(token))
        notes.expect(
            holds=made.headers.get("Location") in (row, f"{scene.service.base_url}{row}"),
            message="Location does not name the row that was made",
            where=f"POST {where}",
            seen=dict(made.headers),
        )
        notes.expect(
            holds=re.fullmatch(r'"[^"]+"', tag) is not None and read.headers.get("ETag") == tag,
            message="ETag is not one strong tag, the same when made and when read",
            where=f"GET {row}",
            seen=f"made {tag!r}, read {read.headers.get('ETag')!r}",
        )
        headers = {**bearer(token), "Content-Type": _MERGE_PATCH}
        malformed = {412, 422}
        steps = (
            (tag, {200}),
            (tag, {412}),
            ("*", {200}),
            ('"99"', {412}),
            ("99", malformed),
            (f'{tag}, "7"', malformed),
            ("x", malformed),
        )
        for given, statuses in steps:
            change = scene.payloads.change(entity)
            answer = await scene.client.patch(row, json=change, headers={**headers, "If-Match": given})
            notes.expect(
                holds=answer.status_code in statuses,
                message=f"If-Match: {given} is not answered by {' or '.join(map(str, sorted(statuses)))}",
                where=f"PATCH {row}",
                seen=f"{answer.status_code} {answer.text[:200]}",
            )
            moved = answer.headers.get("ETag") not in ("", None, tag)
            notes.expect(
                holds=httpx.codes.OK not in statuses or moved,
                message="a change does not give a new ETag",
                where=f"PATCH {row}",
                seen=answer.headers.get("ETag"),
            )
    return notes.findings


async def security_headers(scene: Scene) -> list[Finding]:
    """Every answer tells browsers to take no liberties, errors and pages too, and names no product."""
    notes = Notes("security_headers", "add the headers in one place that every answer passes")
    token = scene.token()
    for where in (path(scene.richest), "/v1/no-such-thing", "/livez", "/docs", "/openapi.json"):
        answer = await scene.client.get(where, headers=bearer(token))
        for name, allowed in _ALWAYS.items():
            value = answer.headers.get(name, "")
            notes.expect(
                holds=re.fullmatch(allowed, value) is not None,
                message=f"{name} is {value or 'missing'}",
                where=f"GET {where}",
                seen=dict(answer.headers),
            )
        for name in _TELLTALE:
            notes.expect(
                holds=name not in answer.headers,
                message=f"{name} names what serves: {answer.headers.get(name)}",
                where=f"GET {where}",
            )
    return notes.findings


async def request_id(scene: Scene) -> list[Finding]:
    """A harmless X-Request-ID comes back and stands in the log; any other is replaced by a fresh one."""
    notes = Notes("request_id", "bind a request id before anything else, send it back, and log it")
    token, where = scene.token(), path(scene.richest)
    for given in (f"probe-{uuid4().hex}", "", 'evil"\\u000a{"event": "forged"}', "x" * 500):
        headers = {**bearer(token), **({"X-Request-ID": given} if given else {})}
        for route in (where, f"{where}/{uuid4()}"):
            answer = await scene.client.get(route, headers=headers)
            told = answer.headers.get("X-Request-ID", "")
            fitting = told == given if given.startswith("probe-") else told not in ("", given)
            notes.expect(
                holds=fitting and len(told) <= _LONGEST_ID,
                message=f"the request id {given[:40]!r} is answered by {told[:40]!r}",
                where=f"GET {route}",
                seen=dict(answer.headers),
            )
            notes.expect(
                holds=await scene.logged(told),
                message="the request id is not in the log",
                where=f"GET {route}",
                seen=scene.service.log.tail(3),
            )
    return notes.findings


async def health_endpoints(scene: Scene) -> list[Finding]:
    """/livez and /readyz answer 200 to anybody, and ready says which dependencies answered."""
    notes = Notes("health_endpoints", "serve /livez and /readyz without a token")
    for where in ("/livez", "/readyz"):
        answer = await scene.client.get(where)
        notes.expect(
            holds=answer.status_code == httpx.codes.OK and bool(parsed(answer)),
            message="a service in good health does not say so",
            where=f"GET {where}",
            seen=f"{answer.status_code} {answer.text[:200]}",
        )
    return notes.findings

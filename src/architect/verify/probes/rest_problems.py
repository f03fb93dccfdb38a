"""Errors of REST: every one is a problem (RFC 9457), whatever part of the service gives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import httpx

from architect.model.naming import snake_case
from architect.model.report import Finding
from architect.verify.applies import secured
from architect.verify.checks import Notes
from architect.verify.doors import bearer, parsed
from architect.verify.payloads import path
from architect.verify.scene import Scene

PROBLEM: Final = "application/problem+json"
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class _Case:
    """A request and the status of the problem that must answer it."""

    label: str
    method: str
    where: str
    status: int
    content: bytes | None = None
    headers: Mapping[str, str] | None = None


async def problem_details(scene: Scene) -> list[Finding]:
    """Errors of every kind carry the fields of a problem and its media type."""
    notes = Notes(
        "problem_details", "answer every failure, also those of the framework, in one handler of problems"
    )
    token = scene.token()
    for case in _cases(scene):
        answer = await _send(scene, case, token)
        expect_problem(notes, answer, case.status, f"{case.method} {case.where}", case.label)
    if secured(scene.subject):
        where = path(scene.richest)
        expect_problem(notes, await scene.client.get(where), 401, f"GET {where}", "no token")
        poor = await scene.client.get(where, headers=bearer(scene.token(rights=())))
        expect_problem(notes, poor, 403, f"GET {where}", "no scope")
    return notes.findings


async def wrong_media_type_refused(scene: Scene) -> list[Finding]:
    """A body of another media type is refused with 415, also when it would read as JSON."""
    notes = Notes("wrong_media_type_refused", "read bodies of the documented media types alone")
    token = scene.token()
    for entity in scene.entities:
        key = str((await scene.made(entity, token))["id"])
        for method, where in (("POST", path(entity)), ("PATCH", f"{path(entity)}/{key}")):
            for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded", ""):
                headers = {**bearer(token), "Content-Type": kind}
                answer = await scene.client.request(method, where, content=b"{}", headers=headers)
                label = f"the media type {kind!r}"
                expect_problem(notes, answer, 415, f"{method} {where}", label)
    return notes.findings


async def large_body_refused(scene: Scene) -> list[Finding]:
    """A body over the limit is refused with 413, whether its length is announced or not."""
    notes = Notes(
        "large_body_refused", "stop reading a body at the limit, by its announced and its real length"
    )
    token, where = scene.token(), path(scene.richest)
    limit = int(scene.service.environment.get("HTTP_MAX_BODY_BYTES", str(1 << 20)))
    headers = {**bearer(token), "Content-Type": _JSON}
    piece = b" " * 65536

    async def unannounced() -> object:
        for _ in range(limit // len(piece) + 2):
            yield piece

    for label, content in (("announced", b" " * (limit + 1)), ("not announced", unannounced())):
        try:
            answer = await scene.client.post(where, content=content, headers=headers)  # type: ignore[arg-type] # both kinds
        except httpx.HTTPError as error:
            notes.expect(
                holds=False,
                message=f"a body over the limit, its length {label}, ends the connection without an answer",
                where=f"POST {where}",
                seen=error,
            )
        else:
            expect_problem(notes, answer, 413, f"POST {where}", f"a body over the limit, its length {label}")
    inside = await scene.client.post(where, content=b" " * limit, headers=headers)
    notes.expect(
        holds=inside.status_code in (400, 422),
        message="a body at the limit is not read",
        where=f"POST {where}",
        seen=f"{inside.status_code} {inside.text[:200]}",
    )
    return notes.findings


async def methods_answered(scene: Scene) -> list[Finding]:
    """HEAD, OPTIONS and methods that a path lacks end in a defined way, with Allow."""
    notes = Notes("methods_answered", "answer 405 with Allow, and HEAD without a body")
    token = scene.token()
    for entity in scene.entities:
        key = str((await scene.made(entity, token))["id"])
        for where in (path(entity), f"{path(entity)}/{key}"):
            for method in ("PUT", "TRACE", "OPTIONS", "HEAD"):
                answer = await scene.client.request(method, where, headers=bearer(token))
                allowed = answer.headers.get("Allow", "")
                fine = answer.is_success or (answer.status_code == httpx.codes.METHOD_NOT_ALLOWED and allowed)
                notes.expect(
                    holds=bool(fine),
                    message=f"{method} ends neither well nor in a 405 with Allow",
                    where=f"{method} {where}",
                    seen=f"{answer.status_code} Allow: {allowed!r} {answer.text[:200]}",
                )
                if answer.status_code == httpx.codes.METHOD_NOT_ALLOWED and method != "HEAD":
                    expect_problem(notes, answer, 405, f"{method} {where}", method)
                notes.expect(
                    holds=method != "HEAD" or not answer.content,
                    message="HEAD is answered with a body",
                    where=f"HEAD {where}",
                    seen=answer.text[:200],
                )
    return notes.findings


def expect_problem(notes: Notes, answer: httpx.Response, status: int, where: str, label: str) -> None:
    """Expect a problem of that status: media type, fields, and the status repeated in it."""
    body = parsed(answer)
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    whole = all(isinstance(body.get(name), str) and body[name] for name in ("type", "title", "detail"))
    notes.expect(
        holds=answer.status_code == status and kind == PROBLEM and whole and body.get("status") == status,
        message=f"{label} is not answered by a problem of status {status}",
        where=where,
        seen=f"{answer.status_code} {kind} {answer.text[:300]}",
    )


def _cases(scene: Scene) -> list[_Case]:
    where = path(scene.richest)
    nowhere = f"{where}/{uuid4()}"
    patch = {"Content-Type": "application/merge-patch+json"}
    change = b'{"no_such_%s": 1}' % snake_case(scene.richest.name).encode()
    return [
        _Case("a path that does not exist", "GET", "/v1/no-such-thing", 404),
        _Case("a path outside the version", "GET", "/no-such-thing", 404),
        _Case("a row that does not exist", "GET", nowhere, 404),
        _Case("deleting what does not exist", "DELETE", nowhere, 404),
        _Case("an id that is no UUID", "GET", f"{where}/not-a-uuid", 422),
        _Case("a method that the path lacks", "PUT", where, 405),
        _Case("a body that is no JSON", "POST", where, 422, b"{not json", {"Content-Type": _JSON}),
        _Case("no body", "POST", where, 422, b"", {"Content-Type": _JSON}),
        _Case("a body that is a list", "POST", where, 422, b"[]", {"Content-Type": _JSON}),
        _Case("a field that does not exist", "POST", where, 422, change, {"Content-Type": _JSON}),
        _Case("an unknown field in a patch", "PATCH", nowhere, 422, change, patch),
        _Case("another media type", "POST", where, 415, b"<a/>", {"Content-Type": "application/xml"}),
        _Case("an entity tag that is none", "PATCH", nowhere, 422, b"{}", {**patch, "If-Match": "not a tag"}),
        _Case("a limit that is no number", "GET", f"{where}?limit=many", 422),
        _Case("a limit of 0", "GET", f"{where}?limit=0", 422),
        _Case("a limit of 101", "GET", f"{where}?limit=101", 422),
        _Case("a parameter given twice", "GET", f"{where}?limit=1&limit=2", 422),
    ]


async def _send(scene: Scene, case: _Case, token: str) -> httpx.Response:
    headers = {**bearer(token), **(case.headers or {})}
    return await scene.client.request(case.method, case.where, content=case.content, headers=headers)

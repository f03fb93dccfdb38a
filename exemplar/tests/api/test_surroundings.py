"""What surrounds every request: identity, limits, bounds, headers, failures."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import Request, Response

from callers import bearer
from quillwort.domain.errors import (
    ConcurrentChange,
    DomainError,
    FieldError,
    InvalidInput,
    NotFound,
    PermissionDenied,
    RateLimited,
    TransitionRefused,
    Unavailable,
    VersionMismatch,
)
from rest_serving import PATH, client_around

ALICE = bearer("alice")


async def test_every_path_but_the_open_ones_needs_a_caller() -> None:
    async with client_around() as client:
        for path in (PATH, "/v1", "/nothing", "/livez/"):
            answer = await client.get(path)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.json()["code"] == "unauthenticated"
        assert (await client.get(PATH, headers=ALICE)).text == "alice"
        twice = [*ALICE.items(), *bearer("bob").items()]
        assert (await client.get(PATH, headers=twice)).status_code == 401


async def test_open_paths_need_none() -> None:
    async with client_around() as client:
        for path in ("/livez", "/readyz", "/openapi.json", "/docs"):
            assert (await client.get(path)).status_code == 200


async def test_one_request_too_many_is_refused_and_the_headers_count_down() -> None:
    async with client_around(requests=3) as client:
        for remaining in ("2", "1", "0"):
            answer = await client.get(PATH, headers=ALICE)
            assert answer.status_code == 200
            assert answer.headers["ratelimit-limit"] == "3"
            assert answer.headers["ratelimit-remaining"] == remaining
            assert 0 < int(answer.headers["ratelimit-reset"]) <= 60
        refused = await client.get(PATH, headers=ALICE)
        assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert refused.headers["ratelimit-remaining"] == "0"
        assert (await client.get(PATH, headers=bearer("bob"))).status_code == 200
        assert (await client.get("/livez")).status_code == 200


async def pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 10):
        yield b"x" * 10


async def test_a_body_beyond_the_limit_is_refused() -> None:
    async with client_around(max_body_bytes=100) as client:
        fits = await client.post(PATH, headers=ALICE, content=b"x" * 100)
        assert fits.status_code == 200
        for content in (b"x" * 101, pieces(110)):
            answer = await client.post(PATH, headers=ALICE, content=content)
            assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
        assert (await client.post(PATH, headers=ALICE, content=pieces(100))).status_code == 200


async def test_one_method_of_one_path_may_have_a_bound_of_its_own() -> None:
    bodies = {("POST", PATH): 200}
    async with client_around(max_body_bytes=100, bodies=bodies) as client:
        for content in (b"x" * 200, pieces(200)):
            fits = await client.post(PATH, headers=ALICE, content=content)
            assert fits.status_code == 200
        for content in (b"x" * 201, pieces(210)):
            answer = await client.post(PATH, headers=ALICE, content=content)
            assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
            assert "200 bytes" in answer.json()["detail"]
        for method, path in (("GET", PATH), ("POST", f"{PATH}/")):
            other = await client.request(method, path, headers=ALICE, content=b"x" * 101)
            assert other.status_code == 413


async def test_a_request_that_takes_too_long_is_ended() -> None:
    ended = asyncio.Event()

    async def never(_: Request) -> Response:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    async with client_around(never, request_timeout_seconds=0.05) as client:
        answer = await client.get(PATH, headers=ALICE)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert ended.is_set()


async def test_a_timeout_of_the_operations_own_is_a_defect() -> None:
    async def fails(_: Request) -> Response:
        raise TimeoutError

    async with client_around(fails) as client:
        assert (await client.get(PATH, headers=ALICE)).status_code == 500


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InvalidInput([FieldError("name", "must be said")]), 422),
        (NotFound("thing", 7), 404),
        (VersionMismatch("thing"), 412),
        (ConcurrentChange("thing"), 409),
        (TransitionRefused("thing", "open", "closed"), 409),
        (PermissionDenied("things:read"), 403),
        (RateLimited(1.5), 429),
        (Unavailable("Later."), 503),
    ],
)
async def test_errors_of_the_domain_become_problems(error: DomainError, status: int) -> None:
    async def fails(_: Request) -> Response:
        raise error

    async with client_around(fails) as client:
        answer = await client.get(PATH, headers=ALICE)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, error.code)
    assert problem["type"] == f"urn:quillwort:problem:{error.code}"
    assert problem["detail"] == error.message
    if isinstance(error, InvalidInput):
        assert problem["errors"] == [{"field": "name", "message": "must be said"}]
    if isinstance(error, RateLimited):
        assert answer.headers["retry-after"] == "2"


async def test_a_defect_tells_the_caller_nothing() -> None:
    async def fails(_: Request) -> Response:
        raise RuntimeError("the password is 1234")

    async with client_around(fails) as client:
        answer = await client.get(PATH, headers=ALICE)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "1234" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-request-id"]


async def test_what_is_not_there_is_a_problem_too() -> None:
    async with client_around() as client:
        missing = await client.get("/nothing", headers=ALICE)
        assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
        refused = await client.delete(PATH, headers=ALICE)
        assert (refused.status_code, refused.json()["code"]) == (405, "method_not_allowed")
        for answer in (missing, refused):
            assert answer.headers["content-type"] == "application/problem+json"


async def test_every_answer_has_the_headers_of_caution() -> None:
    async with client_around() as client:
        for answer in (await client.get(PATH), await client.get(PATH, headers=ALICE)):
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"
            assert "max-age" in answer.headers["strict-transport-security"]
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
            assert "script-src" not in answer.headers["content-security-policy"]
            assert "server" not in answer.headers
        page = await client.get("/docs")
        assert "script-src" in page.headers["content-security-policy"]


async def test_a_plain_request_id_is_kept_and_any_other_replaced() -> None:
    async with client_around() as client:
        kept = await client.get(PATH, headers=ALICE | {"X-Request-ID": "abc-1"})
        assert kept.headers["x-request-id"] == "abc-1"
        seen = set()
        for given in ({}, {"X-Request-ID": 'evil"\\n'}, {"X-Request-ID": "x" * 200}):
            answer = await client.get(PATH, headers=ALICE | given)
            seen.add(answer.headers["x-request-id"])
        assert len(seen) == 3
        assert all(len(identity) == 32 for identity in seen)

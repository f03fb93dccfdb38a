"""What the REST tests share: clients of applications, and routes whose behaviour a test chooses."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import httpx
from fastapi import FastAPI, Request, Response
from starlette.types import ASGIApp

from callers import NamedVerifier
from quillwort.adapters.limits.memory import MemoryCounter
from quillwort.entrypoints.rest.app import build_app
from quillwort.entrypoints.rest.identity import principal
from quillwort.entrypoints.rest.settings import HttpSettings
from quillwort.kit.health import Health
from quillwort.kit.identity import Verifier
from quillwort.kit.rate_limit import RateLimiter

Behaviour: TypeAlias = Callable[[Request], Awaitable[Response]]

PATH = "/v1/operation"


def limiter(requests: int) -> RateLimiter:
    """Return a limiter of its own that allows so many requests."""
    return RateLimiter(MemoryCounter(), requests, window_seconds=60)


def client_of(app: ASGIApp) -> httpx.AsyncClient:
    """Return a client of the application, without a network between."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def answer_name(request: Request) -> Response:
    """Answer who asks, after reading the body."""
    await request.body()
    return Response(principal(request).subject)


class Operation:
    """One route, at `PATH`, for any method."""

    def __init__(self, behaviour: Behaviour = answer_name) -> None:
        self._behaviour = behaviour

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve it."""
        app.add_api_route(PATH, self.answer, methods=["GET", "POST"], include_in_schema=False)

    async def answer(self, request: Request) -> Response:
        """Do what the test says."""
        return await self._behaviour(request)


def client_around(behaviour: Behaviour = answer_name, **options: Any) -> httpx.AsyncClient:
    """Return a client of an application whose one operation behaves so."""
    return client_of(app_around(behaviour, **options))


def app_around(
    behaviour: Behaviour = answer_name,
    *,
    verifier: Verifier | None = None,
    requests: int = 1000,
    health: Health | None = None,
    bodies: Mapping[tuple[str, str], int] | None = None,
    **http: Any,
) -> ASGIApp:
    """Return an application whose one operation behaves so."""
    return build_app(
        [Operation(behaviour)],
        verifier=verifier or NamedVerifier(),
        limiter=limiter(requests),
        health=health or Health({}),
        settings=HttpSettings(**http),
        bodies=bodies,
    )

"""The whole REST application over a real database, with callers who are believed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any, TypeAlias

import httpx
import pytest

from callers import NamedVerifier
from quillwort.bootstrap import Parts, open_parts, rest_app
from quillwort.kit.settings import load
from quillwort.settings import Settings
from rest_serving import client_of, limiter

ClientFactory: TypeAlias = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def parts(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Parts]:
    """What the application is built from, on a database of the test's own."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATABASE_POOL_SIZE", "2")
    async with open_parts(load(Settings)) as parts:
        yield replace(parts, verifier=NamedVerifier(), limiter=limiter(100_000))


@pytest.fixture
async def serve(parts: Parts) -> AsyncIterator[ClientFactory]:
    """Make clients of applications with other parts."""
    async with AsyncExitStack() as clients:

        async def make(**changes: Any) -> httpx.AsyncClient:
            app = rest_app(replace(parts, **changes))
            return await clients.enter_async_context(client_of(app))

        yield make


@pytest.fixture
async def client(serve: ClientFactory) -> httpx.AsyncClient:
    """A client of the application as it is."""
    return await serve()

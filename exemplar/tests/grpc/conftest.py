"""A real server on a free loopback port, for every test a new one."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import uuid4

import grpc
import psycopg
import pytest
import structlog
from psycopg.sql import SQL, Identifier

from grpc_serving import Lines, NamedVerifier, Operations, Serve, Serving
from quillwort.adapters.limits.memory import MemoryCounter
from quillwort.bootstrap import Parts, grpc_server, open_parts
from quillwort.entrypoints.grpc.interceptors import access_log, failures
from quillwort.entrypoints.grpc.server import Service, build_server
from quillwort.entrypoints.grpc.settings import GrpcSettings
from quillwort.kit.health import Health, Ping
from quillwort.kit.identity import Verifier
from quillwort.kit.rate_limit import RateLimiter
from quillwort.kit.settings import load
from quillwort.rights import ACCESS
from quillwort.settings import Settings


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start servers, with `GrpcSettings` as keywords."""
    async with AsyncExitStack() as running:

        async def start(
            *services: Service,
            verifier: Verifier | None = None,
            requests: int = 1000,
            pings: Mapping[str, Ping] | None = None,
            **settings: object,
        ) -> Serving:
            health = Health(pings or {})
            server = build_server(
                services,
                verifier=verifier or NamedVerifier(),
                limiter=RateLimiter(MemoryCounter(), requests, window_seconds=60),
                health=health,
                settings=GrpcSettings.model_validate({"port": 0, **settings}),
            )
            port = await server.start()
            running.push_async_callback(server.stop, 0)
            channel = grpc.aio.insecure_channel(f"127.0.0.1:{port}")
            await running.enter_async_context(channel)
            return Serving(server, port, health, channel)

        yield start


@pytest.fixture
def operations() -> Operations:
    """A service whose behaviour the test chooses."""
    return Operations()


@pytest.fixture
async def serving(serve: Serve, operations: Operations) -> Serving:
    """A server of that service."""
    return await serve(operations)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Lines:
    """What is logged, which then goes nowhere else."""
    lines: Lines = asyncio.Queue()

    def keep(_: object, __: str, line: structlog.typing.EventDict) -> str:
        lines.put_nowait(dict(line))
        raise structlog.DropEvent

    logger = structlog.wrap_logger(None, processors=[structlog.processors.format_exc_info, keep])
    for module in (access_log, failures):
        monkeypatch.setattr(module, "_log", logger)
    return lines


@pytest.fixture
def scopes() -> tuple[str, ...]:
    """Every right that reaches no further than one's own rows."""
    return tuple(scope for access in ACCESS for scope in access.everyday)


@pytest.fixture(scope="session")
def shared_database_url(postgresql_url: str, migrated: str) -> Iterator[str]:
    """A migrated database that these tests use one after another: a new one each takes too long."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated}")
        yield urlsplit(postgresql_url)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def emptied_database_url(shared_database_url: str) -> str:
    """That database, with nothing in its tables."""
    with psycopg.connect(shared_database_url, autocommit=True) as connection:
        # References do not count in this role, so that any order will do.
        connection.execute("SET session_replication_role = replica")
        for (table,) in connection.execute(
            "SELECT tablename FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        ).fetchall():
            connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
    return shared_database_url


@pytest.fixture
async def parts(emptied_database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Parts]:
    """What the servers are built from."""
    monkeypatch.setenv("DATABASE_URL", emptied_database_url)
    monkeypatch.setenv("DATABASE_POOL_SIZE", "2")
    async with open_parts(load(Settings)) as parts:
        yield parts


@pytest.fixture
async def channel(parts: Parts) -> AsyncIterator[grpc.aio.Channel]:
    """A channel to the whole service over its database, which believes what callers say."""
    settings = replace(parts.settings, grpc=GrpcSettings(port=0))
    limiter = RateLimiter(MemoryCounter(), requests=100_000, window_seconds=60)
    server = grpc_server(
        replace(parts, settings=settings, verifier=NamedVerifier(), limiter=limiter)
    )
    port = await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield channel
    await server.stop(0)

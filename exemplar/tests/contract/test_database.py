"""The pool: what becomes of statements that fail."""

import asyncio
import socket

import psycopg
import pytest

from quillwort.adapters.postgresql.database import Constraints, Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.domain.errors import InvalidInput, Unavailable

NONE = Constraints("thing")


async def test_a_statement_that_takes_too_long_is_ended(database_url: str) -> None:
    settings = DatabaseSettings(pool_size=1, statement_timeout_ms=50)
    async with Database(database_url, settings) as database:
        with pytest.raises(Unavailable):
            await database.count("SELECT pg_sleep(10)", {}, NONE)
        await database.ping()


async def test_who_waits_too_long_for_a_connection_is_told(database_url: str) -> None:
    settings = DatabaseSettings(pool_size=1, pool_timeout_seconds=0.05)
    async with Database(database_url, settings) as database:
        busy = asyncio.create_task(database.count("SELECT pg_sleep(0.5)", {}, NONE))
        await asyncio.sleep(0)
        with pytest.raises(Unavailable):
            await database.ping()
        assert await busy == 1


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings = DatabaseSettings(pool_size=1, pool_timeout_seconds=0.2)
    async with Database(f"postgresql://postgres@127.0.0.1:{port}/x", settings) as database:
        with pytest.raises(Unavailable):
            await database.ping()


async def test_broken_connections_are_replaced(database_url: str) -> None:
    async with Database(database_url, DatabaseSettings(pool_size=3)) as database:
        await asyncio.gather(*(database.ping() for _ in range(6)))
        with psycopg.connect(database_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with pytest.raises(Unavailable):
            await database.ping()
        await database._sweep  # type: ignore[misc]  # noqa: SLF001 - the rest are swept out
        await asyncio.gather(*(database.ping() for _ in range(6)))


async def test_values_that_text_cannot_hold_are_invalid(database_url: str) -> None:
    async with Database(database_url, DatabaseSettings(pool_size=1)) as database:
        with pytest.raises(InvalidInput):
            await database.one("SELECT %(value)s::text", {"value": "a\0b"}, tuple)


async def test_many_callers_share_few_connections(database_url: str) -> None:
    async with Database(database_url, DatabaseSettings(pool_size=2)) as database:
        rows = await asyncio.gather(
            *(database.one("SELECT %(n)s::int", {"n": n}, tuple) for n in range(50))
        )
    assert rows == [(n,) for n in range(50)]

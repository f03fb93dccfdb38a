"""What probes do to a service's database: hold it up, take it away, break it; and what it sees meanwhile."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Final, LiteralString
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from architect.model.entity import Entity
from architect.model.naming import plural
from architect.verify.polling import becomes

_TABLES: Final[LiteralString] = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_WAITING: Final[LiteralString] = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
_MIGRATIONS: Final = "alembic_version"


@contextlib.asynccontextmanager
async def locked(url: str, entities: Sequence[Entity]) -> AsyncIterator[None]:
    """Hold the tables of entities so that whoever reads or writes one waits until the block ends."""
    async with await psycopg.AsyncConnection.connect(url) as link:
        for table in sorted(plural(entity.name) for entity in entities):
            await link.execute(
                sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(table))
            )
        try:
            yield
        finally:
            await link.rollback()


async def waiting(url: str) -> int:
    """Return how many statements on that database wait for a lock."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as link:
        row = await (await link.execute(_WAITING)).fetchone()
    return int(row[0]) if row else 0


async def until_waiting(url: str, count: int, seconds: float) -> bool:
    """Wait until that many statements wait for a lock; return whether it came to that in time."""

    async def reached() -> bool:
        return await waiting(url) == count

    return await becomes(reached, seconds)


@contextlib.asynccontextmanager
async def cut_off(url: str) -> AsyncIterator[None]:
    """Refuse every connection to the database, ending those there are, until the block ends."""
    name = sql.Identifier(urlsplit(url).path.removeprefix("/"))
    async with await psycopg.AsyncConnection.connect(_other(url), autocommit=True) as link:
        await link.execute(sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false").format(name))
        await link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            (urlsplit(url).path.removeprefix("/"),),
        )
        try:
            yield
        finally:
            await link.execute(sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS true").format(name))


@contextlib.asynccontextmanager
async def broken(url: str) -> AsyncIterator[None]:
    """Rename every table, so that each statement fails in a way no service foresees, until the block ends."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as link:
        tables = await _tables(link)
        for table in tables:
            await _rename(link, table, f"{table}_away")
        try:
            yield
        finally:
            for table in tables:
                await _rename(link, f"{table}_away", table)


async def counted(url: str) -> dict[str, int]:
    """Return how many rows each table has; a table that is gone is not in it."""
    found: dict[str, int] = {}
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as link:
        for table in await _tables(link):
            done = await link.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            row = await done.fetchone()
            found[table] = int(row[0]) if row else 0
    return found


async def ordered(url: str, texts: list[str]) -> list[str]:
    """Return texts in the order of the database's collation."""
    async with await psycopg.AsyncConnection.connect(url) as link:
        done = await link.execute("SELECT text FROM unnest(%s::text[]) AS text ORDER BY text", (texts,))
        return [str(row[0]) for row in await done.fetchall()]


async def _tables(link: psycopg.AsyncConnection[tuple[object, ...]]) -> list[str]:
    done = await link.execute(_TABLES)
    return [str(row[0]) for row in await done.fetchall() if row[0] != _MIGRATIONS]


async def _rename(link: psycopg.AsyncConnection[tuple[object, ...]], old: str, new: str) -> None:
    statement = sql.SQL("ALTER TABLE {} RENAME TO {}")
    await link.execute(statement.format(sql.Identifier(old), sql.Identifier(new)))


def _other(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/postgres", parts.query, ""))

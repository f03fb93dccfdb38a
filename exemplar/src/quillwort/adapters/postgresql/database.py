"""A pool of connections, on which each statement is a transaction unless told otherwise."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString, Self, TypeAlias, TypeVar

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout, TooManyRequests

from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.domain.errors import (
    AlreadyExists,
    DomainError,
    FieldError,
    InvalidInput,
    ReferenceMissing,
    StillReferenced,
    Unavailable,
)

T = TypeVar("T")

Row: TypeAlias = tuple[Any, ...]
"""A row in the order of its select list; the mapping beside each query gives the types."""

Connection: TypeAlias = psycopg.AsyncConnection[Row]
Cursor: TypeAlias = psycopg.AsyncCursor[Row]

_NOTICE_GONE_MS = 500

_UNREACHABLE = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    PoolTimeout,
    PoolClosed,
    TooManyRequests,
    TimeoutError,
)


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a broken constraint of a table means: constraint name -> field of the entity."""

    kind: str
    unique: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)


class Database:
    """PostgreSQL as the repositories see it.

    Statements run in autocommit: each is atomic, and what `connection` gives can begin a
    transaction for several. Every method raises `Unavailable` when the server cannot be reached,
    or does not answer within the timeouts.
    """

    def __init__(self, url: str, settings: DatabaseSettings) -> None:
        self._settings = settings
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            make_conninfo(
                url,
                application_name="quillwort",
                connect_timeout=settings.connect_timeout_seconds,
                keepalives_idle=30,
                keepalives_interval=10,
                keepalives_count=3,
                # The last one ends the statement of a caller that has gone: a cancelled request
                # closes its connection, which the server would not notice while it works.
                options=(
                    f"-c statement_timeout={settings.statement_timeout_ms} -c timezone=UTC "
                    f"-c client_connection_check_interval={_NOTICE_GONE_MS}"
                ),
            ),
            kwargs={"autocommit": True},
            min_size=settings.pool_size,
            max_size=settings.pool_size,
            timeout=settings.pool_timeout_seconds,
            # A failed attempt is given up soon: the next request starts another at once, where a
            # long one would sit in its growing pauses after the server has come back.
            reconnect_timeout=settings.connect_timeout_seconds,
            open=False,
        )
        # Who waits, waits here: the pool's own queue costs a waiter several times as much.
        self._turns = asyncio.Semaphore(settings.pool_size)
        self._sweep: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to connect; an unreachable server shows in `ping`, not here."""
        await self._pool.open(wait=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close every connection."""
        await self._pool.close()

    async def ping(self) -> None:
        """Return when the server answers."""
        await self.count("SELECT 1", {}, Constraints("row"))

    async def one(
        self, query: LiteralString, parameters: Mapping[str, object], to: Callable[[Row], T]
    ) -> T | None:
        """Return the first row, mapped, or None."""
        row = await self._run(query, parameters, _first)
        return None if row is None else to(row)

    async def many(
        self, query: LiteralString, parameters: Mapping[str, object], to: Callable[[Row], T]
    ) -> tuple[T, ...]:
        """Return every row, mapped."""
        return tuple(map(to, await self._run(query, parameters, _all)))

    async def count(
        self, query: LiteralString, parameters: Mapping[str, object], constraints: Constraints
    ) -> int:
        """Return how many rows the statement touched.

        Raises:
            AlreadyExists, ReferenceMissing, StillReferenced: as `constraints` says.
        """
        try:
            return await self._run(query, parameters, _touched)
        except psycopg.IntegrityError as error:
            raise _meaning(error, constraints) from error

    async def _run(
        self,
        query: LiteralString,
        parameters: Mapping[str, object],
        outcome: Callable[[Cursor], Awaitable[T]],
    ) -> T:
        async with self.connection() as connection:
            cursor = connection.cursor(binary=True)
            return await outcome(await cursor.execute(query, parameters))

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Have a connection for a while, for statements that belong together.

        Raises:
            InvalidInput: when a value is one that PostgreSQL cannot keep.
        """
        try:
            async with asyncio.timeout(self._settings.pool_timeout_seconds):
                await self._turns.acquire()
            try:
                connection = await self._pool.getconn()
                try:
                    yield connection
                finally:
                    await self._pool.putconn(connection)
            finally:
                self._turns.release()
        except psycopg.errors.QueryCanceled as error:
            raise Unavailable("The database took too long.") from error
        except psycopg.DataError as error:
            # The rules let no such value through; what is left are characters that text
            # columns and jsonb do not hold, and numbers beyond a column's range.
            raise InvalidInput([FieldError("value", "cannot be stored")]) from error
        except _UNREACHABLE as error:
            self._drop_broken_connections()
            raise Unavailable("The database does not answer.") from error

    def _drop_broken_connections(self) -> None:
        # When the server restarts every pooled connection is broken at once; without this each
        # would fail one request.
        if self._sweep is None or self._sweep.done():
            self._sweep = asyncio.create_task(self._pool.check())


async def _first(cursor: Cursor) -> Row | None:
    return await cursor.fetchone()


async def _all(cursor: Cursor) -> list[Row]:
    return await cursor.fetchall()


async def _touched(cursor: Cursor) -> int:
    return cursor.rowcount


def _meaning(error: psycopg.IntegrityError, constraints: Constraints) -> DomainError | Exception:
    name = error.diag.constraint_name or ""
    if isinstance(error, psycopg.errors.UniqueViolation) and name in constraints.unique:
        return AlreadyExists(constraints.kind, constraints.unique[name])
    if isinstance(error, psycopg.errors.ForeignKeyViolation):
        if name in constraints.references:
            return ReferenceMissing(constraints.references[name])
        return StillReferenced(constraints.kind)
    return error

"""A SQLite file as the adapters see it: work in threads, many readers beside one writer."""

import asyncio
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Generic, Self, TypeAlias, TypeVar

from quillwort.adapters.sqlite.schema import Steps, upgrade
from quillwort.domain.errors import FieldError, InvalidInput, Unavailable

T = TypeVar("T")

Row: TypeAlias = tuple[Any, ...]
"""A row in the order of its select list; the mapping beside each query gives the types."""

Parameters: TypeAlias = Mapping[str, object]

READERS: Final = 4
"""Threads that read at once: as many as searches are answered side by side."""

BUSY_SECONDS: Final = 5.0
"""How long a statement waits for another process that writes."""

TOGETHER_SECONDS: Final = 0.1
"""How long changes that wait for one another are gathered into one transaction."""

_PREPARE: Final = (
    "PRAGMA journal_mode = WAL",
    # What was acknowledged is on the disk: in WAL mode NORMAL would lose the last transactions
    # when the machine loses its power.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16384",
)


class SqliteFile:
    """A file, created and brought up to date when it is opened.

    Statements see one state of the file for as long as the function lasts that runs them. Every
    method raises `Unavailable` when the file cannot be read or written, or when another process
    writes for longer than `BUSY_SECONDS`; `InvalidInput` when a value cannot be kept.
    """

    def __init__(self, path: Path, steps: Steps) -> None:
        self._path = path
        self._steps = steps
        self._writer = ThreadPoolExecutor(1, "sqlite-writer")
        self._readers = ThreadPoolExecutor(READERS, "sqlite-reader")
        self._changes: deque[_Change[Any]] = deque()
        self._own = threading.local()
        self._opened: list[sqlite3.Connection] = []

    async def __aenter__(self) -> Self:
        """Open the file.

        Raises:
            Unavailable: when there can be none at the path, or it is none of this schema's.
        """
        try:
            await self._in(self._writer, self._open)
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close every connection after the work that is under way."""
        await asyncio.to_thread(self._close)

    async def ping(self) -> None:
        """Return when the file can be read."""
        await self.read(lambda connection: connection.execute("SELECT 1").fetchone())

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what the function makes of one state of the file."""

        def reading() -> T:
            connection = self._connection()
            with _transaction(connection, "BEGIN"):
                return work(connection)

        return await self._in(self._readers, reading)

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what the function returns after it has changed the file: wholly, or not at all.

        Changes that come while another is being written are written together, so that the disk is
        waited for once; each is undone alone when its function raises. A caller who is cancelled
        does not know whether it was done; it is not done later.
        """
        change = _Change(work)
        self._changes.append(change)
        try:
            await self._in(self._writer, lambda: self._write(change))
        finally:
            self._withdraw(change)
        return change.outcome()

    def _withdraw(self, change: "_Change[Any]") -> None:
        """Let no later turn take a change whose caller is told that it failed, or has left."""
        with suppress(ValueError):
            self._changes.remove(change)

    def _next(self) -> "_Change[Any] | None":
        """Take the change that has waited longest; its caller may withdraw it at any time."""
        try:
            return self._changes.popleft()
        except IndexError:
            return None

    def _write(self, own: "_Change[Any]") -> None:
        """Write what waits with this change, unless an earlier turn has written it."""
        if own not in self._changes:
            return
        taken: list[_Change[Any]] = []
        connection = self._connection()
        try:
            with _transaction(connection, "BEGIN IMMEDIATE"):
                until = time.monotonic() + TOGETHER_SECONDS
                while (not taken or time.monotonic() < until) and (change := self._next()):
                    taken.append(change)
                    change.attempt(connection)
        except BaseException as error:  # noqa: BLE001 - whoever waits for a change is told
            # Without a transaction the others have their own turns yet.
            self._withdraw(own)
            for change in (*taken, own):
                change.fail(error)

    async def _in(self, threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        def told() -> T:
            with _told():
                return work()

        try:
            return await asyncio.get_running_loop().run_in_executor(threads, told)
        except RuntimeError as error:
            # The pool takes nothing more after it was closed, and says so in this way alone.
            if not self._opened:
                raise Unavailable("The file is closed.") from error
            raise

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        upgrade(self._connection(), self._steps)

    def _connection(self) -> sqlite3.Connection:
        """Return the connection of this thread, which nobody else uses until it is closed."""
        known: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if known is not None:
            return known
        connection = sqlite3.connect(
            self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        for statement in _PREPARE:
            connection.execute(statement)
        self._own.connection = connection
        self._opened.append(connection)
        return connection

    def _close(self) -> None:
        for threads in (self._readers, self._writer):
            threads.shutdown(wait=True)
        while self._opened:
            self._opened.pop().close()


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A disk that is full has ended the transaction already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (UnicodeEncodeError, OverflowError, sqlite3.DataError) as error:
        raise InvalidInput([FieldError("value", "cannot be stored")]) from error
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.Error as error:
        raise Unavailable(f"The file does not answer: {error}") from error
    except OSError as error:
        raise Unavailable(f"The file cannot be kept: {error.strerror}") from error


class _Change(Generic[T]):
    """A function that changes the file, and what came of it."""

    def __init__(self, work: Callable[[sqlite3.Connection], T]) -> None:
        self._work = work
        self._returned: list[T] = []
        self._error: BaseException | None = None

    def attempt(self, connection: sqlite3.Connection) -> None:
        """Run the function; when it raises, undo what it did and nothing else.

        Raises:
            sqlite3.Error: when the whole transaction is gone with it.
        """
        connection.execute("SAVEPOINT change")
        try:
            self._returned.append(self._work(connection))
        except BaseException as error:
            self._error = error
            # A disk that is full has ended the transaction already.
            if not connection.in_transaction:
                raise
            connection.execute("ROLLBACK TO change")
        connection.execute("RELEASE change")

    def fail(self, error: BaseException) -> None:
        """Keep why it was not written, unless it has a reason of its own."""
        self._error = self._error or error

    def outcome(self) -> T:
        """Return what the function returned, or raise what kept it from being written."""
        if self._error is None:
            return self._returned[0]
        with _told():
            raise self._error

"""The SQLite file: changed wholly or not at all, one writer at a time, and honest when it fails."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.adapters.sqlite.rows import insert
from quillwort.domain.errors import InvalidInput, Unavailable

FIRST = ("CREATE TABLE numbers (number INTEGER PRIMARY KEY, text TEXT) STRICT",)
SECOND = ("ALTER TABLE numbers ADD COLUMN more TEXT",)


def _count(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM numbers").fetchone()
    return int(count)


def _add(connection: sqlite3.Connection) -> int:
    connection.execute("INSERT INTO numbers (text) VALUES ('x')")
    return _count(connection)


async def test_what_fails_halfway_changes_nothing(tmp_path: Path) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        _add(connection)
        raise LookupError

    async with SqliteFile(tmp_path / "file", (FIRST,)) as file:
        with pytest.raises(LookupError):
            await file.write(fails)
        assert await file.read(_count) == 0
        assert await file.write(_add) == 1


@pytest.mark.parametrize("many", [0, 1, 499, 500, 1200])
async def test_rows_are_inserted_in_few_statements(many: int, tmp_path: Path) -> None:
    statements: list[str] = []

    def work(connection: sqlite3.Connection) -> int:
        insert(connection, "numbers (number, text)", ((1, "there before"),))
        connection.set_trace_callback(statements.append)
        rows = ((number, "x") for number in range(1, many + 1))
        insert(connection, "numbers (number, text)", rows, "ON CONFLICT DO NOTHING")
        connection.set_trace_callback(None)
        return _count(connection)

    async with SqliteFile(tmp_path / "file", (FIRST,)) as file:
        assert await file.write(work) == max(1, many)
    assert len(statements) == -(-many // 499)


async def test_what_waits_is_written_together_and_undone_alone(tmp_path: Path) -> None:
    begun, may_go = threading.Event(), threading.Event()
    statements: list[str] = []

    def first(connection: sqlite3.Connection) -> int:
        connection.set_trace_callback(statements.append)
        begun.set()
        assert may_go.wait(10)
        return _add(connection)

    def fails(connection: sqlite3.Connection) -> int:
        _add(connection)
        raise LookupError

    async with SqliteFile(tmp_path / "file", (FIRST,)) as file:
        before = asyncio.create_task(file.write(first))
        await asyncio.to_thread(begun.wait, 10)
        waiting = [asyncio.create_task(file.write(each)) for each in (_add, fails, _add, _add)]
        await asyncio.sleep(0)
        may_go.set()
        told = await asyncio.gather(before, *waiting, return_exceptions=True)
        assert [each for each in told if not isinstance(each, LookupError)] == [1, 2, 3, 4]
        assert isinstance(told[2], LookupError)
        assert await file.read(_count) == 4
    assert statements.count("COMMIT") == 1


async def test_writers_of_several_processes_queue(tmp_path: Path) -> None:
    path = tmp_path / "file"
    async with SqliteFile(path, (FIRST,)) as one, SqliteFile(path, (FIRST,)) as other:
        counts = await asyncio.gather(
            *(file.write(_add) for _ in range(20) for file in (one, other))
        )
        assert sorted(counts) == list(range(1, 41))
        assert await one.read(_count) == await other.read(_count) == 40


async def test_a_file_is_brought_up_to_date_and_keeps_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    async with SqliteFile(path, (FIRST,)) as file:
        await file.write(_add)
    async with SqliteFile(path, (FIRST, SECOND)) as file:
        assert await file.read(lambda link: link.execute("SELECT more FROM numbers").fetchall())
    with pytest.raises(Unavailable, match="version 2"):
        async with SqliteFile(path, (FIRST,)):
            pass


async def test_what_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database " * 100)
    for path in (tmp_path / "text", tmp_path, tmp_path / "text" / "file"):
        with pytest.raises(Unavailable):
            async with SqliteFile(path, (FIRST,)):
                pass


async def test_a_closed_file_is_unavailable(tmp_path: Path) -> None:
    async with SqliteFile(tmp_path / "file", (FIRST,)) as file:
        await file.ping()
    with pytest.raises(Unavailable):
        await file.ping()


async def test_what_is_acknowledged_is_synchronised(tmp_path: Path) -> None:
    def modes(connection: sqlite3.Connection) -> tuple[object, ...]:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        return tuple(connection.execute(f"PRAGMA {each}").fetchone()[0] for each in asked)

    async with SqliteFile(tmp_path / "file", (FIRST,)) as file:
        assert await file.read(modes) == ("wal", 2, 1)
        assert await file.write(modes) == ("wal", 2, 1)


async def test_values_that_it_cannot_hold_are_invalid(tmp_path: Path) -> None:
    insert = "INSERT INTO numbers (number, text) VALUES (?, ?)"
    async with SqliteFile(tmp_path / "file", (FIRST,)) as file:
        for values in ((1, "\ud800"), (1 << 63, "x")):
            with pytest.raises(InvalidInput):
                await file.write(lambda link, given=values: link.execute(insert, given).rowcount)


async def test_who_waits_too_long_for_another_writer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quillwort.adapters.sqlite.file.BUSY_SECONDS", 0.05)
    path = tmp_path / "file"
    async with SqliteFile(path, (FIRST,)) as file:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Unavailable):
                await file.write(_add)
            assert await file.read(_count) == 0
            other.execute("ROLLBACK")
        assert await file.write(_add) == 1


async def test_a_change_whose_caller_has_left_is_not_made_in_the_turn_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quillwort.adapters.sqlite.file.BUSY_SECONDS", 0.3)
    path = tmp_path / "file"
    async with SqliteFile(path, (FIRST,)) as file:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            changes = [asyncio.create_task(file.write(_add)) for _ in range(3)]
            await asyncio.sleep(0)
            changes[1].cancel()
            told = await asyncio.gather(*changes, return_exceptions=True)
            other.execute("ROLLBACK")
        expected = [Unavailable, asyncio.CancelledError, Unavailable]
        assert [type(each) for each in told] == expected
        assert await file.write(_add) == 1

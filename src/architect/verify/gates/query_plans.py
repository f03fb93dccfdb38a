"""Every statement the service can send has a plan that lasts at the brief's volume."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

import psycopg

from architect.model.fact import Figure
from architect.model.naming import plural
from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.gate import gate, run_probes
from architect.verify.plans.exercise import exercise
from architect.verify.plans.explain import READS, WRITES, Explained, explain
from architect.verify.plans.listening import Statement, statements
from architect.verify.plans.seeding import MOST_ROWS, OWNERS, Seeder
from architect.verify.postgres import Server, embedded
from architect.verify.scene import opened

DEFAULT_ROWS: Final = 10_000
RANDOM_PAGE_COST: Final = 1.1
"""PostgreSQL's own advice for solid-state disks; its default is for disks that turn."""
_UNINDEXED_KEYS: Final = """
SELECT c.conrelid::regclass::text, c.conname
FROM pg_constraint c
WHERE c.contype = 'f' AND NOT EXISTS (
    SELECT FROM pg_index i
    WHERE i.indrelid = c.conrelid AND i.indpred IS NULL
      AND (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey
)
ORDER BY 1, 2
"""
"""Foreign keys whose columns no index begins with: each delete of a row referred to reads the whole table."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the service sent, and the plans of it."""

    explained: tuple[Explained, ...]
    unindexed: tuple[tuple[str, str], ...]


@gate(
    "query_plans",
    title="Plans of every query at the brief's volume",
    checks=("no_sequential_scan", "no_large_sort", "no_rows_read_in_vain", "foreign_keys_indexed"),
    needs=("service",),
    seconds=120,
    applies=lambda subject: "" if subject.entities else "the brief names no entity to query",
)
async def query_plans(bench: Bench) -> None:
    """Fill the tables, use all that the service offers, listen to PostgreSQL's log, explain what it heard."""
    rows = _rows(bench)
    async with _server(bench) as server, _database(bench, server) as url:
        name = urlsplit(url).path.removeprefix("/")
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as link:
            bench.progress(f"filling each table with {rows:,} rows")
            await Seeder(bench.subject.entities, rows).fill(link)
            await link.execute(f"ALTER DATABASE \"{name}\" SET log_statement = 'all'".encode())
        bench.progress("using every filter, sort and operation")
        async with opened(bench, database_url=url) as scene:
            sent = await exercise(scene)
        said = server.log.read_text(encoding="utf-8", errors="replace") if server.log else ""
        heard = await _explained(bench, url, statements(said, name))
    _write_down(bench, heard, rows, sent)
    probes = {
        "no_sequential_scan": _probe("no_sequential_scan", "scan", 0),
        "no_large_sort": _probe("no_large_sort", "sort", 0),
        "no_rows_read_in_vain": _probe("no_rows_read_in_vain", "vain", rows / OWNERS / 2),
        "foreign_keys_indexed": _foreign_keys_indexed,
    }
    await run_probes(bench, probes, heard)


def _rows(bench: Bench) -> int:
    wanted = bench.subject.brief.number("data.records") or DEFAULT_ROWS
    each = int(wanted / max(len(bench.subject.entities), 1))
    return max(OWNERS * 100, min(each, MOST_ROWS) // OWNERS * OWNERS)


@contextlib.asynccontextmanager
async def _server(bench: Bench) -> AsyncIterator[Server]:
    """Give a server whose log can be read: the run's own, or an embedded one beside a foreign one."""
    shared = await bench.server()
    if shared.log is not None:
        yield shared
        return
    async with embedded(await bench.python(), bench.scratch("plans")) as own:
        yield own


@contextlib.asynccontextmanager
async def _database(bench: Bench, server: Server) -> AsyncIterator[str]:
    async with server.database() as url:
        await bench.migrate(url)
        yield url


async def _explained(bench: Bench, url: str, heard: dict[str, Statement]) -> Heard:
    big = frozenset(plural(entity.name) for entity in bench.subject.entities)
    wanted = [each for each in heard.values() if each.verb in (*READS, *WRITES)]
    own = [each for each in wanted if any(table in each.text for table in big)]
    bench.progress(f"explaining {len(own)} statements")
    link: psycopg.AsyncConnection[tuple[Plain, ...]]
    async with await psycopg.AsyncConnection.connect(url) as link:
        explained = tuple([await explain(link, statement, big) for statement in own])
        unindexed = await (await link.execute(_UNINDEXED_KEYS)).fetchall()
    return Heard(explained, tuple((str(table), str(name)) for table, name in unindexed))


def _write_down(bench: Bench, heard: Heard, rows: int, sent: int) -> None:
    slowest = max((each.milliseconds for each in heard.explained), default=0.0)
    because = f"EXPLAIN ANALYZE with {rows:,} rows a table, {OWNERS} owners"
    count = len(heard.explained)
    bench.sheet.figure(Figure("statements explained", count, "statements", "measured", f"{sent} requests"))
    bench.sheet.figure(Figure("slowest read", round(slowest, 3), "ms", "measured", because))
    bench.sheet.method = (
        f"{rows:,} rows a table shared by {OWNERS} owners, statistics up to date, random_page_cost "
        f"{RANDOM_PAGE_COST} (solid-state disks). One owner uses every filter, sort and operation that "
        "the brief offers, up to eight pages of a hundred each; the statements come from its log and are "
        f"explained with the values they were sent with."
    )


def _probe(
    check: str, kind: Literal["scan", "sort", "vain"], error_above: float
) -> Callable[[Heard], Awaitable[list[Finding]]]:
    """Return a probe for one kind of fault; up to ``error_above`` rows it is a warning."""

    async def probe(heard: Heard) -> list[Finding]:
        return [
            Finding(
                check,
                "error" if fault.rows > error_above or kind == "scan" else "warning",
                fault.message,
                where=" ".join(each.statement.text.split())[:400],
                mend="add an index that begins with the filter's columns and ends with the order's",
                evidence=each.plan,
            )
            for each in heard.explained
            for fault in each.faults
            if fault.kind == kind
        ]

    return probe


async def _foreign_keys_indexed(heard: Heard) -> list[Finding]:
    return [
        Finding("foreign_keys_indexed", "error", f"no index begins with the columns of {name}", table)
        for table, name in heard.unindexed
    ]

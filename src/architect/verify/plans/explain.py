"""What a plan says about a statement that will not last."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import psycopg

from architect.model.plain import Plain
from architect.verify.manifests.tree import Object, mapping, mappings, sequence
from architect.verify.plans.listening import Statement

FEW_ROWS: Final = 500
"""Rows that may be read in vain, or sorted, for one page: five of the largest pages."""
READS: Final = ("SELECT", "WITH")
WRITES: Final = ("INSERT", "UPDATE", "DELETE", "MERGE")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a plan that will not last: what is read, sorted or thrown away, and how many rows."""

    kind: Literal["scan", "sort", "vain"]
    message: str
    rows: float


@dataclass(frozen=True, slots=True)
class Explained:
    """A statement, what is wrong with its plan, and how long it took (0 for writes, which do not run)."""

    statement: Statement
    faults: tuple[Fault, ...]
    milliseconds: float
    plan: str


async def explain(
    link: psycopg.AsyncConnection[tuple[Plain, ...]], statement: Statement, big: frozenset[str]
) -> Explained:
    """Return what the plan of a statement is, with the values that the service sent.

    Reads are run (EXPLAIN ANALYZE), writes are only planned; nothing is kept.

    Args:
        link: a connection of its own.
        statement: what the service sent.
        big: tables that must not be read from end to end.

    Raises:
        psycopg.Error: PostgreSQL cannot plan it.
    """
    run = statement.verb in READS
    options = "ANALYZE, BUFFERS OFF, TIMING OFF, FORMAT JSON" if run else "FORMAT JSON"
    values = f" ({', '.join(statement.parameters)})" if statement.parameters else ""
    async with link.transaction(force_rollback=True):
        await link.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        await link.execute(f"PREPARE listened AS {statement.text}".encode())
        try:
            row = await (
                await link.execute(f"EXPLAIN ({options}) EXECUTE listened{values}".encode())
            ).fetchone()
        finally:
            if not link.broken and link.info.transaction_status.name == "INTRANS":
                await link.execute("DEALLOCATE listened")
    top = mapping(row[0][0] if row and isinstance(row[0], list) else None)
    root = mapping(top.get("Plan"))
    took = top.get("Execution Time")
    return Explained(
        statement=statement,
        faults=tuple(faults(root, big)),
        milliseconds=float(took) if isinstance(took, int | float) else 0.0,
        plan="\n".join(outline(root)),
    )


def faults(node: Object, big: frozenset[str]) -> Iterator[Fault]:
    """Yield what is wrong in a plan: big tables read from end to end, many rows sorted or read in vain."""
    kind, table = str(node.get("Node Type")), str(node.get("Relation Name", ""))
    if kind == "Seq Scan" and table in big:
        yield Fault("scan", f"reads all of {table}", _rows(node))
    if kind in ("Sort", "Incremental Sort"):
        rows = sum(_rows(child) for child in mappings(node.get("Plans")))
        if rows > FEW_ROWS:
            keys = ", ".join(map(str, sequence(node.get("Sort Key"))))
            yield Fault("sort", f"sorts {rows:,.0f} rows by {keys}", rows)
    vain = node.get("Rows Removed by Filter")
    if kind != "Seq Scan" and isinstance(vain, int | float) and vain > FEW_ROWS:
        yield Fault("vain", f"reads {vain:,.0f} rows of {table or 'its input'} in vain", vain)
    for child in mappings(node.get("Plans")):
        yield from faults(child, big)


def outline(node: Object, depth: int = 0) -> Iterator[str]:
    """Yield a plan as indented lines: node, index or table, condition, rows."""
    what = node.get("Index Name") or node.get("Relation Name") or ""
    condition = node.get("Index Cond") or node.get("Filter") or node.get("Sort Key") or ""
    yield f"{'  ' * depth}{node.get('Node Type')} {what} rows={_rows(node):.0f} {condition}".rstrip()
    for child in mappings(node.get("Plans")):
        yield from outline(child, depth + 1)


def _rows(node: Object) -> float:
    rows = node.get("Actual Rows", node.get("Plan Rows", 0))
    return float(rows) if isinstance(rows, int | float) else 0.0

"""Where PostgreSQL should compare every vector within reach, and where it should follow the graph.

    cd exemplar
    PYTHONPATH=src .venv/bin/python ../benchmarks/reach_speed.py [--chunks 100000] [--queries 40]

One corpus, its vectors drawn around a thousand centres as those of real texts lie, and once more in random
directions, where a graph is of least use. Of each, shares of the chunks belong to whoever asks: 2% to 100%.
Each query is answered by comparing all (`_EXACT`) and by the graph (`_NEAREST`), in turns, in one run;
recall is that of the hundred nearest, which a search fuses. Prints a line each and writes
results/reach_speed.json: `EXACT_MOST` of adapters/corpus/vectors.py stands where the one overtakes the other.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from quillwort.adapters.corpus import vectors
from quillwort.adapters.postgresql import embedded, migrations
from quillwort.adapters.postgresql.database import Connection, Database
from quillwort.adapters.postgresql.settings import DatabaseSettings

RESULTS = Path(__file__).resolve().parent / "results"
DIMENSIONS: Final = 384
CENTRES: Final = 1000
LIMIT: Final = 100
OF_A_DOCUMENT: Final = 50
"""Chunks that follow each other and are the same owner's."""
SHARES: Final = {"a": 0.02, "b": 0.08, "c": 0.1, "d": 0.15, "e": 0.25, "f": 0.4}
"""Owners and what they have; whoever asks may be several of them."""
REACHES: Final = ("a", "b", "c", "d", "e", "f", "ef", "abcdef")
DOCUMENT: Final = """\
INSERT INTO documents (id, owner_id, version, created_at, updated_at, name, title, media_type, digest,
    size_bytes, status, chunks)
VALUES (gen_random_uuid(), 'a', 1, now(), now(), 'd', 'd', 'text/plain', 'd', 1, 'indexed', 1) RETURNING id"""
CHUNKS: Final = """\
INSERT INTO chunks (number, owner_id, document_id, key, position, headings, text, tokens, digest)
OVERRIDING SYSTEM VALUE
SELECT n, o, %(document)s, 'k' || n, n, '{}', 'x', 1, decode(md5(n::text), 'hex')
FROM unnest(%(numbers)s::bigint[], %(owners)s::text[]) AS t (n, o)"""

Vectors = NDArray[np.float32]


def drawn(kind: str, source: np.random.Generator, count: int, centres: Vectors) -> Vectors:
    """Return unit vectors."""
    made = source.standard_normal((count, DIMENSIONS), np.float32)
    if kind == "clustered":
        made = centres[source.integers(0, CENTRES, count)] + made * np.float32(0.7)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


async def fill(connection: Connection, model: vectors.Model, made: Vectors, owners: list[str]) -> None:
    """Write the vectors, and then the graph, which is many times faster than the other way round."""
    await connection.execute(model.sql("DROP INDEX {graph}"))
    rows = ((number, owner, vector) for number, (owner, vector) in enumerate(zip(owners, made, strict=True)))
    await vectors.copy(connection, model, rows)
    await connection.execute(model.sql("INSERT INTO {settled} SELECT * FROM {fresh}"))
    await connection.execute(model.sql("TRUNCATE {fresh}"))
    await connection.execute("SET maintenance_work_mem = '1GB'")
    await connection.execute(model.sql(vectors._TABLES[-1]))  # noqa: SLF001 - what the adapter makes
    await connection.execute("TRUNCATE keyword_statistics")
    for owner in set(owners):
        counted = {"owner": owner, "count": owners.count(owner)}
        await connection.execute("INSERT INTO keyword_statistics VALUES (%(owner)s, %(count)s, 1)", counted)
    await connection.execute(model.sql("VACUUM ANALYZE {settled}"))


async def found(
    database: Database, model: vectors.Model, labels: list[str], vector: Vectors
) -> tuple[float, set[int]]:
    """Return milliseconds, and what is nearest."""
    began = time.perf_counter()
    async with database.connection() as connection, connection.transaction():
        nearest = await vectors.nearest(connection, model, labels, vector.tolist(), LIMIT)
    return (time.perf_counter() - began) * 1000, set(nearest)


async def measured(url: str, kind: str, chunks: int, queries: int) -> list[dict[str, object]]:
    """Return a line for each reach."""
    source = np.random.default_rng(7)
    centres = source.standard_normal((CENTRES, DIMENSIONS), np.float32)
    made = drawn(kind, source, chunks, centres)
    whose = source.choice([*SHARES], chunks // OF_A_DOCUMENT + 1, p=[*SHARES.values()])
    owners = np.repeat(whose, OF_A_DOCUMENT)[:chunks].tolist()
    model = vectors.Model(f"{kind}@1", DIMENSIONS)
    settings = DatabaseSettings(url=url, pool_size=2, statement_timeout_ms=1_200_000)
    async with Database(url, settings) as database:
        async with database.connection() as connection:
            async with connection.transaction():
                await vectors.register(connection, model)
                (document,) = await (await connection.execute(DOCUMENT)).fetchone() or ("",)
                given = {"document": document, "numbers": list(range(chunks)), "owners": owners}
                await connection.execute(CHUNKS, given)
            await fill(connection, model, made, owners)
        asked = drawn(kind, source, queries, centres)
        lines: list[dict[str, object]] = []
        for reach in REACHES:
            within = sum(map(owners.count, reach))
            line = {"vectors": kind, "within": within, "share": round(within / chunks, 3)}
            lines.append(line | await compared(database, model, [*reach], asked, within))
            print(*(f"{name} {value}" for name, value in lines[-1].items()), sep="  ", flush=True)
    return lines


async def compared(
    database: Database, model: vectors.Model, labels: list[str], asked: Vectors, within: int
) -> dict[str, float]:
    """Return the time of both ways, the first question left out, and how much the graph finds."""
    took: dict[str, list[float]] = {"exact": [], "graph": []}
    recalls: list[float] = []
    for vector in asked:
        answers = {}
        for way, most in (("exact", within), ("graph", 0)):
            vectors.EXACT_MOST = most  # type: ignore[misc] # what is measured
            milliseconds, answers[way] = await found(database, model, labels, vector)
            took[way].append(milliseconds)
        recalls.append(len(answers["exact"] & answers["graph"]) / len(answers["exact"]))
    return (
        {f"{way} p50": round(statistics.median(each[1:]), 1) for way, each in took.items()}
        | {f"{way} p95": round(statistics.quantiles(each[1:], n=20)[-1], 1) for way, each in took.items()}
        | {"graph recall@100": round(statistics.fmean(recalls), 3)}
    )


def main() -> None:
    """Measure, print, write down."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=40)
    arguments = parser.parse_args()
    lines = []
    for kind in ("clustered", "random"):
        with tempfile.TemporaryDirectory() as directory, embedded.running(Path(directory)) as url:
            migrations.upgrade(url)
            lines += asyncio.run(measured(url, kind, arguments.chunks, arguments.queries))
    record = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "chunks": arguments.chunks,
        "lines": lines,
    }
    (RESULTS / "reach_speed.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Vectors in PostgreSQL: tables of each embedding model's own, and how the nearest are found.

A vector is written to a table without a graph, which costs next to nothing, and is found there row
by row; it moves to the one with a graph soon after, in the background. A graph's place costs some
two milliseconds, so whoever waited for it could index 400 chunks a second instead of thousands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, LiteralString
from uuid import UUID

import numpy as np
from psycopg.sql import SQL, Composed, Identifier, Literal

from quillwort.adapters.postgresql.database import Connection
from quillwort.assistant.embedding import Vectors

EXACT_MOST: Final = 15_000
"""Chunks within reach that are compared one by one: some ten milliseconds, and none is missed. With
so few of all behind its filter, the graph takes longer."""

LOOKED_AT: Final = 200
"""Rows that the graph looks at in a turn; it takes turns until it has looked at 20,000."""

_LOCK: Final = "SELECT pg_advisory_xact_lock(4417733)"
"""Whoever makes a model's tables waits for the one before."""

_REGISTER: Final = """\
INSERT INTO embedding_models (name, dimensions, serves)
VALUES (%(name)s, %(dimensions)s, NOT EXISTS (SELECT FROM embedding_models WHERE serves))
ON CONFLICT DO NOTHING"""

_TABLES: Final[tuple[LiteralString, ...]] = (
    """\
CREATE TABLE IF NOT EXISTS {fresh} (
    chunk bigint PRIMARY KEY REFERENCES chunks (number) ON DELETE CASCADE,
    owner_id text NOT NULL,
    embedding vector({dimensions}) NOT NULL
)""",
    """\
CREATE TABLE IF NOT EXISTS {settled} (
    chunk bigint PRIMARY KEY REFERENCES chunks (number) ON DELETE CASCADE,
    owner_id text NOT NULL,
    embedding vector({dimensions}) NOT NULL
)""",
    "CREATE INDEX IF NOT EXISTS {owners} ON {settled} (owner_id)",
    """\
CREATE INDEX IF NOT EXISTS {graph} ON {settled}
USING hnsw ((embedding::halfvec({dimensions})) halfvec_ip_ops)""",
)
"""The graph keeps halves of the precision, which changes next to no neighbour; what is returned is
computed from the whole."""

_TUNED: Final = """\
SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true),
    set_config('hnsw.ef_search', %(looked_at)s::text, true),
    (
        SELECT coalesce(sum(chunks), 0)::bigint FROM keyword_statistics
        WHERE %(labels)s::text[] IS NULL OR owner_id = ANY(%(labels)s)
    )"""
"""The graph is searched on until there are enough rows of the labels, not only among the nearest of
everybody's; the outer query puts them in order."""

_COPY: Final = "COPY {fresh} (chunk, owner_id, embedding) FROM STDIN (FORMAT BINARY)"

_HAVING: Final = """\
SELECT chunk FROM {fresh} WHERE chunk = ANY(%(numbers)s)
UNION ALL
SELECT chunk FROM {settled} WHERE chunk = ANY(%(numbers)s)"""

_FORGET: Final[tuple[LiteralString, ...]] = (
    "DELETE FROM {fresh} WHERE chunk = ANY(%(numbers)s)",
    "DELETE FROM {settled} WHERE chunk = ANY(%(numbers)s)",
)
"""In this order: what moves to the graph meanwhile is missed by neither statement."""

_SETTLE: Final = """\
WITH moved AS (
    DELETE FROM {fresh} WHERE chunk IN (
        SELECT chunk FROM {fresh}, LATERAL (
            SELECT FROM chunks WHERE number = chunk FOR KEY SHARE SKIP LOCKED
        ) AS there
        ORDER BY chunk LIMIT %(limit)s FOR UPDATE OF {fresh} SKIP LOCKED
    )
    RETURNING chunk, owner_id, embedding
)
INSERT INTO {settled} (chunk, owner_id, embedding)
SELECT chunk, owner_id, embedding FROM moved ORDER BY chunk
ON CONFLICT DO NOTHING"""
"""In their order, so that those of a document lie together: compared one by one, they take a fifth
of the pages. It waits for nobody: whoever takes chunks out locks these first, and then vectors."""

_WAITING: Final = "SELECT count(*) FROM (SELECT FROM {fresh} LIMIT %(limit)s) AS counted"

_NEAREST: Final = """\
WITH graph AS MATERIALIZED (
    SELECT chunk, -(embedding <#> %(vector)s::vector) AS similarity FROM {settled}
    WHERE {theirs}
    ORDER BY embedding::halfvec({dimensions}) <#> %(vector)s::halfvec({dimensions})
    LIMIT 2 * %(limit)s
)
SELECT chunk, similarity, (SELECT count(*) FROM graph) >= 2 * %(limit)s FROM (
    (
        SELECT chunk, -(embedding <#> %(vector)s::vector) AS similarity FROM {fresh}
        WHERE {theirs}
        ORDER BY similarity DESC LIMIT %(limit)s
    )
    UNION ALL
    SELECT chunk, similarity FROM graph
) AS both_tables
ORDER BY similarity DESC LIMIT %(limit)s"""
"""The graph ends with the last row that is asked for: of twice as many, it misses fewer. With each
row comes whether it gave so many."""

_EXACT: Final = """\
SELECT chunk, similarity FROM (
    SELECT chunk, -(embedding <#> %(vector)s::vector) AS similarity FROM {fresh}
    WHERE {theirs}
    UNION ALL
    SELECT chunk, -(embedding <#> %(vector)s::vector) AS similarity FROM {settled}
    WHERE {theirs}
) AS both_tables
ORDER BY similarity DESC LIMIT %(limit)s"""

_SIMILARITIES: Final = """\
SELECT chunk, -(embedding <#> %(vector)s::vector) FROM {fresh} WHERE chunk = ANY(%(numbers)s)
UNION ALL
SELECT chunk, -(embedding <#> %(vector)s::vector) FROM {settled} WHERE chunk = ANY(%(numbers)s)"""

_EMBEDDED: Final = """\
SELECT c.digest, v.embedding FROM chunks c JOIN {fresh} v ON v.chunk = c.number
WHERE c.digest = ANY(%(digests)s) AND c.owner_id = %(owner_id)s
UNION ALL
SELECT c.digest, v.embedding FROM chunks c JOIN {settled} v ON v.chunk = c.number
WHERE c.digest = ANY(%(digests)s) AND c.owner_id = %(owner_id)s
UNION ALL
SELECT digest, embedding FROM staged_vectors
WHERE digest = ANY(%(digests)s) AND model = %(model)s AND document_id = %(id)s"""

_STAGE: Final = """\
INSERT INTO staged_vectors (document_id, model, digest, embedding)
VALUES (%(id)s, %(model)s, %(digest)s, %(vector)s::vector)
ON CONFLICT DO NOTHING"""

UNSTAGE: Final = "DELETE FROM staged_vectors WHERE document_id = ANY(%(ids)s)"


@dataclass(frozen=True, slots=True)
class Model:
    """An embedding model, and the tables of its vectors."""

    name: str
    dimensions: int

    def sql(self, statement: LiteralString, *, confined: bool = False) -> Composed:
        """Return a statement over the model's tables, confined to the rows of `labels` or not.

        The condition is left out where there is none: a plan for both could not use an index.
        """
        key = sha256(self.name.encode()).hexdigest()[:16]
        return SQL(statement).format(
            fresh=Identifier(f"fresh_vectors_{key}"),
            settled=Identifier(f"vectors_{key}"),
            owners=Identifier(f"vectors_{key}_owner_id_idx"),
            graph=Identifier(f"vectors_{key}_graph_idx"),
            dimensions=Literal(self.dimensions),
            theirs=SQL("owner_id = ANY(%(labels)s)" if confined else "true"),
        )


async def register(connection: Connection, model: Model) -> None:
    """Make the model's tables; the first model there is serves."""
    await connection.execute(_LOCK)
    # A table that refers to chunks locks these, and a switch locks models before chunks.
    await connection.execute(_REGISTER, {"name": model.name, "dimensions": model.dimensions})
    for statement in _TABLES:
        await connection.execute(model.sql(statement))


async def drop(connection: Connection, model: Model) -> None:
    """Drop the model's tables."""
    await connection.execute(model.sql("DROP TABLE IF EXISTS {fresh}, {settled}"))


async def copy(
    connection: Connection, model: Model, rows: Iterable[tuple[int, str, Vectors]]
) -> None:
    """Write vectors: a chunk's number, its owner and its vector each."""
    async with connection.cursor() as cursor, cursor.copy(model.sql(_COPY)) as copying:
        copying.set_types(["int8", "text", "bytea"])
        for number, owner_id, vector in rows:
            await copying.write_row((number, owner_id, _binary(vector)))


async def having(connection: Connection, model: Model, numbers: Sequence[int]) -> set[int]:
    """Return those of the chunks that the model has vectors of."""
    cursor = await connection.execute(model.sql(_HAVING), {"numbers": list(numbers)})
    return {number async for (number,) in cursor}


async def forget(connection: Connection, model: Model, numbers: Sequence[int]) -> None:
    """Delete the vectors of chunks."""
    for statement in _FORGET:
        await connection.execute(model.sql(statement), {"numbers": list(numbers)})


async def settle(connection: Connection, model: Model, limit: int) -> int:
    """Move that many vectors at most into the graph, the oldest first; return how many."""
    return (await connection.execute(model.sql(_SETTLE), {"limit": limit})).rowcount


async def waiting(connection: Connection, model: Model, limit: int) -> int:
    """Return how many vectors wait for their place in the graph, counted up to the limit."""
    row = await (await connection.execute(model.sql(_WAITING), {"limit": limit})).fetchone()
    return int(row[0]) if row else 0


async def nearest(
    connection: Connection,
    model: Model,
    labels: Sequence[str] | None,
    vector: Sequence[float],
    limit: int,
) -> Mapping[int, float]:
    """Return the nearest of the labels', in a transaction."""
    parameters = {"labels": labels, "vector": written(vector), "limit": limit}
    confined = labels is not None
    tuned = parameters | {"looked_at": LOOKED_AT}
    row = await (await connection.execute(_TUNED, tuned)).fetchone()
    if row is not None and row[2] > EXACT_MOST:
        query = model.sql(_NEAREST, confined=confined)
        rows = await (await connection.execute(query, parameters, binary=True)).fetchall()
        # It gives up after so many rows of others, all of which may be nearer than any of theirs.
        if not confined or (rows and rows[0][2]):
            return {number: similarity for number, similarity, _ in rows}
    query = model.sql(_EXACT, confined=confined)
    cursor = await connection.execute(query, parameters, binary=True)
    return {number: similarity async for number, similarity in cursor}


async def similarities(
    connection: Connection, model: Model, numbers: Sequence[int], vector: Sequence[float]
) -> Mapping[int, float]:
    """Return the inner products of these chunks with the vector."""
    parameters = {"numbers": list(numbers), "vector": written(vector)}
    cursor = await connection.execute(model.sql(_SIMILARITIES), parameters, binary=True)
    return {number: similarity async for number, similarity in cursor}


async def embedded(
    connection: Connection, model: Model, place: tuple[str, UUID], digests: Iterable[bytes]
) -> Mapping[bytes, Vectors]:
    """Return the vectors of texts with these digests.

    `place` is a label, in whose documents they are, and a document, that they may be staged for.
    """
    owner_id, document_id = place
    parameters = {
        "digests": list(digests),
        "model": model.name,
        "owner_id": owner_id,
        "id": document_id,
    }
    cursor = connection.cursor(binary=True)
    await cursor.execute(model.sql(_EMBEDDED), parameters)
    return {bytes(digest): _read(vector) async for digest, vector in cursor}


async def stage(
    connection: Connection, document_id: object, model: str, vectors: Mapping[bytes, Vectors]
) -> None:
    """Keep vectors for whoever goes on with the document."""
    rows = [
        {"id": document_id, "model": model, "digest": digest, "vector": written(vector.tolist())}
        for digest, vector in vectors.items()
    ]
    await connection.cursor().executemany(_STAGE, rows)


def written(vector: Sequence[float]) -> str:
    """Return a vector as SQL reads it, which is as Python writes a list, in half of the time."""
    return str([*vector])


def _binary(vector: Vectors) -> bytes:
    """Return a vector as pgvector receives it: two 16-bit numbers, then the values, big-endian."""
    head = np.array([vector.size, 0], dtype=">u2").tobytes()
    return head + vector.astype(">f4").tobytes()


def _read(sent: bytes) -> Vectors:
    """Return a vector from what pgvector sends."""
    return np.frombuffer(sent, ">f4", offset=4).astype(np.float32)

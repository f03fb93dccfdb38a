"""Vectors as a SQLite file keeps them: by chunk and model, or staged for a document under way."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from quillwort.adapters.sqlite.rows import insert
from quillwort.assistant.embedding import Vectors

REMEMBERED: Final = 10_000
"""Changes that the file tells of; whoever lags behind further reads every vector anew."""

VALUE: Final = np.dtype("<f4")
NUMBER: Final = np.dtype("<i8")

_FOUND: Final = "SELECT id FROM embedding_models WHERE name = :name"

_SERVING: Final = "SELECT id FROM embedding_models WHERE serves"

_MAKE: Final = """\
INSERT INTO embedding_models (name, serves)
VALUES (:name, NOT EXISTS (SELECT 1 FROM embedding_models WHERE serves))"""

_INTO: Final = "vectors (number, model_id, owner_id, embedding)"

_UNLESS_KEPT: Final = "ON CONFLICT (number, model_id) DO NOTHING"

_EMBEDDED: Final = """\
SELECT v.embedding
FROM chunks c JOIN vectors v ON v.number = c.number AND v.model_id = :model
WHERE c.digest = :digest AND c.owner_id = :owner
UNION ALL
SELECT embedding FROM staged_vectors
WHERE digest = :digest AND model_id = :model AND document_id = :id
LIMIT 1"""

_STAGE: Final = """\
INSERT INTO staged_vectors (document_id, model_id, digest, embedding) VALUES (?, ?, ?, ?)
ON CONFLICT DO NOTHING"""

_UNSTAGE: Final = "DELETE FROM staged_vectors WHERE document_id = :id"

_OF_CHUNKS: Final = """\
SELECT number, embedding FROM vectors
WHERE number IN (SELECT value FROM json_each(:numbers)) AND model_id = :model"""

_CHANGED: Final = "INSERT INTO vector_changes (removed) VALUES (:removed)"

_PRUNE: Final = "DELETE FROM vector_changes WHERE generation <= :generation"


def packed(vector: Vectors) -> bytes:
    """Return a vector as it is kept."""
    return vector.astype(VALUE, copy=False).tobytes()


def unpacked(embedding: bytes) -> Vectors:
    """Return the vector of its bytes, to be read alone."""
    return np.frombuffer(embedding, VALUE)


def chosen(connection: sqlite3.Connection, name: str | None) -> int | None:
    """Return the key of the model of that name, None: of the one that serves, if there is one."""
    query = _SERVING if name is None else _FOUND
    row = connection.execute(query, {"name": name} if name else {}).fetchone()
    return None if row is None else int(row[0])


def made(connection: sqlite3.Connection, name: str) -> int:
    """Return the key of the model of that name; the first there is serves."""
    known = chosen(connection, name)
    return known or connection.execute(_MAKE, {"name": name}).lastrowid or 0


def keep(
    connection: sqlite3.Connection, model: int, rows: Iterable[tuple[int, str, Vectors]]
) -> None:
    """Keep vectors that the model has none of yet: a chunk's number, its owner and its vector."""
    packs = ((number, model, owner, packed(vector)) for number, owner, vector in rows)
    insert(connection, _INTO, packs, _UNLESS_KEPT)


def changed(connection: sqlite3.Connection, removed: Iterable[int]) -> None:
    """Count a change of the vectors, in its transaction, and tell which chunks it removes."""
    numbers = np.fromiter(removed, NUMBER).tobytes()
    generation = connection.execute(_CHANGED, {"removed": numbers}).lastrowid or 0
    connection.execute(_PRUNE, {"generation": generation - REMEMBERED})


def embedded(
    connection: sqlite3.Connection, model: int, place: tuple[str, bytes], digests: Collection[bytes]
) -> Mapping[bytes, Vectors]:
    """Return the vectors of texts with these digests, as far as there are any.

    `place` is a label, in whose documents they are, and a document, that they may be staged for.
    """
    owner, document_id = place
    found: dict[bytes, Vectors] = {}
    for digest in digests:
        given = {"model": model, "digest": digest, "owner": owner, "id": document_id}
        row = connection.execute(_EMBEDDED, given).fetchone()
        if row is not None:
            found[digest] = unpacked(row[0])
    return found


def stage(
    connection: sqlite3.Connection, document_id: bytes, model: int, vectors: Mapping[bytes, Vectors]
) -> None:
    """Keep vectors for whoever goes on with the document."""
    connection.executemany(
        _STAGE, ((document_id, model, digest, packed(vector)) for digest, vector in vectors.items())
    )


def unstage(connection: sqlite3.Connection, document_id: bytes) -> None:
    """Forget what is kept for whoever goes on with the document."""
    connection.execute(_UNSTAGE, {"id": document_id})


def similarities(
    connection: sqlite3.Connection, model: int, numbers: Sequence[int], vector: Vectors
) -> dict[int, float]:
    """Return the inner products of these chunks with the vector."""
    parameters = {"numbers": json.dumps(list(numbers)), "model": model}
    rows = connection.execute(_OF_CHUNKS, parameters).fetchall()
    return {number: float(unpacked(kept) @ vector) for number, kept in rows}

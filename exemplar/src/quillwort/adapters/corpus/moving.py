"""Vectors of several models side by side in PostgreSQL, and the switch from one to another."""

from collections.abc import Mapping, Sequence
from typing import Final

from quillwort.adapters.corpus import vectors
from quillwort.adapters.corpus.chunks import chunk
from quillwort.adapters.corpus.models import Models, every
from quillwort.adapters.corpus.writing import PATIENCE
from quillwort.adapters.postgresql.database import Connection, Database, Row
from quillwort.assistant.embedding import Vectors
from quillwort.assistant.reembedding import Embedding, Lacking

SETTLED_AT_ONCE: Final = 200

_LACKING: Final = """\
SELECT number, key, position, headings, text, tokens, page FROM chunks c
WHERE number > %(after)s
    AND NOT EXISTS (SELECT FROM {fresh} WHERE chunk = c.number)
    AND NOT EXISTS (SELECT FROM {settled} WHERE chunk = c.number)
ORDER BY number
LIMIT %(limit)s"""

_ADD: Final = """\
INSERT INTO {fresh} (chunk, owner_id, embedding)
SELECT c.number, c.owner_id, t.embedding::vector
FROM unnest(%(numbers)s::bigint[], %(vectors)s::text[]) AS t (number, embedding)
JOIN chunks c ON c.number = t.number
WHERE NOT EXISTS (SELECT FROM {settled} WHERE chunk = c.number)
ORDER BY c.number
FOR KEY SHARE OF c
ON CONFLICT DO NOTHING"""
"""A chunk that somebody is taking out is waited for, and then it is gone."""

_LOCKS: Final[tuple[str, ...]] = (
    "LOCK TABLE embedding_models IN EXCLUSIVE MODE",
    "LOCK TABLE chunks IN SHARE MODE",
)
"""Nothing is added until the switch is done, and what was being added is there.

In this order, in which whoever changes documents locks them too.
"""

_SWITCH: Final[tuple[str, ...]] = (
    "UPDATE embedding_models SET serves = false WHERE serves AND name <> %(name)s",
    "UPDATE embedding_models SET serves = true WHERE name = %(name)s",
)

_LOCK_MODELS: Final = "LOCK TABLE embedding_models IN ACCESS EXCLUSIVE MODE"
"""Whoever works with the tables of a model has looked it up in the same transaction."""

_FORGET: Final = "DELETE FROM embedding_models WHERE name = %(name)s AND NOT serves"
_UNSTAGE: Final = "DELETE FROM staged_vectors WHERE model = %(name)s"


class PostgresqlMoves:
    """The `Moves` over PostgreSQL with pgvector."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._models = Models(database)

    async def serving(self) -> str | None:
        """Return the model that is marked so."""
        model = await self._models.serving()
        return None if model is None else model.name

    async def begin(self, model: str, dimensions: int) -> None:
        """Make the tables."""
        await self._models.made(model, dimensions)

    async def lacking(self, model: str, after: int, limit: int) -> Sequence[Lacking]:
        """Return chunks that are in neither table."""
        known = await self._known(model)
        async with self._database.connection() as connection:
            return await _lacking(connection, known, after, limit)

    async def add(self, model: str, made: Mapping[int, Vectors]) -> None:
        """Write the vectors."""
        known = await self._known(model)
        async with self._database.connection() as connection:
            await _add(connection, known, made)

    async def settle(self, model: str) -> bool:
        """Move some into the graph."""
        known = await self._known(model)
        async with self._database.connection() as connection, connection.transaction():
            return await vectors.settle(connection, known, SETTLED_AT_ONCE) > 0

    async def switch(self, model: str, embed: Embedding, most: int) -> bool:
        """Embed what is left, and mark the model."""
        known = await self._known(model)
        async with self._database.connection() as connection, connection.transaction():
            for statement in (PATIENCE, *_LOCKS):
                await connection.execute(statement)
            left = await _lacking(connection, known, 0, most + 1)
            if len(left) > most:
                return False
            if left:
                await _add(connection, known, await embed(left))
            for statement in _SWITCH:
                await connection.execute(statement, {"name": model})
            return True

    async def forget_others(self, model: str) -> None:
        """Drop their tables."""
        async with self._database.connection() as connection, connection.transaction():
            await connection.execute(_LOCK_MODELS)
            for other in await every(connection):
                if other.name != model:
                    await connection.execute(_UNSTAGE, {"name": other.name})
                    await connection.execute(_FORGET, {"name": other.name})
                    await vectors.drop(connection, other)

    async def _known(self, name: str) -> vectors.Model:
        model = await self._models.found(name)
        if model is None:
            raise LookupError(name)
        return model


async def _lacking(
    connection: Connection, model: vectors.Model, after: int, limit: int
) -> list[Lacking]:
    parameters = {"after": after, "limit": limit}
    cursor = await connection.execute(model.sql(_LACKING), parameters)
    return [_read(row) for row in await cursor.fetchall()]


async def _add(connection: Connection, model: vectors.Model, made: Mapping[int, Vectors]) -> None:
    parameters = {
        "numbers": list(made),
        "vectors": [vectors.written(vector.tolist()) for vector in made.values()],
    }
    await connection.execute(model.sql(_ADD), parameters)


def _read(row: Row) -> Lacking:
    (number, *rest) = row
    return Lacking(number, chunk(tuple(rest)).embedded)

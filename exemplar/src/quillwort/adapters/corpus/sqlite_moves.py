"""Vectors of several models side by side in a SQLite file, and the switch from one to another."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from quillwort.adapters.corpus import sqlite_vectors as vectors
from quillwort.adapters.corpus.sqlite_chunks import chunk
from quillwort.adapters.sqlite.file import Row, SqliteFile
from quillwort.assistant.embedding import Vectors
from quillwort.assistant.reembedding import Embedding, Lacking

_SERVING: Final = "SELECT name FROM embedding_models WHERE serves"

_LACKING: Final = """\
SELECT number, key, position, headings, text, tokens, page FROM chunks c
WHERE number > :after
    AND NOT EXISTS (SELECT 1 FROM vectors WHERE number = c.number AND model_id = :model)
ORDER BY number
LIMIT :limit"""

_ADD: Final = """\
INSERT INTO vectors (number, model_id, owner_id, embedding)
SELECT number, :model, owner_id, :embedding FROM chunks WHERE number = :number
ON CONFLICT DO NOTHING"""

_SWITCH: Final = (
    "UPDATE embedding_models SET serves = 0 WHERE serves AND id <> :model",
    "UPDATE embedding_models SET serves = 1 WHERE id = :model",
)

_FORGET: Final = (
    "DELETE FROM staged_vectors WHERE model_id <> :model",
    "DELETE FROM vectors WHERE model_id <> :model",
    "DELETE FROM embedding_models WHERE id <> :model AND NOT serves",
)


class SqliteMoves:
    """The `Moves` over one SQLite file."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    async def serving(self) -> str | None:
        """Return the model that is marked so."""
        row = await self._file.read(lambda file: file.execute(_SERVING).fetchone())
        return None if row is None else str(row[0])

    async def begin(self, model: str, dimensions: int) -> None:
        """Note the model; vectors of any length go into one table."""
        del dimensions
        await self._file.write(lambda file: vectors.made(file, model))

    async def lacking(self, model: str, after: int, limit: int) -> Sequence[Lacking]:
        """Return chunks without a vector of the model."""
        return await self._file.read(lambda file: _lacking(file, model, after, limit))

    async def add(self, model: str, made: Mapping[int, Vectors]) -> None:
        """Write the vectors."""

        def work(connection: sqlite3.Connection) -> None:
            known = _known(connection, model)
            rows = (
                {"model": known, "number": number, "embedding": vectors.packed(vector)}
                for number, vector in made.items()
            )
            connection.executemany(_ADD, rows)
            vectors.changed(connection, ())

        await self._file.write(work)

    async def settle(self, model: str) -> bool:
        """Do nothing: every vector is as fast to search as any."""
        del model
        return False

    async def switch(self, model: str, embed: Embedding, most: int) -> bool:
        """Embed what is left, and mark the model in a transaction that finds nothing left."""

        def work(connection: sqlite3.Connection) -> bool:
            if _lacking(connection, model, 0, 1):
                return False
            for statement in _SWITCH:
                connection.execute(statement, {"model": _known(connection, model)})
            return True

        left = await self.lacking(model, 0, most + 1)
        if len(left) > most:
            return False
        if left:
            await self.add(model, await embed(left))
        # What came meanwhile makes the whole begin anew, which has little to do then.
        return await self._file.write(work)

    async def forget_others(self, model: str) -> None:
        """Delete their vectors."""

        def work(connection: sqlite3.Connection) -> None:
            for statement in _FORGET:
                connection.execute(statement, {"model": _known(connection, model)})

        await self._file.write(work)


def _known(connection: sqlite3.Connection, name: str) -> int:
    model = vectors.chosen(connection, name)
    if model is None:
        raise LookupError(name)
    return model


def _lacking(connection: sqlite3.Connection, name: str, after: int, limit: int) -> list[Lacking]:
    parameters = {"model": _known(connection, name), "after": after, "limit": limit}
    return [_read(row) for row in connection.execute(_LACKING, parameters).fetchall()]


def _read(row: Row) -> Lacking:
    (number, *rest) = row
    return Lacking(number, chunk(tuple(rest)).embedded)

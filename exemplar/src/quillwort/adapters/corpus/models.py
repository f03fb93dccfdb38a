"""Which embedding models there are in PostgreSQL, and which of them serves."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg

from quillwort.adapters.corpus.vectors import Model, register
from quillwort.adapters.postgresql.database import Connection, Database, Row

_FOUND: Final = "SELECT name, dimensions FROM embedding_models WHERE name = %(name)s"
_SERVING: Final = "SELECT name, dimensions FROM embedding_models WHERE serves"
_SERVES: Final = "SELECT FROM embedding_models WHERE serves AND name = %(name)s"
_ALL: Final = "SELECT name, dimensions FROM embedding_models ORDER BY name"


class Models:
    """Knows the models of one database; a model that is known is asked for only once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, Model] = {}

    async def found(self, name: str) -> Model | None:
        """Return the model of that name, if it has made any vectors."""
        if name not in self._known:
            model = await self._database.one(_FOUND, {"name": name}, _model)
            if model is None:
                return None
            self._known[name] = model
        return self._known[name]

    async def made(self, name: str, dimensions: int) -> Model:
        """Return the model of that name, with tables for its vectors."""
        found = await self.found(name)
        if found is not None:
            return found
        model = Model(name, dimensions)
        async with self._database.connection() as connection, connection.transaction():
            await register(connection, model)
        self._known[name] = model
        return model

    async def chosen(self, name: str | None) -> Model | None:
        """Return the model of that name, or the one that serves."""
        return await self.serving() if name is None else await self.found(name)

    async def serving(self) -> Model | None:
        """Return the model whose vectors are searched, if there is one yet."""
        return await self._database.one(_SERVING, {}, _model)

    @contextmanager
    def may_be_gone(self, model: Model) -> Iterator[None]:
        """End the context where the model's tables turn out to have been dropped."""
        try:
            yield
        except psycopg.errors.UndefinedTable:
            self._known.pop(model.name, None)


async def every(connection: Connection) -> tuple[Model, ...]:
    """Return every model, as a transaction sees them."""
    return tuple(map(_model, await (await connection.execute(_ALL)).fetchall()))


async def serves(connection: Connection, model: Model) -> bool:
    """Return whether the model serves, as a transaction sees it."""
    cursor = await connection.execute(_SERVES, {"name": model.name})
    return await cursor.fetchone() is not None


def _model(row: Row) -> Model:
    (name, dimensions) = row
    return Model(name, dimensions)

"""Where vectors of several models are kept side by side: in PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from quillwort.adapters.corpus.moving import PostgresqlMoves
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.location import database_url
from quillwort.assistant.reembedding import Moves
from quillwort.settings import Settings


@asynccontextmanager
async def open_moves(settings: Settings) -> AsyncIterator[Moves]:
    """Open what a command works on."""
    async with Database(database_url(settings.database), settings.database) as database:
        yield PostgresqlMoves(database)

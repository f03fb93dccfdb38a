"""Where vectors of several models are kept side by side: in the SQLite file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from quillwort.adapters.corpus.sqlite_moves import SqliteMoves
from quillwort.adapters.corpus.sqlite_schema import STEPS
from quillwort.adapters.corpus.sqlite_settings import CorpusSettings
from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.assistant.reembedding import Moves
from quillwort.kit.settings import Composed


class _Settings(Composed, Protocol):
    """Settings with the file's section."""

    @property
    def corpus(self) -> CorpusSettings:
        """Where the file is."""


@asynccontextmanager
async def open_moves(settings: _Settings) -> AsyncIterator[Moves]:
    """Open what a command works on."""
    async with SqliteFile(settings.corpus.path, STEPS) as file:
        yield SqliteMoves(file)

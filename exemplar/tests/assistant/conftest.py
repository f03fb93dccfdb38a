"""A corpus over a database of the test's own."""

from collections.abc import AsyncIterator

import pytest

from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from word_embedder import WordEmbedder


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, DatabaseSettings(url=database_url, pool_size=4)) as database:
        yield database


@pytest.fixture
def corpus(database: Database) -> PostgresqlCorpus:
    return PostgresqlCorpus(database)


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()

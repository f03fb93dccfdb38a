"""A corpus of the test's own, in each store that there is."""

from collections.abc import AsyncIterator

import pytest

from corpora import STORES, Store, opened
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.corpus import Corpus
from word_embedder import WordEmbedder


@pytest.fixture(params=STORES)
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    async with opened(request.param, request) as store:
        yield store


@pytest.fixture
def corpus(store: Store) -> Corpus:
    return store.corpus


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database, for what is kept beside documents."""
    async with Database(database_url, DatabaseSettings(url=database_url, pool_size=4)) as database:
        yield database

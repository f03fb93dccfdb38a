"""The corpus in PostgreSQL: what its own way of writing must keep."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from documents import chunks, document, of
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.document_access import Reach
from quillwort.assistant.keywords import terms
from quillwort.domain.errors import InvalidInput
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


async def found(corpus: PostgresqlCorpus, reach: Reach, query: str) -> list[str]:
    """Return the texts that keywords find, sorted."""
    scored = await corpus.by_keywords(reach, terms(query))
    kept = await corpus.passages(scored.numbers.tolist(), reach)
    return sorted(each.chunk.text for each in kept.values())


async def test_one_that_cannot_be_written_holds_no_other_up(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    kept = [
        await corpus.submit(document(name, name.encode()), name.encode())
        for name in ("a", "b", "c")
    ]
    made = [chunks(text) for text in ("oak", "no\0text", "elm")]
    (vector,) = await embedder.embed(["oak"])
    outcomes = await asyncio.gather(
        *(
            corpus.index(each, embedder.name, cut, vector[None])
            for each, cut in zip(kept, made, strict=True)
        ),
        return_exceptions=True,
    )
    assert [outcomes[0], outcomes[2]] == [True, True]
    assert isinstance(outcomes[1], InvalidInput)
    assert await found(corpus, of("alice"), "oak elm") == ["elm", "oak"]

"""Changes of documents in PostgreSQL meet: none ends another, and who waits leaves others room."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final, TypeVar

import psycopg
import pytest

from consistency import contradictions
from documents import chunks, document, indexed, of
from quillwort.adapters.corpus import postings
from quillwort.adapters.corpus.moving import PostgresqlMoves
from quillwort.adapters.corpus.postgresql import MOST_ATTEMPTS, PostgresqlCorpus
from quillwort.adapters.corpus.writing import OWNERS_AT_ONCE
from quillwort.adapters.postgresql.database import Connection, Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.documents import Document, DocumentQuery
from quillwort.assistant.embedding import Vectors
from quillwort.assistant.reembedding import Lacking, reembed
from quillwort.domain.errors import Unavailable
from word_embedder import WordEmbedder

T = TypeVar("T")

WAITING: Final = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def nothing(_: int) -> None:
    """Tell nobody."""


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    settings = DatabaseSettings(url=database_url, pool_size=4)
    async with Database(database_url, settings) as database:
        yield database


@pytest.fixture
def corpus(database: Database) -> PostgresqlCorpus:
    return PostgresqlCorpus(database)


@pytest.fixture
def moves(database: Database) -> PostgresqlMoves:
    return PostgresqlMoves(database)


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def new() -> WordEmbedder:
    return WordEmbedder("words@2", 96)


@asynccontextmanager
async def elsewhere(url: str) -> AsyncIterator[Connection]:
    """Have a transaction of another process; its end commits it."""
    async with await psycopg.AsyncConnection.connect(url) as connection:
        yield connection


async def waits(connection: Connection, count: int = 1) -> None:
    """Return when as many statements wait for others."""
    async with asyncio.timeout(10):
        while True:
            # Within a transaction, what it shows stays as it was first seen.
            await connection.execute("SELECT pg_stat_clear_snapshot()")
            row = await (await connection.execute(WAITING)).fetchone()
            if row is not None and row[0] >= count:
                return
            await asyncio.sleep(0.01)


def begun(work: Coroutine[None, None, T]) -> asyncio.Task[T]:
    return asyncio.create_task(work)


async def submitted(corpus: PostgresqlCorpus, name: str, owner_id: str = "alice") -> Document:
    return await corpus.submit(document(name, name.encode(), owner_id), name.encode())


async def test_documents_that_come_at_the_switch_wait_for_its_end(
    corpus: PostgresqlCorpus,
    moves: PostgresqlMoves,
    embedder: WordEmbedder,
    new: WordEmbedder,
    database_url: str,
) -> None:
    await indexed(corpus, embedder, "trees", "oak")
    come = await submitted(corpus, "come")
    await moves.begin(new.name, new.dimensions)
    made = await embedder.embed(["elm"])
    indexing: list[asyncio.Task[bool]] = []

    async def embed(left: Sequence[Lacking]) -> Mapping[int, Vectors]:
        indexing.append(begun(corpus.index(come, embedder.name, chunks("elm"), made)))
        async with elsewhere(database_url) as connection:
            await waits(connection)
        vectors = await new.embed([each.text for each in left])
        return {each.number: vector for each, vector in zip(left, vectors, strict=True)}

    assert await moves.switch(new.name, embed, 64)
    with pytest.raises(Unavailable, match="Another embedding model"):
        await indexing[0]
    assert await moves.serving() == new.name


async def test_documents_that_are_removed_at_the_switch_wait_for_its_end(
    corpus: PostgresqlCorpus,
    moves: PostgresqlMoves,
    embedder: WordEmbedder,
    new: WordEmbedder,
    database_url: str,
) -> None:
    gone = await indexed(corpus, embedder, "gone", "oak")
    await moves.begin(new.name, new.dimensions)
    removing: list[asyncio.Task[bool]] = []

    async def embed(left: Sequence[Lacking]) -> Mapping[int, Vectors]:
        removing.append(begun(corpus.remove(gone.id, of("alice"))))
        async with elsewhere(database_url) as connection:
            await waits(connection)
        vectors = await new.embed([each.text for each in left])
        return {each.number: vector for each, vector in zip(left, vectors, strict=True)}

    assert await moves.switch(new.name, embed, 64)
    assert await removing[0]
    assert await asyncio.to_thread(contradictions, database_url) == []


async def test_a_model_that_is_forgotten_lets_removals_end_first(
    corpus: PostgresqlCorpus,
    moves: PostgresqlMoves,
    embedder: WordEmbedder,
    new: WordEmbedder,
    database_url: str,
) -> None:
    gone = await indexed(corpus, embedder, "gone", "oak")
    await indexed(corpus, embedder, "stays", "elm")
    await reembed(moves, new, nothing)
    async with elsewhere(database_url) as connection:
        # So that the removal stands still in the middle.
        await connection.execute("LOCK TABLE postings IN EXCLUSIVE MODE")
        removing = begun(corpus.remove(gone.id, of("alice")))
        await waits(connection)
        forgetting = begun(moves.forget_others(new.name))
        await waits(connection, 2)
    assert await removing
    await forgetting
    assert await asyncio.to_thread(contradictions, database_url) == []


async def test_a_new_models_tables_are_made_in_the_order_of_a_switch(
    corpus: PostgresqlCorpus,
    moves: PostgresqlMoves,
    embedder: WordEmbedder,
    new: WordEmbedder,
    database_url: str,
) -> None:
    await indexed(corpus, embedder, "trees", "oak")
    await moves.begin(new.name, new.dimensions)
    beginning: list[asyncio.Task[None]] = []

    async def embed(left: Sequence[Lacking]) -> Mapping[int, Vectors]:
        beginning.append(begun(moves.begin("words@3", 64)))
        async with elsewhere(database_url) as connection:
            await waits(connection)
        vectors = await new.embed([each.text for each in left])
        return {each.number: vector for each, vector in zip(left, vectors, strict=True)}

    assert await moves.switch(new.name, embed, 64)
    await beginning[0]
    assert await moves.serving() == new.name


async def test_a_document_is_given_up_only_when_its_labels_turn_has_come(
    corpus: PostgresqlCorpus, database: Database, database_url: str
) -> None:
    kept = await submitted(corpus, "ends the process")
    for _ in range(MOST_ATTEMPTS):
        assert await corpus.claim() is not None
        async with database.connection() as connection:
            await connection.execute(
                "UPDATE documents SET claimed_until = now() - interval '1 second'"
            )
    async with elsewhere(database_url) as connection:
        await connection.execute(postings.LOCK, {"owner_id": "alice"})
        claiming = begun(corpus.claim())
        await waits(connection)
        await connection.execute("SELECT FROM documents FOR UPDATE NOWAIT")
    assert await claiming is None
    found = await corpus.get(kept.id, of("alice"))
    assert found is not None
    assert (found.status, found.problem) == ("failed", "abandoned")


async def test_a_removal_takes_the_document_before_what_is_staged_of_it(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database_url: str
) -> None:
    gone = await indexed(corpus, embedder, "gone", "oak")
    async with elsewhere(database_url) as connection:
        await connection.execute("SELECT FROM documents FOR NO KEY UPDATE")
        removing = begun(corpus.remove(gone.id, of("alice")))
        await waits(connection)
        await connection.execute("SELECT FROM chunks FOR UPDATE NOWAIT")
        await connection.execute("LOCK TABLE staged_vectors IN EXCLUSIVE MODE NOWAIT")
    assert await removing


async def test_vectors_of_chunks_that_go_meanwhile_are_left_out(
    corpus: PostgresqlCorpus,
    moves: PostgresqlMoves,
    embedder: WordEmbedder,
    new: WordEmbedder,
    database_url: str,
) -> None:
    await indexed(corpus, embedder, "trees", "oak", "elm")
    await moves.begin(new.name, new.dimensions)
    oak, elm = await moves.lacking(new.name, 0, 2)
    made = dict(zip((oak.number, elm.number), await new.embed(["oak", "elm"]), strict=True))
    async with elsewhere(database_url) as connection:
        await connection.execute("DELETE FROM chunks WHERE number = %s", [oak.number])
        adding = begun(moves.add(new.name, made))
        await waits(connection)
    await adding
    assert await moves.lacking(new.name, 0, 2) == []
    (vector,) = await new.embed(["elm"])
    assert list(await corpus.by_vector(None, vector.tolist(), 5, new.name)) == [elm.number]


async def test_while_a_label_waits_others_have_connections(
    embedder: WordEmbedder, database_url: str
) -> None:
    settings = DatabaseSettings(url=database_url, pool_size=2, pool_timeout_seconds=0.5)
    async with Database(database_url, settings) as database:
        corpus = PostgresqlCorpus(database)
        kept = [await indexed(corpus, embedder, f"small {n}", f"oak {n}") for n in range(6)]
        broken, written = await submitted(corpus, "broken"), await submitted(corpus, "written")
        made = await embedder.embed(["elm"])
        async with elsewhere(database_url) as connection:
            # As another process does while it writes a large document.
            await connection.execute(postings.LOCK, {"owner_id": "alice"})
            removing = [begun(corpus.remove(each.id, of("alice"))) for each in kept]
            failing = begun(corpus.fail(broken, "malformed", "It breaks off."))
            writing = begun(corpus.index(written, embedder.name, chunks("elm"), made))
            await waits(connection)
            for _ in range(3):
                await indexed(corpus, embedder, "other", "oak", owner_id="bob")
                assert (await corpus.by_keywords(of("bob"), ["oak"])).numbers.size == 1
                listed = await corpus.list(DocumentQuery(), of("bob"))
                assert [each.name for each in listed.items] == ["other"]
                await corpus.remove(listed.items[0].id, of("bob"))
        assert all(await asyncio.gather(*removing))
        await failing
        assert await writing
    assert await asyncio.to_thread(contradictions, database_url) == []


async def test_however_many_labels_wait_there_are_connections_left(
    embedder: WordEmbedder, database_url: str
) -> None:
    size = OWNERS_AT_ONCE + 1
    settings = DatabaseSettings(url=database_url, pool_size=size, pool_timeout_seconds=0.5)
    async with Database(database_url, settings) as database:
        corpus = PostgresqlCorpus(database)
        await indexed(corpus, embedder, "trees", "oak")
        made = await embedder.embed(["elm"])
        kept = [await submitted(corpus, "elm", f"owner {n}") for n in range(size + 3)]
        async with elsewhere(database_url) as connection:
            for each in kept:
                await connection.execute(postings.LOCK, {"owner_id": each.owner_id})
            writing = [
                begun(corpus.index(each, embedder.name, chunks("elm"), made)) for each in kept
            ]
            await waits(connection, OWNERS_AT_ONCE)
            for _ in range(3):
                assert (await corpus.by_keywords(of("alice"), ["oak"])).numbers.size == 1
        assert all(await asyncio.gather(*writing))


async def test_a_write_may_take_longer_than_what_requests_wait_for(
    embedder: WordEmbedder, database_url: str
) -> None:
    settings = DatabaseSettings(url=database_url, pool_size=2, statement_timeout_ms=200)
    async with Database(database_url, settings) as database:
        corpus = PostgresqlCorpus(database)
        await indexed(corpus, embedder, "trees", "oak")
        kept = await submitted(corpus, "large")
        made = await embedder.embed(["elm"])
        async with elsewhere(database_url) as connection:
            await connection.execute("LOCK TABLE chunks IN SHARE MODE")
            writing = begun(corpus.index(kept, embedder.name, chunks("elm"), made))
            await waits(connection)
            await asyncio.sleep(0.6)
        assert await writing
        with pytest.raises(Unavailable, match="too long"):
            await database.one("SELECT pg_sleep(5)", {}, lambda row: row)

"""Vectors settle in the graph in the background, and are found before and after."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

import psycopg
import pytest

from consistency import contradictions
from documents import document, indexed, of
from quillwort.adapters.corpus import settling, vectors
from quillwort.adapters.corpus.models import Models
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.corpus.settling import Settling
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.domain.errors import Unavailable
from word_embedder import WordEmbedder

SECONDS: Final = 10.0
BACKWARDS: Final = """\
WITH taken AS (DELETE FROM {fresh} RETURNING *)
INSERT INTO {fresh} SELECT * FROM taken ORDER BY chunk DESC"""


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


async def _settled(database: Database) -> int:
    settles, settled = Settling(database), 0
    while moved := await settles.settle():
        settled += moved
    return settled


async def test_what_settles_in_the_graph_is_found_as_before(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    kept = await indexed(corpus, embedder, "trees", "oak", "elm", "ash", "fir")
    (vector,) = await embedder.embed(["elm"])
    before = await corpus.by_vector(of("alice"), vector.tolist(), 4)
    assert await Settling(database).settle() == 4
    assert await Settling(database).settle() == 0
    after = await corpus.by_vector(of("alice"), vector.tolist(), 4)
    assert after == pytest.approx(before)
    assert await corpus.similarities(list(before), vector.tolist()) == pytest.approx(before)
    assert await corpus.remove(kept.id, of("alice"))
    assert await corpus.by_vector(of("alice"), vector.tolist(), 4) == {}


async def test_what_settles_lies_in_its_documents_order(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    await indexed(corpus, embedder, "trees", *(f"oak {n}" for n in range(50)))
    model = await Models(database).serving()
    assert model is not None
    async with database.connection() as connection:
        # As pages that are used again do.
        await connection.execute(model.sql(BACKWARDS))
    assert await _settled(database) == 50
    async with database.connection() as connection:
        cursor = await connection.execute(model.sql("SELECT chunk FROM {settled} ORDER BY ctid"))
        lying = [chunk for (chunk,) in await cursor.fetchall()]
    assert lying == sorted(lying)


async def test_vectors_settle_only_when_no_document_waits(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    await indexed(corpus, embedder, "trees", "oak")
    await corpus.submit(document("waiting"), b"content")
    assert await Settling(database).settle() == 0


async def test_vectors_settle_beside_documents_when_too_many_wait(
    corpus: PostgresqlCorpus,
    embedder: WordEmbedder,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settling, "FRESH_MOST", 3)
    await indexed(corpus, embedder, "trees", "oak", "elm", "ash")
    await corpus.submit(document("waiting"), b"content")
    assert await Settling(database).settle() == 3


@pytest.mark.parametrize(("most", "rests"), [(1_000, True), (1, False)])
async def test_settling_rests_as_long_as_it_works_unless_too_many_wait(
    corpus: PostgresqlCorpus,
    embedder: WordEmbedder,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    *,
    most: int,
    rests: bool,
) -> None:
    monkeypatch.setattr(settling, "FRESH_MOST", most)
    monkeypatch.setattr(settling, "BATCH", 1)
    await indexed(corpus, embedder, "trees", "oak", "elm", "ash")
    rested = asyncio.Queue[float]()
    async with Settling(database, rested.put):
        *working, idle = [await rested.get() for _ in range(4)]
    assert idle == settling.PAUSE_SECONDS
    assert [seconds > 0 for seconds in working] == [rests] * 3


async def test_what_two_processes_added_settles_once(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database, database_url: str
) -> None:
    await indexed(corpus, embedder, "trees", "oak", "elm")
    assert await _settled(database) == 2
    model = await Models(database).serving()
    assert model is not None
    async with database.connection() as connection:
        await connection.execute(model.sql("INSERT INTO {fresh} SELECT * FROM {settled}"))
    await Settling(database).settle()
    assert await asyncio.to_thread(contradictions, database_url) == []


async def test_settling_waits_for_nobody_who_takes_chunks_out(
    corpus: PostgresqlCorpus, database: Database, embedder: WordEmbedder, database_url: str
) -> None:
    await indexed(corpus, embedder, "trees", "oak", "elm")
    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        await connection.execute("SELECT FROM chunks ORDER BY number LIMIT 1 FOR UPDATE")
        async with asyncio.timeout(3):
            assert await Settling(database).settle() == 1
    assert await Settling(database).settle() == 1


async def test_the_graph_finds_what_is_near_among_many(
    corpus: PostgresqlCorpus,
    embedder: WordEmbedder,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vectors, "EXACT_MOST", 0)
    await indexed(corpus, embedder, "theirs", *(f"oak {n}" for n in range(99)), owner_id="bob")
    assert await _settled(database) == 99
    await indexed(corpus, embedder, "mine", "oak", "elm", "ash")
    await indexed(corpus, embedder, "ours", "oak", "pine", owner_id="group:legal")
    assert await _settled(database) == 5
    (vector,) = await embedder.embed(["elm"])
    for reach, reached in ((of("alice"), 3), (of("alice", "group:legal"), 5), (None, 10)):
        nearest = await corpus.by_vector(reach, vector.tolist(), 10)
        assert len(nearest) == reached
        (best,) = (await corpus.passages([next(iter(nearest))], reach)).values()
        assert best.chunk.text == "elm"


async def test_what_is_far_is_found_behind_all_that_others_have_nearer(
    corpus: PostgresqlCorpus,
    embedder: WordEmbedder,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vectors, "EXACT_MOST", 0)
    monkeypatch.setattr(vectors, "LOOKED_AT", 10)
    await indexed(corpus, embedder, "theirs", *(f"oak {n}" for n in range(99)), owner_id="bob")
    await indexed(corpus, embedder, "mine", "elm", "ash")
    await _settled(database)
    await indexed(corpus, embedder, "new", "fir")
    model = await Models(database).serving()
    assert model is not None
    (vector,) = await embedder.embed(["oak"])
    async with database.connection() as connection, connection.transaction():
        # One turn alone, of the graph alone.
        await connection.execute("SET LOCAL hnsw.max_scan_tuples = 1")
        await connection.execute("SET LOCAL enable_sort = off")
        found = await vectors.nearest(connection, model, ["alice"], vector.tolist(), 3)
    kept = await corpus.passages(list(found), of("alice"))
    assert {each.chunk.text for each in kept.values()} == {"elm", "ash", "fir"}


class Stubborn(Database):
    """A database whose driver makes an error of its own of the first cancellation."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.swallowed = False

    async def one(self, *_: Any) -> None:
        self.asked.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError as error:
            if self.swallowed:
                raise
            self.swallowed = True
            raise Unavailable("The database took too long.") from error


async def test_settling_ends_whatever_a_driver_makes_of_its_cancellation() -> None:
    database = Stubborn()
    settles = await Settling(database).__aenter__()
    await database.asked.wait()
    ending = asyncio.create_task(settles.__aexit__())
    done, _ = await asyncio.wait([ending], timeout=SECONDS)
    assert done

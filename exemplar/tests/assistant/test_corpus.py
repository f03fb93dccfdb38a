"""The corpus: what is kept is found, by its owner alone, and what is gone is gone everywhere."""

import asyncio
import random
from collections.abc import Sequence
from typing import LiteralString

import numpy as np
import pytest
from psycopg.sql import SQL, Identifier

from consistency import contradictions
from documents import chunks, document, indexed
from quillwort.adapters.corpus import vectors
from quillwort.adapters.corpus.postgresql import MOST_ATTEMPTS, PostgresqlCorpus
from quillwort.adapters.corpus.settling import Settling
from quillwort.adapters.postgresql.database import Database, Row
from quillwort.assistant.documents import DocumentQuery, Progress
from quillwort.assistant.keywords import terms
from quillwort.domain.errors import InvalidInput
from word_embedder import WordEmbedder

LAPSE = "UPDATE documents SET claimed_until = now() - interval '1 second'"
WORDS = ["ash", "beech", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine"]


async def found(corpus: PostgresqlCorpus, owner: str | None, query: str) -> list[str]:
    """Return the texts that keywords find, sorted."""
    scored = await corpus.by_keywords(owner, terms(query))
    kept = await corpus.passages(scored.numbers.tolist(), owner)
    return sorted(each.chunk.text for each in kept.values())


async def counted(database: Database) -> tuple[object, ...]:
    """Return how many chunks and postings there are, and what the statistics say."""
    row = await database.one(
        "SELECT (SELECT count(*) FROM chunks), (SELECT count(*) FROM postings),"
        " (SELECT coalesce(sum(chunks), 0)::int FROM keyword_statistics),"
        " (SELECT coalesce(sum(terms), 0)::int FROM keyword_statistics)",
        {},
        _row,
    )
    assert row is not None
    return row


async def rows(database: Database, table: LiteralString) -> int:
    """Return how many rows a table has."""
    async with database.connection() as connection:
        cursor = await connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(table)))
        row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


def _row(row: Row) -> Row:
    return row


async def test_what_is_indexed_is_found_by_words_and_by_meaning(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    kept = await indexed(corpus, embedder, "trees", "oak and ash", "pine and fir")
    assert (kept.status, kept.chunks) == ("indexed", 2)
    assert await found(corpus, "alice", "oak") == ["oak and ash"]
    (vector,) = await embedder.embed(["pine fir"])
    nearest = await corpus.by_vector("alice", vector.tolist(), 1)
    (passage,) = (await corpus.passages(list(nearest), "alice")).values()
    assert (passage.chunk.text, passage.name, passage.document_id) == (
        "pine and fir",
        "trees",
        kept.id,
    )
    assert nearest == pytest.approx(await corpus.similarities(list(nearest), vector.tolist()))


async def test_nobody_finds_what_is_somebody_elses(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    theirs = await indexed(corpus, embedder, "theirs", "oak and ash", owner_id="bob")
    (vector,) = await embedder.embed(["oak and ash"])
    for owner, sees in (("alice", False), ("bob", True), (None, True)):
        numbers = (await corpus.by_keywords(owner, ["oak"])).numbers.tolist()
        nearest = await corpus.by_vector(owner, vector.tolist(), 10)
        assert (bool(numbers), bool(nearest)) == (sees, sees), owner
        assert (await corpus.get(theirs.id, owner) is not None) is sees
        assert bool((await corpus.list(DocumentQuery(), owner)).items) is sees
    (number,) = (await corpus.by_keywords("bob", ["oak"])).numbers.tolist()
    assert await corpus.passages([number], "alice") == {}
    assert not await corpus.remove(theirs.id, "alice")
    assert await found(corpus, "bob", "oak") == ["oak and ash"]


async def test_a_near_row_of_somebody_else_hides_none_of_ones_own(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "many", *(f"oak {n}" for n in range(300)), owner_id="bob")
    await indexed(corpus, embedder, "mine", "pine and fir")
    (vector,) = await embedder.embed(["oak"])
    assert len(await corpus.by_vector("alice", vector.tolist(), 10)) == 1


async def test_a_later_version_takes_the_place_of_the_one_before(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    first = await indexed(corpus, embedder, "trees", "oak and ash", "pine and fir")
    second = await indexed(corpus, embedder, "trees", "pine and fir", "elm")
    assert (second.id, second.version, second.chunks) == (first.id, 2, 2)
    assert await found(corpus, "alice", "oak ash") == []
    assert await found(corpus, "alice", "pine elm") == ["elm", "pine and fir"]
    assert await counted(database) == (2, 4, 2, 4)


async def test_what_was_found_stays_found_until_the_next_version_is_indexed(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash")
    again = await corpus.submit(document("trees", b"other"), b"other")
    assert (again.status, again.version) == ("queued", 2)
    assert await found(corpus, "alice", "oak") == ["oak and ash"]


async def test_the_same_bytes_change_nothing(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    kept = await indexed(corpus, embedder, "trees", "oak and ash")
    assert await corpus.submit(document("trees", b"oak and ash"), b"oak and ash") == kept
    assert await corpus.claim() is None


async def test_what_is_removed_is_gone_from_every_index(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    kept = await indexed(corpus, embedder, "trees", "oak and ash", "oak and fir")
    other = await indexed(corpus, embedder, "others", "oak and elm")
    assert await corpus.remove(kept.id, "alice")
    assert await found(corpus, "alice", "oak") == ["oak and elm"]
    assert await counted(database) == (1, 3, 1, 3)
    assert await corpus.remove(other.id, None)
    assert await counted(database) == (0, 0, 0, 0)
    assert not await corpus.remove(other.id, None)


async def test_chunks_of_a_version_that_was_replaced_meanwhile_are_not_kept(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    first = await corpus.submit(document("trees", b"oak"), b"oak")
    await corpus.submit(document("trees", b"elm"), b"elm")
    made = await embedder.embed(["oak"])
    assert not await corpus.index(first, embedder.name, chunks("oak"), made)
    assert await counted(database) == (0, 0, 0, 0)


async def test_one_document_is_one_workers(corpus: PostgresqlCorpus, database: Database) -> None:
    for name in ("first", "second"):
        await corpus.submit(document(name, name.encode()), name.encode())
    claimed = [await corpus.claim(), await corpus.claim()]
    assert [each and (each.document.name, each.content) for each in claimed] == [
        ("first", b"first"),
        ("second", b"second"),
    ]
    assert await corpus.claim() is None
    async with database.connection() as connection:
        await connection.execute(LAPSE)
    again = await corpus.claim()
    assert again is not None
    assert again.document.name == "first"


async def test_a_document_that_ends_the_process_each_time_is_given_up(
    corpus: PostgresqlCorpus, database: Database
) -> None:
    kept = await corpus.submit(document("bomb"), b"content")
    for _ in range(MOST_ATTEMPTS):
        assert await corpus.claim() is not None
        async with database.connection() as connection:
            await connection.execute(LAPSE)
    assert await corpus.claim() is None
    given_up = await corpus.get(kept.id, "alice")
    assert given_up is not None
    assert (given_up.status, given_up.problem) == ("failed", "abandoned")


async def test_a_failure_says_why_and_is_tried_again_when_it_is_sent_again(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash")
    again = await corpus.submit(document("trees", b"\0"), b"\0")
    await corpus.fail(again, "binary", "These are no words.")
    failed = await corpus.get(again.id, "alice")
    assert failed is not None
    assert (failed.status, failed.problem, failed.chunks) == ("failed", "binary", 0)
    assert await found(corpus, "alice", "oak") == []
    assert (await corpus.submit(document("trees", b"\0"), b"\0")).status == "queued"


async def test_vectors_of_texts_are_at_hand_for_every_document(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash", owner_id="bob")
    (chunk, other) = chunks("oak and ash", "elm")
    digests = [chunk.digest, other.digest]
    known = await corpus.embedded(embedder.name, digests)
    (vector,) = await embedder.embed(["oak and ash"])
    assert known.keys() == {chunk.digest}
    assert known[chunk.digest].tolist() == pytest.approx(vector.tolist(), abs=1e-6)
    assert await corpus.embedded("another model", digests) == {}


async def test_vectors_that_are_staged_are_at_hand_until_the_document_is_indexed(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    kept = await corpus.submit(document("trees"), b"content")
    (chunk,) = chunks("oak and ash")
    made = await embedder.embed([chunk.embedded])
    staged = {chunk.digest: made[0]}
    assert await corpus.claim() is not None
    assert await corpus.stage(kept, embedder.name, staged, Progress("embedding", 1, 3))
    under_way = await corpus.get(kept.id, "alice")
    assert under_way is not None
    assert (under_way.status, under_way.progress) == ("queued", Progress("embedding", 1, 3))
    assert (await corpus.embedded(embedder.name, [chunk.digest])).keys() == staged.keys()
    assert await corpus.index(kept, embedder.name, [chunk], made)
    done = await corpus.get(kept.id, "alice")
    assert done is not None
    assert done.progress is None
    assert await rows(database, "staged_vectors") == 0


async def test_nothing_is_staged_for_a_version_that_was_replaced_meanwhile(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    first = await corpus.submit(document("trees", b"oak"), b"oak")
    await corpus.submit(document("trees", b"elm"), b"elm")
    (vector,) = await embedder.embed(["oak"])
    digest = chunks("oak")[0].digest
    assert not await corpus.stage(first, embedder.name, {digest: vector}, Progress("embedding"))
    assert await rows(database, "staged_vectors") == 0


async def test_whoever_goes_on_keeps_a_document(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    await corpus.submit(document("trees"), b"content")
    claimed = await corpus.claim()
    assert claimed is not None
    async with database.connection() as connection:
        await connection.execute(LAPSE)
    assert await corpus.stage(claimed.document, embedder.name, {}, Progress("reading"))
    assert await corpus.claim() is None


async def test_a_passage_names_the_version_that_it_is_of(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak")
    await indexed(corpus, embedder, "trees", "oak", "elm")
    await corpus.submit(document("trees", b"waiting"), b"waiting")
    numbers = (await corpus.by_keywords("alice", ["oak"])).numbers.tolist()
    assert [kept.version for kept in (await corpus.passages(numbers, "alice")).values()] == [2]


async def test_chunks_that_stay_keep_their_number_and_change_their_place(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak", "elm")
    before = (await corpus.by_keywords("alice", ["elm"])).numbers.tolist()
    await indexed(corpus, embedder, "trees", "ash", "beech", "elm")
    assert (await corpus.by_keywords("alice", ["elm"])).numbers.tolist() == before
    assert (await corpus.passages(before, "alice"))[before[0]].chunk.position == 2


async def test_documents_that_are_written_at_once_are_all_there(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    names = [f"tree {number}" for number in range(20)]
    owners = ["alice", "bob"]
    await asyncio.gather(
        *(
            indexed(corpus, embedder, name, f"oak {name}", owner_id=owners[place % 2])
            for place, name in enumerate(names)
        )
    )
    assert len(await found(corpus, None, "oak")) == len(names)
    assert (await counted(database))[2] == len(names)


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
    assert await found(corpus, "alice", "oak elm") == ["elm", "oak"]


async def test_what_settles_in_the_graph_is_found_as_before(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    kept = await indexed(corpus, embedder, "trees", "oak", "elm", "ash", "fir")
    (vector,) = await embedder.embed(["elm"])
    before = await corpus.by_vector("alice", vector.tolist(), 4)
    assert await Settling(database).settle() == 4
    assert await Settling(database).settle() == 0
    after = await corpus.by_vector("alice", vector.tolist(), 4)
    assert after == pytest.approx(before)
    assert await corpus.similarities(list(before), vector.tolist()) == pytest.approx(before)
    assert await corpus.remove(kept.id, "alice")
    assert await corpus.by_vector("alice", vector.tolist(), 4) == {}


async def test_vectors_settle_only_when_no_document_waits(
    corpus: PostgresqlCorpus, embedder: WordEmbedder, database: Database
) -> None:
    await indexed(corpus, embedder, "trees", "oak")
    await corpus.submit(document("waiting"), b"content")
    assert await Settling(database).settle() == 0


async def test_the_graph_finds_what_is_near_among_many(
    corpus: PostgresqlCorpus,
    embedder: WordEmbedder,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vectors, "EXACT_MOST", 0)
    await indexed(corpus, embedder, "theirs", *(f"oak {n}" for n in range(99)), owner_id="bob")
    assert await Settling(database).settle() == 99
    await indexed(corpus, embedder, "mine", "oak", "elm", "ash")
    (vector,) = await embedder.embed(["elm"])
    for owner, reached in (("alice", 3), (None, 10)):
        nearest = await corpus.by_vector(owner, vector.tolist(), 10)
        assert len(nearest) == reached
        (best,) = (await corpus.passages([next(iter(nearest))], owner)).values()
        assert best.chunk.text == "elm"


async def test_lists_turn_pages_in_order(corpus: PostgresqlCorpus, embedder: WordEmbedder) -> None:
    for name in "cab":
        await indexed(corpus, embedder, name, name)
    await corpus.submit(document("waiting"), b"content")
    first = await corpus.list(DocumentQuery(sort="name", limit=2, status="indexed"), "alice")
    rest = await corpus.list(
        DocumentQuery(sort="name", limit=2, status="indexed", cursor=first.next_cursor), "alice"
    )
    assert [each.name for each in (*first.items, *rest.items)] == ["a", "b", "c"]
    assert rest.next_cursor is None


@pytest.mark.parametrize("seed", range(3))
async def test_after_any_changes_the_words_found_are_those_that_are_there(
    seed: int,
    corpus: PostgresqlCorpus,
    embedder: WordEmbedder,
    database: Database,
    database_url: str,
) -> None:
    source = random.Random(seed)  # noqa: S311 - no secret
    there: dict[str, tuple[str, ...]] = {}
    ids = {}
    for _ in range(25):
        name = source.choice("abcd")
        if name in there and source.random() < 0.3:
            assert await corpus.remove(ids.pop(name), "alice")
            there.pop(name)
        else:
            texts = _texts(source)
            ids[name] = (await indexed(corpus, embedder, name, *texts)).id
            there[name] = texts
    for word in WORDS:
        expected = sorted(t for texts in there.values() for t in texts if word in t.split())
        assert await found(corpus, "alice", word) == expected
    every = [text for texts in there.values() for text in texts]
    assert (await counted(database))[0] == len(every)
    assert (await counted(database))[2:] == (len(every), sum(len(terms(t)) for t in every))
    assert contradictions(database_url) == []


def _texts(source: random.Random) -> tuple[str, ...]:
    made: Sequence[str] = [
        " ".join(source.choices(WORDS, k=5)) for _ in range(source.randint(1, 4))
    ]
    return tuple(dict.fromkeys(made))


async def test_scores_rank_as_the_inner_product_does(
    corpus: PostgresqlCorpus, embedder: WordEmbedder
) -> None:
    texts = [" ".join(WORDS[:count]) for count in range(1, 8)]
    await indexed(corpus, embedder, "trees", *texts)
    (vector,) = await embedder.embed([texts[3]])
    nearest = await corpus.by_vector("alice", vector.tolist(), 7)
    exact = np.sort(await embedder.embed(texts) @ vector)[::-1]
    assert sorted(nearest.values(), reverse=True) == pytest.approx(exact.tolist(), abs=1e-5)

"""The corpus: what is kept is found, by its owner alone, and what is gone is gone everywhere."""

import asyncio
import random
from collections.abc import Sequence

import numpy as np
import pytest

from corpora import EMPTY, Counts, Store
from documents import chunks, document, indexed, of
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.document_access import Reach
from quillwort.assistant.documents import DocumentQuery, Progress
from quillwort.assistant.keywords import terms
from word_embedder import WordEmbedder

WORDS = ["ash", "beech", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine"]


async def found(corpus: Corpus, reach: Reach, query: str) -> list[str]:
    """Return the texts that keywords find, sorted."""
    scored = await corpus.by_keywords(reach, terms(query))
    kept = await corpus.passages(scored.numbers.tolist(), reach)
    return sorted(each.chunk.text for each in kept.values())


async def test_what_is_indexed_is_found_by_words_and_by_meaning(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    kept = await indexed(corpus, embedder, "trees", "oak and ash", "pine and fir")
    assert (kept.status, kept.chunks) == ("indexed", 2)
    assert await found(corpus, of("alice"), "oak") == ["oak and ash"]
    (vector,) = await embedder.embed(["pine fir"])
    nearest = await corpus.by_vector(of("alice"), vector.tolist(), 1)
    (passage,) = (await corpus.passages(list(nearest), of("alice"))).values()
    assert (passage.chunk.text, passage.name, passage.document_id) == (
        "pine and fir",
        "trees",
        kept.id,
    )
    assert nearest == pytest.approx(await corpus.similarities(list(nearest), vector.tolist()))


async def test_nobody_finds_what_is_somebody_elses(corpus: Corpus, embedder: WordEmbedder) -> None:
    theirs = await indexed(corpus, embedder, "theirs", "oak and ash", owner_id="bob")
    (vector,) = await embedder.embed(["oak and ash"])
    for reach, sees in ((of("alice"), False), (of("bob"), True), (None, True)):
        numbers = (await corpus.by_keywords(reach, ["oak"])).numbers.tolist()
        nearest = await corpus.by_vector(reach, vector.tolist(), 10)
        assert (bool(numbers), bool(nearest)) == (sees, sees), reach
        assert (await corpus.get(theirs.id, reach) is not None) is sees
        assert bool((await corpus.list(DocumentQuery(), reach)).items) is sees
    (number,) = (await corpus.by_keywords(of("bob"), ["oak"])).numbers.tolist()
    assert await corpus.passages([number], of("alice")) == {}
    assert not await corpus.remove(theirs.id, of("alice"))
    assert await found(corpus, of("bob"), "oak") == ["oak and ash"]


async def test_what_is_of_several_labels_is_found_by_who_reaches_them(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    labels = ("alice", "group:legal", "group:sales", "everyone")
    kept = {
        label: await indexed(corpus, embedder, "trees", f"oak {label}", owner_id=label)
        for label in labels
    }
    (vector,) = await embedder.embed(["oak"])
    for reach in (of("alice", "group:legal", "everyone"), of("bob", "everyone"), of(*labels)):
        sees = sorted(f"oak {label}" for label in reach if label in labels)
        ids = {kept[label].id for label in reach if label in labels}
        assert await found(corpus, reach, "oak") == sees
        nearest = await corpus.by_vector(reach, vector.tolist(), 10)
        near = (await corpus.passages(list(nearest), None)).values()
        assert sorted(each.chunk.text for each in near) == sees
        every = (await corpus.by_keywords(None, ["oak"])).numbers.tolist()
        may_read = (await corpus.passages(every, reach)).values()
        assert sorted(each.chunk.text for each in may_read) == sees
        assert {each.id for each in (await corpus.list(DocumentQuery(), reach)).items} == ids
        for one in kept.values():
            assert (await corpus.get(one.id, reach) is not None) is (one.id in ids)
    assert not await corpus.remove(kept["group:sales"].id, of("alice", "group:legal", "everyone"))
    assert await corpus.remove(kept["group:legal"].id, of("alice", "group:legal", "everyone"))
    assert await found(corpus, of(*labels), "oak") == [
        "oak alice",
        "oak everyone",
        "oak group:sales",
    ]


async def test_several_labels_are_scored_as_one_corpus(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    texts = ["oak ash", "oak", "ash fir fir fir", "fir", "elm oak oak", "pine"]
    places = ["alice", "group:legal", "everyone"]
    for number, text in enumerate(texts):
        await indexed(corpus, embedder, str(number), text, owner_id=places[number % 3])
        await indexed(corpus, embedder, str(number), text, owner_id="together")
    await indexed(corpus, embedder, "other", *(f"oak {n}" for n in range(9)), owner_id="bob")
    for query in (["oak"], ["ash", "fir"], ["oak", "elm", "pine"]):
        several = await corpus.by_keywords(of(*places), query)
        one = await corpus.by_keywords(of("together"), query)
        assert several.values.tolist() == pytest.approx(one.values.tolist())
        assert several.full == pytest.approx(one.full)


async def test_lists_of_several_labels_turn_pages_in_one_order(corpus: Corpus) -> None:
    for number, name in enumerate("dcbae"):
        await corpus.submit(
            document(name, owner_id=("alice", "everyone", "bob")[number % 3]), b"content"
        )
    reach, names, cursor = of("alice", "everyone"), [], None
    for _ in range(4):
        page = await corpus.list(DocumentQuery(sort="name", limit=1, cursor=cursor), reach)
        names += [each.name for each in page.items]
        cursor = page.next_cursor
    assert (names, cursor) == (["a", "c", "d", "e"], None)


async def test_a_name_is_taken_within_its_label_alone(corpus: Corpus) -> None:
    mine = await corpus.submit(document("trees", b"oak"), b"oak")
    theirs = await corpus.submit(document("trees", b"elm", "group:legal"), b"elm")
    assert (theirs.id != mine.id, theirs.version) == (True, 1)
    assert (await corpus.submit(document("trees", b"fir", "group:legal"), b"fir")).id == theirs.id


async def test_a_near_row_of_somebody_else_hides_none_of_ones_own(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "many", *(f"oak {n}" for n in range(300)), owner_id="bob")
    await indexed(corpus, embedder, "mine", "pine and fir")
    (vector,) = await embedder.embed(["oak"])
    assert len(await corpus.by_vector(of("alice"), vector.tolist(), 10)) == 1


async def test_a_later_version_takes_the_place_of_the_one_before(
    corpus: Corpus, embedder: WordEmbedder, store: Store
) -> None:
    first = await indexed(corpus, embedder, "trees", "oak and ash", "pine and fir")
    second = await indexed(corpus, embedder, "trees", "pine and fir", "elm")
    assert (second.id, second.version, second.chunks) == (first.id, 2, 2)
    assert await found(corpus, of("alice"), "oak ash") == []
    assert await found(corpus, of("alice"), "pine elm") == ["elm", "pine and fir"]
    assert await store.counts() == Counts(2, 2, 0, 4, 2, 4)


async def test_what_was_found_stays_found_until_the_next_version_is_indexed(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash")
    again = await corpus.submit(document("trees", b"other"), b"other")
    assert (again.status, again.version) == ("queued", 2)
    assert await found(corpus, of("alice"), "oak") == ["oak and ash"]


async def test_the_same_bytes_change_nothing(corpus: Corpus, embedder: WordEmbedder) -> None:
    kept = await indexed(corpus, embedder, "trees", "oak and ash")
    assert await corpus.submit(document("trees", b"oak and ash"), b"oak and ash") == kept
    assert await corpus.claim() is None


async def test_what_is_removed_is_gone_from_every_index(
    corpus: Corpus, embedder: WordEmbedder, store: Store
) -> None:
    kept = await indexed(corpus, embedder, "trees", "oak and ash", "oak and fir")
    other = await indexed(corpus, embedder, "others", "oak and elm")
    assert await corpus.remove(kept.id, of("alice"))
    assert await found(corpus, of("alice"), "oak") == ["oak and elm"]
    assert await store.counts() == Counts(1, 1, 0, 3, 1, 3)
    assert await corpus.remove(other.id, None)
    assert await store.counts() == EMPTY
    assert not await corpus.remove(other.id, None)


async def test_chunks_of_a_version_that_was_replaced_meanwhile_are_not_kept(
    corpus: Corpus, embedder: WordEmbedder, store: Store
) -> None:
    first = await corpus.submit(document("trees", b"oak"), b"oak")
    await corpus.submit(document("trees", b"elm"), b"elm")
    made = await embedder.embed(["oak"])
    assert not await corpus.index(first, embedder.name, chunks("oak"), made)
    assert await store.counts() == EMPTY


async def test_one_document_is_one_workers(corpus: Corpus, store: Store) -> None:
    for name in ("first", "second"):
        await corpus.submit(document(name, name.encode()), name.encode())
    claimed = [await corpus.claim(), await corpus.claim()]
    assert [each and (each.document.name, each.content) for each in claimed] == [
        ("first", b"first"),
        ("second", b"second"),
    ]
    assert await corpus.claim() is None
    await store.lapse()
    again = await corpus.claim()
    assert again is not None
    assert again.document.name == "first"


async def test_a_document_that_ends_the_process_each_time_is_given_up(
    corpus: Corpus, store: Store
) -> None:
    kept = await corpus.submit(document("bomb"), b"content")
    for _ in range(store.attempts):
        assert await corpus.claim() is not None
        await store.lapse()
    assert await corpus.claim() is None
    given_up = await corpus.get(kept.id, of("alice"))
    assert given_up is not None
    assert (given_up.status, given_up.problem) == ("failed", "abandoned")


async def test_a_claim_that_is_given_back_is_no_attempt(corpus: Corpus, store: Store) -> None:
    await corpus.submit(document("trees"), b"content")
    for _ in range(store.attempts + 1):
        claimed = await corpus.claim()
        assert claimed is not None
        assert claimed.attempts == 1
        await corpus.release(claimed.document)
    assert await corpus.claim() is not None
    await store.lapse()
    again = await corpus.claim()
    assert again is not None
    assert again.attempts == 2


async def test_only_a_version_that_is_there_is_given_back(corpus: Corpus) -> None:
    await corpus.submit(document("trees", b"oak"), b"oak")
    first = await corpus.claim()
    assert first is not None
    await corpus.submit(document("trees", b"elm"), b"elm")
    assert await corpus.claim() is not None
    await corpus.release(first.document)
    assert await corpus.claim() is None


async def test_a_document_that_advances_is_not_given_up(
    corpus: Corpus, embedder: WordEmbedder, store: Store
) -> None:
    kept = await corpus.submit(document("long"), b"content")
    for number in range(store.attempts + 1):
        claimed = await corpus.claim()
        assert claimed is not None
        assert claimed.attempts == 1
        (chunk,) = chunks(f"oak {number}")
        (vector,) = await embedder.embed([chunk.embedded])
        progress = Progress("embedding", number, 9)
        assert await corpus.stage(kept, embedder.name, {chunk.digest: vector}, progress)
        assert await corpus.stage(kept, embedder.name, {}, progress)
        await store.lapse()
    assert await corpus.claim() is not None


async def test_a_failure_says_why_and_is_tried_again_when_it_is_sent_again(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash")
    again = await corpus.submit(document("trees", b"\0"), b"\0")
    await corpus.fail(again, "binary", "These are no words.")
    failed = await corpus.get(again.id, of("alice"))
    assert failed is not None
    assert (failed.status, failed.problem, failed.chunks) == ("failed", "binary", 0)
    assert await found(corpus, of("alice"), "oak") == []
    assert (await corpus.submit(document("trees", b"\0"), b"\0")).status == "queued"


async def test_vectors_of_texts_are_at_hand_for_documents_of_the_same_label(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash", owner_id="bob")
    (chunk, other) = chunks("oak and ash", "elm")
    digests = [chunk.digest, other.digest]
    theirs = await corpus.submit(document("more", owner_id="bob"), b"content")
    known = await corpus.embedded(theirs, embedder.name, digests)
    (vector,) = await embedder.embed(["oak and ash"])
    assert known.keys() == {chunk.digest}
    assert known[chunk.digest].tolist() == pytest.approx(vector.tolist(), abs=1e-6)
    assert await corpus.embedded(theirs, "another model", digests) == {}


async def test_nobody_learns_from_vectors_what_others_have(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash", owner_id="bob")
    (kept, under_way) = chunks("oak and ash", "elm")
    (vector,) = await embedder.embed(["elm"])
    theirs = await corpus.submit(document("more", owner_id="bob"), b"content")
    staged = {under_way.digest: vector}
    assert await corpus.stage(theirs, embedder.name, staged, Progress("embedding", 1, 3))
    mine = await corpus.submit(document("more", owner_id="alice"), b"content")
    digests = [kept.digest, under_way.digest]
    assert await corpus.embedded(mine, embedder.name, digests) == {}
    another = await corpus.submit(document("others", owner_id="bob"), b"content")
    assert (await corpus.embedded(another, embedder.name, digests)).keys() == {kept.digest}


async def test_vectors_that_are_staged_are_at_hand_until_the_document_is_indexed(
    corpus: Corpus, embedder: WordEmbedder, store: Store
) -> None:
    kept = await corpus.submit(document("trees"), b"content")
    (chunk,) = chunks("oak and ash")
    made = await embedder.embed([chunk.embedded])
    staged = {chunk.digest: made[0]}
    assert await corpus.claim() is not None
    assert await corpus.stage(kept, embedder.name, staged, Progress("embedding", 1, 3))
    under_way = await corpus.get(kept.id, of("alice"))
    assert under_way is not None
    assert (under_way.status, under_way.progress) == ("queued", Progress("embedding", 1, 3))
    assert (await corpus.embedded(kept, embedder.name, [chunk.digest])).keys() == staged.keys()
    assert await corpus.index(kept, embedder.name, [chunk], made)
    done = await corpus.get(kept.id, of("alice"))
    assert done is not None
    assert done.progress is None
    assert (await store.counts()).staged == 0


@pytest.mark.parametrize("how", ["replaced", "removed", "failed"])
async def test_nothing_stays_staged_of_a_document_that_is_not_indexed(
    how: str, corpus: Corpus, embedder: WordEmbedder, store: Store
) -> None:
    kept = await corpus.submit(document("trees", b"oak"), b"oak")
    (vector,) = await embedder.embed(["oak"])
    staged = {chunks("oak")[0].digest: vector}
    if how == "replaced":
        await corpus.submit(document("trees", b"elm"), b"elm")
    else:
        assert await corpus.stage(kept, embedder.name, staged, Progress("embedding"))
        assert (await store.counts()).staged == 1
    if how == "removed":
        assert await corpus.remove(kept.id, of("alice"))
    if how == "failed":
        await corpus.fail(kept, "malformed", "It breaks off.")
    assert not await corpus.stage(kept, embedder.name, staged, Progress("embedding"))
    assert (await store.counts()).staged == 0


async def test_whoever_goes_on_keeps_a_document(
    corpus: Corpus, embedder: WordEmbedder, store: Store
) -> None:
    await corpus.submit(document("trees"), b"content")
    claimed = await corpus.claim()
    assert claimed is not None
    await store.lapse()
    assert await corpus.stage(claimed.document, embedder.name, {}, Progress("reading"))
    assert await corpus.claim() is None


async def test_a_passage_names_the_version_that_it_is_of(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak")
    await indexed(corpus, embedder, "trees", "oak", "elm")
    await corpus.submit(document("trees", b"waiting"), b"waiting")
    numbers = (await corpus.by_keywords(of("alice"), ["oak"])).numbers.tolist()
    assert [kept.version for kept in (await corpus.passages(numbers, of("alice"))).values()] == [2]


async def test_chunks_that_stay_keep_their_number_and_change_their_place(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak", "elm")
    before = (await corpus.by_keywords(of("alice"), ["elm"])).numbers.tolist()
    await indexed(corpus, embedder, "trees", "ash", "beech", "elm")
    assert (await corpus.by_keywords(of("alice"), ["elm"])).numbers.tolist() == before
    assert (await corpus.passages(before, of("alice")))[before[0]].chunk.position == 2


async def test_documents_that_are_written_at_once_are_all_there(
    corpus: Corpus, embedder: WordEmbedder, store: Store
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
    assert (await store.counts()).counted_chunks == len(names)


async def test_vectors_of_models_are_never_compared(corpus: Corpus, embedder: WordEmbedder) -> None:
    await indexed(corpus, embedder, "trees", "oak")
    (vector,) = await embedder.embed(["oak"])
    (number,) = await corpus.by_vector(of("alice"), vector.tolist(), 5, embedder.name)
    assert await corpus.by_vector(of("alice"), vector.tolist(), 5, "another") == {}
    assert await corpus.similarities([number], vector.tolist(), "another") == {}


async def test_lists_turn_pages_in_order(corpus: Corpus, embedder: WordEmbedder) -> None:
    for name in "cab":
        await indexed(corpus, embedder, name, name)
    await corpus.submit(document("waiting"), b"content")
    first = await corpus.list(DocumentQuery(sort="name", limit=2, status="indexed"), of("alice"))
    rest = await corpus.list(
        DocumentQuery(sort="name", limit=2, status="indexed", cursor=first.next_cursor), of("alice")
    )
    assert [each.name for each in (*first.items, *rest.items)] == ["a", "b", "c"]
    assert rest.next_cursor is None


@pytest.mark.parametrize("seed", range(3))
async def test_after_any_changes_the_words_found_are_those_that_are_there(
    seed: int, corpus: Corpus, embedder: WordEmbedder, store: Store
) -> None:
    source = random.Random(seed)  # noqa: S311 - no secret
    there: dict[str, tuple[str, ...]] = {}
    ids = {}
    for _ in range(25):
        name = source.choice("abcd")
        if name in there and source.random() < 0.3:
            assert await corpus.remove(ids.pop(name), of("alice"))
            there.pop(name)
        else:
            texts = _texts(source)
            ids[name] = (await indexed(corpus, embedder, name, *texts)).id
            there[name] = texts
    for word in WORDS:
        expected = sorted(t for texts in there.values() for t in texts if word in t.split())
        assert await found(corpus, of("alice"), word) == expected
    every = [text for texts in there.values() for text in texts]
    counts = await store.counts()
    assert (counts.chunks, counts.vectors, counts.counted_chunks) == (len(every),) * 3
    assert counts.counted_terms == sum(len(terms(text)) for text in every)
    assert await store.contradictions() == []


def _texts(source: random.Random) -> tuple[str, ...]:
    made: Sequence[str] = [
        " ".join(source.choices(WORDS, k=5)) for _ in range(source.randint(1, 4))
    ]
    return tuple(dict.fromkeys(made))


async def test_scores_rank_as_the_inner_product_does(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    texts = [" ".join(WORDS[:count]) for count in range(1, 8)]
    await indexed(corpus, embedder, "trees", *texts)
    (vector,) = await embedder.embed([texts[3]])
    nearest = await corpus.by_vector(of("alice"), vector.tolist(), 7)
    exact = np.sort(await embedder.embed(texts) @ vector)[::-1]
    assert sorted(nearest.values(), reverse=True) == pytest.approx(exact.tolist(), abs=1e-5)


async def test_what_another_process_writes_is_found_at_once(
    corpus: Corpus, embedder: WordEmbedder, store: Store
) -> None:
    (vector,) = await embedder.embed(["oak"])
    kept = await indexed(corpus, embedder, "here", "oak and ash")
    assert len(await corpus.by_vector(of("alice"), vector.tolist(), 10)) == 1
    async with store.again() as other:
        await indexed(other, embedder, "there", "oak and fir", "oak and elm")
        assert await found(corpus, of("alice"), "oak") == [
            "oak and ash",
            "oak and elm",
            "oak and fir",
        ]
        assert len(await corpus.by_vector(of("alice"), vector.tolist(), 10)) == 3
        assert await other.remove(kept.id, of("alice"))
        nearest = await corpus.by_vector(of("alice"), vector.tolist(), 10)
        texts = {each.chunk.text for each in (await corpus.passages([*nearest], None)).values()}
        assert (len(nearest), texts) == (2, {"oak and elm", "oak and fir"})


async def test_only_so_many_of_the_nearest_are_given_the_best_first(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", *(f"oak {' ash' * n}" for n in range(9)))
    (vector,) = await embedder.embed(["oak"])
    nearest = await corpus.by_vector(of("alice"), vector.tolist(), 4)
    assert len(nearest) == 4
    assert list(nearest.values()) == sorted(nearest.values(), reverse=True)
    assert max(nearest.values()) == pytest.approx(1.0, abs=1e-5)


async def test_an_empty_corpus_finds_nothing(corpus: Corpus, embedder: WordEmbedder) -> None:
    (vector,) = await embedder.embed(["oak"])
    for reach in (of("alice"), None):
        assert await corpus.by_vector(reach, vector.tolist(), 10) == {}
        assert (await corpus.by_keywords(reach, ["oak"])).by_number() == {}
    assert await corpus.similarities([], vector.tolist()) == {}
    assert await corpus.passages([7], None) == {}


async def test_those_that_wait_are_counted(corpus: Corpus, embedder: WordEmbedder) -> None:
    assert await corpus.waiting() == 0
    await corpus.submit(document("one.md"), b"content")
    await corpus.submit(document("two.md", owner_id="bob"), b"content")
    assert await corpus.waiting() == 2
    await indexed(corpus, embedder, "three.md", "The tenant pays.")
    assert await corpus.waiting() == 2

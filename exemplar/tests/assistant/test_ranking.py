"""Which halves of a search count, how they are joined, and what a reranker may change."""

from collections.abc import Sequence

import pytest

from documents import indexed
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.fusion import convex, reciprocal_rank
from quillwort.assistant.keywords import Statistics, scores
from quillwort.assistant.keywords import indexed as posting
from quillwort.assistant.ranking import Fusion, Ranking
from quillwort.assistant.ranking_settings import RetrievalSettings
from quillwort.assistant.search_service import DEFAULT_HITS, SearchService
from quillwort.domain.errors import Unavailable
from quillwort.domain.values import Principal
from word_embedder import WordEmbedder

ALICE = Principal("alice", "alice", frozenset({"documents:read"}))


class Longest:
    """A reranker that likes long passages, and remembers what it was shown."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def rerank(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        del query
        self.seen += texts
        return [float(len(text)) for text in texts]


class Silent:
    """A reranker that does not answer."""

    async def rerank(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        raise Unavailable(f"{query}: {len(texts)} texts wait")


async def found(search: SearchService, query: str, limit: int = DEFAULT_HITS) -> list[str]:
    return [hit.chunk.text for hit in (await search.search(ALICE, query, limit)).hits]


def test_each_fusion_goes_by_what_it_names() -> None:
    keyword, dense = {1: 8.0, 2: 4.0}, {1: 0.3, 2: 0.5, 3: 0.7}
    assert Ranking(alpha=0.3).fused(keyword, dense, 10) == convex(keyword, dense, 0.3, 10)
    assert Ranking("reciprocal_rank").fused(keyword, dense, 10) == reciprocal_rank(keyword, dense)
    assert Ranking("keyword").fused(keyword, {}, 10) == convex(keyword, {}, 1.0, 10)
    assert Ranking("dense").fused({}, dense, 0) == convex({}, dense, 0.0)


@pytest.mark.parametrize(
    "wrong", [{"alpha": 1.5}, {"candidates": 0}, {"window": -1}, {"passages": 0}]
)
def test_numbers_out_of_range_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"alpha must|begin at 1"):
        Ranking(**wrong)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETRIEVAL_FUSION", "reciprocal_rank")
    monkeypatch.setenv("RETRIEVAL_ALPHA", "0.25")
    monkeypatch.setenv("RETRIEVAL_WINDOW", "2")
    settings = RetrievalSettings()
    assert settings.ranking("dense") == Ranking("reciprocal_rank", 0.25, 100, 2, 6)


def test_without_settings_a_search_goes_as_it_was_designed() -> None:
    assert RetrievalSettings().ranking("keyword") == Ranking("keyword")
    assert RetrievalSettings().ranking() == Ranking()
    assert RetrievalSettings().ranking("convex", 1) == Ranking(window=1)


def test_the_full_score_counts_terms_that_no_chunk_has() -> None:
    row = posting(0, "oak")["oak"]
    both = scores([("oak", 0, row)], Statistics(10, 10), ["oak", "ash"])
    one = scores([("oak", 0, row)], Statistics(10, 10), ["oak"])
    assert both.values.tolist() == one.values.tolist() == pytest.approx([one.full])
    assert both.full > 2 * one.full


def test_a_single_common_word_does_not_make_a_passage_perfect() -> None:
    keyword, dense = {1: 1.0}, {1: 0.1, 2: 0.6}
    assert [each.number for each in convex(keyword, dense, 0.6)] == [1, 2]
    assert [each.number for each in convex(keyword, dense, 0.6, 8.0)] == [2, 1]


@pytest.mark.parametrize(
    ("fusion", "embeds", "finds"),
    [
        ("keyword", 0, ["oak and ash"]),
        ("dense", 1, ["oak and ash", "pine and fir"]),
        ("convex", 1, ["oak and ash", "pine and fir"]),
        ("reciprocal_rank", 1, ["oak and ash", "pine and fir"]),
    ],
)
async def test_only_the_halves_that_count_are_asked(
    corpus: Corpus, embedder: WordEmbedder, fusion: Fusion, embeds: int, finds: list[str]
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash", "pine and fir")
    embedder.embedded.clear()
    assert await found(SearchService(corpus, embedder, Ranking(fusion)), "oak") == finds
    assert embedder.embedded.count("oak") == embeds


@pytest.mark.parametrize("limit", [6, 10, 25])
async def test_what_many_documents_repeat_takes_no_other_passages_place(
    corpus: Corpus, embedder: WordEmbedder, limit: int
) -> None:
    clause = "either party may terminate this agreement upon thirty days written notice"
    for number in range(60):
        await indexed(corpus, embedder, f"repeats {number}", clause)
    others = [f"terminate agreement {n} with notice and pay fee {n}" for n in range(30)]
    await indexed(corpus, embedder, "others", *others)
    texts = await found(SearchService(corpus, embedder), clause, limit)
    assert (len(texts), texts[0], texts.count(clause)) == (limit, clause, 1)
    assert set(texts[1:]) <= set(others)


async def test_only_repetitions_are_fewer_than_asked_for(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    for number in range(30):
        await indexed(corpus, embedder, f"repeats {number}", "an oak that is tall and old")
    await indexed(corpus, embedder, "others", "a young oak")
    texts = await found(SearchService(corpus, embedder), "oak that is old", 10)
    assert texts == ["an oak that is tall and old", "a young oak"]


async def test_a_reranker_changes_the_order_and_nothing_else(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "mine", "oak", "oak that is tall and old")
    await indexed(corpus, embedder, "theirs", "an oak of somebody else", owner_id="bob")
    plain = SearchService(corpus, embedder)
    longest = Longest()
    reranked = SearchService(corpus, embedder, reranker=longest)
    assert await found(plain, "oak") == ["oak", "oak that is tall and old"]
    assert await found(reranked, "oak") == ["oak that is tall and old", "oak"]
    assert not any("somebody" in text for text in longest.seen)
    (first, _) = (await reranked.search(ALICE, "oak")).hits
    assert (first.reranked, first.fused.keyword_rank) == (24.0, 2)


async def test_without_the_rerankers_answer_the_searchs_order_stands(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "mine", "oak", "oak that is tall and old")
    search = SearchService(corpus, embedder, reranker=Silent())
    hits = (await search.search(ALICE, "oak")).hits
    assert [hit.chunk.text for hit in hits] == ["oak", "oak that is tall and old"]
    assert {hit.reranked for hit in hits} == {None}


async def test_a_window_brings_neighbours_under_the_same_heading(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "first oak", "second ash", "third elm", "fourth fir")
    await indexed(corpus, embedder, "others", "a lime", "a rowan", owner_id="bob")
    for window, context in (
        (0, "second ash"),
        (1, "first oak\n\nsecond ash\n\nthird elm"),
        (3, "first oak\n\nsecond ash\n\nthird elm\n\nfourth fir"),
    ):
        search = SearchService(corpus, embedder, Ranking(window=window))
        (hit, *_) = (await search.search(ALICE, "ash")).hits
        assert (hit.chunk.text, hit.context) == ("second ash", context)

"""From the built-in kind of embedder to one behind an address, by the switch-over."""

import pytest

from corpora import Store
from documents import indexed
from embedding_server import DIMENSIONS, EmbeddingServer, Reply
from quillwort.adapters.embedding.http import HttpEmbedder
from quillwort.adapters.embedding.settings import EmbeddingSettings
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.reembedding import Switching, reembed
from quillwort.assistant.search_service import SearchService
from quillwort.domain.values import Principal
from word_embedder import WordEmbedder

ALICE = Principal("alice", "alice", frozenset({"documents:read"}))


def nothing(_: int) -> None:
    """Tell nobody."""


async def found(search: SearchService) -> tuple[list[str], bool]:
    told = await search.search(ALICE, "oak")
    return [hit.chunk.text for hit in told.hits if hit.fused.dense_rank == 1], told.degraded


async def test_searches_go_by_the_vectors_of_one_model_before_and_after(
    corpus: Corpus, embedder: WordEmbedder, store: Store, settings: EmbeddingSettings
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash", "pine and fir")
    async with HttpEmbedder(settings) as served:
        assert (served.dimensions, embedder.dimensions) == (DIMENSIONS, 384)
        before = SearchService(corpus, Switching(store.moves, served, embedder))
        assert await found(before) == (["oak and ash"], False)
        assert await corpus.by_vector("alice", [1.0] * DIMENSIONS, 5, served.name) == {}
        await reembed(store.moves, served, nothing)
        assert await store.moves.serving() == served.name
        after = SearchService(corpus, Switching(store.moves, served, embedder))
        assert await found(after) == (["oak and ash"], False)
        await store.moves.forget_others(served.name)
        assert await found(after) == (["oak and ash"], False)
    assert await store.contradictions() == []


async def test_a_process_without_the_model_that_serves_searches_by_keywords(
    corpus: Corpus, embedder: WordEmbedder, store: Store, settings: EmbeddingSettings
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash")
    async with HttpEmbedder(settings) as served:
        await reembed(store.moves, served, nothing)
    late = SearchService(corpus, Switching(store.moves, embedder))
    told = await late.search(ALICE, "oak")
    assert ([hit.chunk.text for hit in told.hits], told.degraded) == (["oak and ash"], True)


@pytest.mark.parametrize("changed", [{"passage_prefix": "passage:"}, {"model": "others"}])
async def test_other_settings_of_the_same_server_are_another_model(
    corpus: Corpus,
    store: Store,
    server: EmbeddingServer,
    settings: EmbeddingSettings,
    changed: dict[str, str],
) -> None:
    async with HttpEmbedder(settings) as one:
        await indexed(corpus, one, "trees", "oak and ash")
    async with HttpEmbedder(settings.model_copy(update=changed)) as other:
        search = SearchService(corpus, Switching(store.moves, other))
        assert (await search.search(ALICE, "oak")).degraded
        await reembed(store.moves, other, nothing)
        server.reply(Reply())
        search = SearchService(corpus, Switching(store.moves, other))
        assert await found(search) == (["oak and ash"], False)

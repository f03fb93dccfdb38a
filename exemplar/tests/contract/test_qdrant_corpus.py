"""Vectors in Qdrant: what is left halfway is never shown, and is brought in order by the next."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from corpora import EMPTY, opened
from corpus_in_qdrant import QdrantStore
from documents import chunks, document, indexed, of
from quillwort.adapters.corpus import qdrant, qdrant_client
from quillwort.adapters.corpus.qdrant import QdrantCorpus
from quillwort.adapters.corpus.qdrant_client import open_client
from quillwort.adapters.corpus.qdrant_settings import QdrantSettings
from quillwort.domain.errors import Unavailable
from word_embedder import WordEmbedder


@pytest.fixture
async def store(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[QdrantStore]:
    monkeypatch.setattr(qdrant, "LEFT_SECONDS", -1)
    async with opened("qdrant", request) as store:
        assert isinstance(store, QdrantStore)
        yield store


def _fail(store: QdrantStore, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    async def fails(*_: Any, **__: Any) -> None:
        raise Unavailable("It ended.")

    monkeypatch.setattr(store.client, method, fails)


async def test_a_vector_that_is_missing_is_brought_in(
    store: QdrantStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = WordEmbedder()
    (vector,) = await embedder.embed(["oak"])
    with monkeypatch.context() as ended:
        _fail(store, ended, "upsert")
        with pytest.raises(Unavailable):
            await indexed(store.corpus, embedder, "trees", "oak", "elm")
    assert await store.corpus.by_vector(of("alice"), vector.tolist(), 5) == {}
    assert (await store.corpus.by_keywords(of("alice"), ["oak"])).numbers.size == 1
    async with store.again() as other:
        assert await other.claim() is None
    assert len(await store.corpus.by_vector(of("alice"), vector.tolist(), 5)) == 2
    assert (await store.counts()).vectors == 2


async def test_a_vector_that_is_left_behind_is_never_shown_and_goes(
    store: QdrantStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = WordEmbedder()
    kept = await indexed(store.corpus, embedder, "trees", "oak", "elm")
    (vector,) = await embedder.embed(["oak"])
    with monkeypatch.context() as ended:
        _fail(store, ended, "delete")
        with pytest.raises(Unavailable):
            await store.corpus.remove(kept.id, of("alice"))
    assert await store.corpus.by_vector(of("alice"), vector.tolist(), 5) == {}
    assert await store.corpus.claim() is None
    assert await store.counts() == EMPTY


async def test_what_qdrant_has_lost_is_brought_in_anew(store: QdrantStore) -> None:
    embedder = WordEmbedder()
    await indexed(store.corpus, embedder, "trees", "oak", "elm")
    (collection,) = (await store.client.get_collections()).collections
    await store.client.delete_collection(collection.name)
    async with store.again() as other:
        assert await other.claim() is None
        (vector,) = await embedder.embed(["oak"])
        assert len(await other.by_vector(of("alice"), vector.tolist(), 5)) == 2


async def test_without_qdrant_documents_are_found_by_their_words(store: QdrantStore) -> None:
    client = open_client(QdrantSettings(url="http://127.0.0.1:1"))
    corpus = QdrantCorpus(store.rows.database, client, WordEmbedder())
    with pytest.raises(Unavailable):
        await corpus.ping()
    kept = await corpus.submit(document("trees", b"oak"), b"oak")
    made = await WordEmbedder().embed(["oak"])
    with pytest.raises(Unavailable):
        await corpus.index(kept, WordEmbedder().name, chunks("oak"), made)
    assert (await corpus.by_keywords(of("alice"), ["oak"])).numbers.size == 0
    await client.close()


# The library leaves its lock file open where it is refused.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_the_small_store_is_for_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qdrant_client, "DIRECTORY", tmp_path / "qdrant")
    first = open_client(QdrantSettings())
    with pytest.raises(Unavailable, match=r"open in another process.*QDRANT_URL"):
        open_client(QdrantSettings())
    await first.close()
    await open_client(QdrantSettings()).close()

"""Re-embedding: one model serves until the other has everything, and nothing lacks a vector."""

from argparse import Namespace
from collections.abc import Iterator, Sequence

import pytest

from corpora import Store
from documents import chunks, document, indexed, of
from quillwort.assistant import reembedding
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.embedding import Kind, Vectors
from quillwort.assistant.ingestion import Ingestion
from quillwort.assistant.loading import TEXT
from quillwort.assistant.passages import Block
from quillwort.assistant.reading import ThreadReader
from quillwort.assistant.reembedding import BATCH, Moves, Switching, reembed
from quillwort.assistant.search_service import SearchService
from quillwort.bootstrap import COMMANDS
from quillwort.domain.errors import Unavailable
from quillwort.domain.values import Principal
from quillwort.kit.settings import load
from quillwort.settings import Settings
from word_embedder import WordEmbedder

ALICE = Principal("alice", "alice", frozenset({"documents:read", "documents:write"}))
COUNT = 2 * BATCH + 10


class Breaking(WordEmbedder):
    """The new model, which breaks off after so many batches."""

    def __init__(self, batches: int) -> None:
        super().__init__("words@2", 96)
        self.batches = batches

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        if not self.batches:
            raise Unavailable("The model does not answer.")
        self.batches -= 1
        return await super().embed(texts, kind)


def lines(content: bytes) -> Iterator[Block]:
    """Read a paragraph from every line."""
    for line in content.decode().splitlines():
        yield Block("paragraph", line)


def nothing(_: int) -> None:
    """Tell nobody."""


@pytest.fixture
def new() -> WordEmbedder:
    return WordEmbedder("words@2", 96)


@pytest.fixture
def moves(store: Store) -> Moves:
    return store.moves


async def nearest(corpus: Corpus, embedder: WordEmbedder, text: str) -> list[str]:
    """Return the text that is nearest by this embedder."""
    (vector,) = await embedder.embed([text])
    found = await corpus.by_vector(of("alice"), vector.tolist(), 1, embedder.name)
    kept = await corpus.passages(list(found), of("alice"))
    return [each.chunk.text for each in kept.values()]


async def test_searches_are_right_before_in_the_middle_and_after(
    corpus: Corpus, embedder: WordEmbedder, moves: Moves
) -> None:
    await indexed(corpus, embedder, "many", *(f"oak {number}" for number in range(COUNT)))
    broken = Breaking(batches=1)
    with pytest.raises(Unavailable):
        await reembed(moves, broken, nothing)
    assert await moves.serving() == embedder.name
    assert await nearest(corpus, embedder, "oak 77") == ["oak 77"]
    service = SearchService(corpus, Switching(moves, broken, embedder))
    assert (await service.search(ALICE, "oak 77")).hits[0].chunk.text == "oak 77"

    new = WordEmbedder("words@2", 96)
    await reembed(moves, new, nothing)
    assert len(new.embedded) == COUNT - BATCH
    assert await moves.serving() == new.name
    # Whoever has not noticed yet finds what they found before.
    assert await nearest(corpus, embedder, "oak 77") == ["oak 77"]
    assert await nearest(corpus, new, "oak 77") == ["oak 77"]
    service = SearchService(corpus, Switching(moves, new, embedder))
    assert (await service.search(ALICE, "oak 77")).hits[0].chunk.text == "oak 77"


@pytest.mark.parametrize("forgets", [False, True])
async def test_a_search_ends_with_the_model_that_it_began_with(
    corpus: Corpus, moves: Moves, monkeypatch: pytest.MonkeyPatch, *, forgets: bool
) -> None:
    monkeypatch.setattr(reembedding, "BELIEVED_SECONDS", 0.0)
    new = WordEmbedder("words@2", 96)

    class Overtaken(WordEmbedder):
        """Has embedded the query, and is asked for its scale, as another model comes to serve."""

        async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
            if kind == "question" and len(texts) > 1:
                await reembed(moves, new, nothing)
                assert await switching.serving() is new
                if forgets:
                    await moves.forget_others(new.name)
            return await super().embed(texts, kind)

    old = Overtaken()
    switching = Switching(moves, new, old)
    await indexed(corpus, old, "trees", "oak and ash", "oak and elm")
    service = SearchService(corpus, switching)
    hits = (await service.search(ALICE, "oak and elm")).hits
    assert [hit.chunk.text for hit in hits] == ["oak and elm", "oak and ash"]
    assert [hit.near > 0 for hit in hits] == [not forgets] * 2
    hits = (await service.search(ALICE, "oak and elm")).hits
    assert [hit.chunk.text for hit in hits] == ["oak and elm", "oak and ash"]
    assert hits[0].fused.dense == pytest.approx(1.0)


async def test_the_former_vectors_go_and_nothing_else_does(
    corpus: Corpus, embedder: WordEmbedder, new: WordEmbedder, moves: Moves, store: Store
) -> None:
    kept = await indexed(corpus, embedder, "trees", "oak", "elm")
    await reembed(moves, new, nothing)
    await moves.forget_others(new.name)
    assert await nearest(corpus, embedder, "elm") == []
    assert await nearest(corpus, new, "elm") == ["elm"]
    assert await store.contradictions() == []
    assert await corpus.remove(kept.id, of("alice"))
    assert await store.contradictions() == []


async def test_documents_come_and_go_while_everything_moves(
    corpus: Corpus, embedder: WordEmbedder, moves: Moves, store: Store
) -> None:
    gone = await indexed(corpus, embedder, "gone", "oak")
    await moves.begin("words@2", 96)

    class Meanwhile(WordEmbedder):
        """Is asked for vectors while documents change."""

        async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
            if not self.embedded:
                await corpus.remove(gone.id, of("alice"))
                await indexed(corpus, embedder, "come", "elm")
            return await super().embed(texts, kind)

    new = Meanwhile("words@2", 96)
    await reembed(moves, new, nothing)
    await moves.forget_others(new.name)
    assert await nearest(corpus, new, "elm") == ["elm"]
    assert await store.contradictions() == []


async def test_nothing_is_indexed_with_a_model_that_no_longer_serves(
    corpus: Corpus, embedder: WordEmbedder, new: WordEmbedder, moves: Moves
) -> None:
    await indexed(corpus, embedder, "trees", "oak")
    await reembed(moves, new, nothing)
    late = await corpus.submit(document("late"), b"content")
    vectors = await embedder.embed(["elm"])
    with pytest.raises(Unavailable):
        await corpus.index(late, embedder.name, chunks("elm"), vectors)
    ingestion = Ingestion(
        corpus, Switching(moves, embedder), ThreadReader({TEXT: lines}, embedder.count)
    )
    with pytest.raises(Unavailable, match=r"words@2, which is not here"):
        await ingestion.index_next()
    assert await corpus.claim() is not None


async def test_with_both_models_at_hand_documents_get_the_one_that_serves(
    corpus: Corpus, embedder: WordEmbedder, new: WordEmbedder, moves: Moves
) -> None:
    await indexed(corpus, embedder, "trees", "oak")
    both = Switching(moves, new, embedder)
    ingestion = Ingestion(corpus, both, ThreadReader({TEXT: lines}, embedder.count))
    await corpus.submit(document("more.txt", b"elm"), b"elm")
    assert await ingestion.index_next()
    assert (new.embedded, await nearest(corpus, embedder, "elm")) == ([], ["elm"])


def test_the_command_does_nothing_twice(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    for _ in range(2):
        COMMANDS["reembed"].run(load(Settings), Namespace(grace_seconds=0.0))
        assert capsys.readouterr().out == "done\n"

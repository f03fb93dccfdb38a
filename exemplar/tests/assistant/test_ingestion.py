"""Ingestion: what waits is indexed, and what has not changed is not embedded again."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest

from documents import document, of
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.documents import Progress
from quillwort.assistant.embedding import Kind, Vectors
from quillwort.assistant.ingestion import BATCH, Ingestion
from quillwort.assistant.loading import TEXT, Unreadable
from quillwort.assistant.passages import Block
from quillwort.assistant.reading import ThreadReader
from quillwort.domain.errors import Unavailable
from word_embedder import WordEmbedder


def sections(content: bytes) -> Iterator[Block]:
    """Read a heading and its paragraph from every line: `heading: paragraph`."""
    for line in content.decode().splitlines():
        heading, _, paragraph = line.partition(": ")
        yield Block("heading", heading, level=1)
        yield Block("paragraph", paragraph)


def unreadable(_: bytes) -> Iterator[Block]:
    """Read nothing."""
    raise Unreadable("malformed", "It breaks off.")
    yield


async def test_what_waits_is_indexed_one_after_another(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    ingestion = Ingestion(corpus, embedder, ThreadReader({TEXT: sections}, embedder.count))
    for name in ("first.txt", "second.txt"):
        await corpus.submit(document(name, name.encode()), b"Trees: oak and ash")
    assert [await ingestion.index_next() for _ in range(3)] == [True, True, False]
    scored = await corpus.by_keywords(of("alice"), ["oak"])
    kept = await corpus.passages(scored.numbers.tolist(), of("alice"))
    assert sorted(each.name for each in kept.values()) == ["first.txt", "second.txt"]


async def test_sections_that_have_not_changed_are_not_embedded_again(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    ingestion = Ingestion(corpus, embedder, ThreadReader({TEXT: sections}, embedder.count))
    before, after = b"Trees: oak and ash\nShrubs: hazel", b"Trees: oak and ash\nShrubs: elder"
    await corpus.submit(document("plants.txt", before), before)
    await ingestion.index_next()
    embedder.embedded.clear()
    await corpus.submit(document("plants.txt", after), after)
    await ingestion.index_next()
    assert embedder.embedded == ["Shrubs\nelder"]
    (vector,) = await embedder.embed(["Trees\noak and ash"])
    assert max((await corpus.by_vector(of("alice"), vector.tolist(), 5)).values()) > 0.999


async def test_a_document_that_cannot_be_read_says_why(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    ingestion = Ingestion(corpus, embedder, ThreadReader({TEXT: unreadable}, embedder.count))
    kept = await corpus.submit(document("broken.txt", b"words"), b"words")
    assert await ingestion.index_next()
    failed = await corpus.get(kept.id, of("alice"))
    assert failed is not None
    assert (failed.status, failed.problem, failed.detail) == (
        "failed",
        "malformed",
        "It breaks off.",
    )


class Broken(WordEmbedder):
    """Stops after so many batches."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self.batches = batches

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        if not self.batches:
            raise Unavailable("The model does not answer.")
        self.batches -= 1
        return await super().embed(texts, kind)


def many(content: bytes) -> Iterator[Block]:
    """Read a section of one word for each number up to the one that is there."""
    for number in range(int(content)):
        yield Block("heading", f"section {number}", level=1)
        yield Block("paragraph", f"word{number}")


async def test_what_was_embedded_of_a_long_document_is_not_embedded_again(corpus: Corpus) -> None:
    count = 3 * BATCH + 1
    content = str(count).encode()
    kept = await corpus.submit(document("long.txt", content), content)
    broken, whole = Broken(batches=2), WordEmbedder()
    reader = ThreadReader({TEXT: many}, whole.count)
    with pytest.raises(Unavailable):
        await Ingestion(corpus, broken, reader).index_next()
    waiting = await corpus.get(kept.id, of("alice"))
    assert waiting is not None
    assert waiting.progress == Progress("embedding", 2 * BATCH, count)
    assert await Ingestion(corpus, whole, reader).index_next()
    assert len(whole.embedded) == count - 2 * BATCH
    done = await corpus.get(kept.id, of("alice"))
    assert done is not None
    assert (done.status, done.chunks, done.progress) == ("indexed", count, None)


async def test_what_another_document_of_its_readers_says_too_is_not_embedded_again(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    ingestion = Ingestion(corpus, embedder, ThreadReader({TEXT: sections}, embedder.count))
    content = b"Trees: oak and ash"
    for name in ("one.txt", "other.txt"):
        await corpus.submit(document(name, content), content)
        await ingestion.index_next()
    assert embedder.embedded == ["Trees\noak and ash"]
    assert len((await corpus.by_keywords(of("alice"), ["oak"])).numbers) == 2


async def test_how_far_a_document_is_tells_nothing_of_what_others_have(corpus: Corpus) -> None:
    content = str(2 * BATCH).encode()
    for owner in ("bob", "alice"):
        kept = await corpus.submit(document("long.txt", content, owner), content)
        broken = Broken(batches=1 if owner == "alice" else 2)
        ingestion = Ingestion(corpus, broken, ThreadReader({TEXT: many}, broken.count))
        with suppress(Unavailable):
            await ingestion.index_next()
    waiting = await corpus.get(kept.id, of("alice"))
    assert waiting is not None
    assert waiting.progress == Progress("embedding", BATCH, 2 * BATCH)

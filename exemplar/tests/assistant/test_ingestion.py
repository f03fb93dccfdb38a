"""Ingestion: what waits is indexed, and what has not changed is not embedded again."""

from collections.abc import Iterator

from documents import document
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.ingestion import Ingestion
from quillwort.assistant.loading import TEXT, Unreadable
from quillwort.assistant.passages import Block
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
    ingestion = Ingestion(corpus, embedder, {TEXT: sections})
    for name in ("first.txt", "second.txt"):
        await corpus.submit(document(name, name.encode()), b"Trees: oak and ash")
    assert [await ingestion.index_next() for _ in range(3)] == [True, True, False]
    scored = await corpus.by_keywords("alice", ["oak"])
    kept = await corpus.passages(scored.numbers.tolist(), "alice")
    assert sorted(each.name for each in kept.values()) == ["first.txt", "second.txt"]


async def test_sections_that_have_not_changed_are_not_embedded_again(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    ingestion = Ingestion(corpus, embedder, {TEXT: sections})
    before, after = b"Trees: oak and ash\nShrubs: hazel", b"Trees: oak and ash\nShrubs: elder"
    await corpus.submit(document("plants.txt", before), before)
    await ingestion.index_next()
    embedder.embedded.clear()
    await corpus.submit(document("plants.txt", after), after)
    await ingestion.index_next()
    assert embedder.embedded == ["Shrubs\nelder"]
    (vector,) = await embedder.embed(["Trees\noak and ash"])
    assert max((await corpus.by_vector("alice", vector.tolist(), 5)).values()) > 0.999


async def test_a_document_that_cannot_be_read_says_why(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    ingestion = Ingestion(corpus, embedder, {TEXT: unreadable})
    kept = await corpus.submit(document("broken.txt", b"words"), b"words")
    assert await ingestion.index_next()
    failed = await corpus.get(kept.id, "alice")
    assert failed is not None
    assert (failed.status, failed.problem, failed.detail) == (
        "failed",
        "malformed",
        "It breaks off.",
    )

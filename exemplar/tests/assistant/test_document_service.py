"""What documents wake: whoever indexes them, when there is something to index."""

from documents import indexed
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.document_service import DocumentService
from quillwort.domain.values import Principal
from word_embedder import WordEmbedder

ALICE = Principal("alice", "alice", frozenset({"documents:read", "documents:write"}))


async def test_only_what_waits_to_be_indexed_wakes_the_ingestion(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    woken: list[str] = []
    service = DocumentService(corpus, lambda: woken.append("woken"))
    await indexed(corpus, embedder, "trees", "oak")
    assert (await service.submit(ALICE, "trees", b"oak")).status == "indexed"
    assert woken == []
    assert (await service.submit(ALICE, "trees", b"elm")).status == "queued"
    assert len(woken) == 1
    # What waits already may be waiting for nobody.
    assert (await service.submit(ALICE, "trees", b"elm")).status == "queued"
    assert len(woken) == 2

"""While the embedder is away: searches go by keywords and say so, and documents wait."""

import asyncio
from collections.abc import Callable, Iterator, Sequence

import pytest

from answers import MemoryAnswers
from corpora import Store
from documents import document, indexed, of
from quillwort.assistant import ingestion as ingestion_module
from quillwort.assistant.answer_runs import AnswerRuns
from quillwort.assistant.answer_settings import AnswerSettings
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.documents import Document
from quillwort.assistant.embedding import Kind, Refused, Vectors
from quillwort.assistant.events import Done
from quillwort.assistant.extractive import Extractive
from quillwort.assistant.ingestion import Ingestion
from quillwort.assistant.loading import TEXT
from quillwort.assistant.passages import Block
from quillwort.assistant.question_service import QuestionService
from quillwort.assistant.ranking import Fusion, Ranking
from quillwort.assistant.reading import ThreadReader
from quillwort.assistant.search_service import SearchService
from quillwort.domain.values import Principal
from word_embedder import Away, WordEmbedder

ALICE = Principal("alice", "alice", frozenset({"documents:read", "documents:write"}))


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingestion_module, "ASKED_AGAIN_SECONDS", 0.05)


def paragraph(content: bytes) -> Iterator[Block]:
    yield Block("paragraph", content.decode())


async def becomes(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while True:
            if holds():
                return
            await asyncio.sleep(0.02)


async def settles(corpus: Corpus, kept: Document, status: str) -> Document:
    async with asyncio.timeout(10):
        while True:
            found = await corpus.get(kept.id, of("alice"))
            if found is not None and found.status == status:
                return found
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("fusion", ["convex", "reciprocal_rank", "dense"])
async def test_a_search_goes_by_keywords_and_says_so(
    corpus: Corpus, embedder: WordEmbedder, fusion: Fusion
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash", "pine and fir")
    away = Away()
    search = SearchService(corpus, away, Ranking(fusion))
    found = await search.search(ALICE, "oak")
    assert [hit.chunk.text for hit in found.hits] == ["oak and ash"]
    assert found.degraded
    away.back = True
    assert not (await search.search(ALICE, "oak")).degraded


async def test_a_search_by_keywords_asks_no_embedder_and_lacks_nothing(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash")
    away = Away()
    assert not (await SearchService(corpus, away, Ranking("keyword")).search(ALICE, "oak")).degraded
    assert away.asked == 0


async def test_a_query_is_embedded_as_a_question(corpus: Corpus, embedder: WordEmbedder) -> None:
    await indexed(corpus, embedder, "trees", "oak and ash")
    await SearchService(corpus, embedder).search(ALICE, "oak")
    assert embedder.kinds[:2] == ["passage", "question"]


@pytest.mark.parametrize("back", [False, True])
async def test_an_answer_ends_with_whether_keywords_alone_were_searched(
    corpus: Corpus, embedder: WordEmbedder, *, back: bool
) -> None:
    await indexed(corpus, embedder, "trees", "The oak is tall.")
    away = Away()
    away.back = back
    async with AnswerRuns(MemoryAnswers(), AnswerSettings()) as runs:
        questions = QuestionService(SearchService(corpus, away), Extractive(), runs)
        events = [event async for event in await questions.ask(ALICE, "How tall is the oak?")]
    assert events[-1] == Done("answered", degraded=not back)


async def test_documents_wait_and_are_not_given_up(corpus: Corpus, store: Store) -> None:
    away = Away()
    kept = await corpus.submit(document("oak.txt", b"oak"), b"oak")
    async with Ingestion(corpus, away, ThreadReader({TEXT: paragraph}, away.count)) as ingestion:
        ingestion.wake()
        # More often than a document may be tried.
        await becomes(lambda: away.asked > 7)
        waiting = await corpus.get(kept.id, of("alice"))
        assert waiting is not None
        assert (waiting.status, waiting.problem) == ("queued", None)
        away.back = True
        await settles(corpus, kept, "indexed")
    assert await store.contradictions() == []


async def test_nobody_waits_for_a_document_that_was_removed(corpus: Corpus) -> None:
    away = Away()
    kept = await corpus.submit(document("oak.txt", b"oak"), b"oak")
    async with Ingestion(corpus, away, ThreadReader({TEXT: paragraph}, away.count)) as ingestion:
        ingestion.wake()
        await becomes(lambda: away.asked > 0)
        await corpus.remove(kept.id, of("alice"))
        asked = away.asked
        await asyncio.sleep(0.5)
        assert away.asked <= asked + 2


class Refusing(WordEmbedder):
    """Takes anything but oaks."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        if "oak" in texts:
            self.refused += 1
            raise Refused("No oaks.")
        return await super().embed(texts, kind)


async def test_what_is_refused_fails_at_once_and_others_are_indexed(corpus: Corpus) -> None:
    refusing = Refusing()
    oak = await corpus.submit(document("oak.txt", b"oak"), b"oak")
    ash = await corpus.submit(document("ash.txt", b"ash"), b"ash")
    reader = ThreadReader({TEXT: paragraph}, refusing.count)
    async with Ingestion(corpus, refusing, reader) as ingestion:
        ingestion.wake()
        await settles(corpus, ash, "indexed")
        failed = await settles(corpus, oak, "failed")
    assert (failed.problem, failed.detail) == ("refused", "No oaks.")
    assert refusing.refused == 1

"""Searches, answers and documents move what Prometheus is told."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence

from prometheus_client.parser import text_string_to_metric_families

from dashboards import asked, told
from documents import document
from quillwort.adapters.metrics.assistant import AssistantMetrics
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.events import Done, Event, Token
from quillwort.assistant.extractive import Extractive
from quillwort.assistant.ingestion import Ingestion
from quillwort.assistant.loading import TEXT, Unreadable
from quillwort.assistant.observation import ObservedAnswerer, ObservedSearch, Silent
from quillwort.assistant.passages import Block
from quillwort.assistant.ranking import Ranking
from quillwort.assistant.reading import ThreadReader
from quillwort.assistant.search_service import Hit
from quillwort.domain.values import Principal
from quillwort.kit.metrics import Metrics
from word_embedder import Away, WordEmbedder

ALICE = Principal("alice", "alice", frozenset({"documents:read", "documents:write"}))


def samples(metrics: Metrics) -> dict[str, float]:
    """Return every sample of the assistant's that is not 0, by its name and labels' values."""
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(metrics.told().decode())
        for sample in family.samples
        if sample.name.startswith("assistant_") and sample.value and "_created" not in sample.name
    }


def read(content: bytes) -> Iterator[Block]:
    """Read one paragraph, or nothing of what says so."""
    if b"unreadable" in content:
        raise Unreadable("malformed", "It breaks off.")
    yield Block("paragraph", content.decode())


async def test_documents_searches_and_answers_are_counted(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    metrics = Metrics()
    observer = AssistantMetrics(metrics)
    ingestion = Ingestion(corpus, embedder, ThreadReader({TEXT: read}, embedder.count), observer)
    search = ObservedSearch(corpus, embedder, Ranking(), observer)
    answerer = ObservedAnswerer(Extractive(), observer)
    assert (await search.search(ALICE, "oak")).hits == ()
    for name, content in (("oak.txt", b"The oak is tall."), ("bad.txt", b"unreadable")):
        await corpus.submit(document(name, content), content)
        await ingestion.index_next()
    await ObservedSearch(corpus, Away(), Ranking(), observer).search(ALICE, "oak")
    hits = (await search.search(ALICE, "How tall is the oak?")).hits
    events = [event async for event in answerer.answer(ALICE, "How tall is the oak?", hits)]
    assert isinstance(events[-1], Done)
    seen = samples(metrics)
    assert seen["assistant_searches_empty_total"] == 1
    assert seen["assistant_searches_degraded_total"] == 1
    assert seen["assistant_search_duration_seconds_count"] == 3
    assert seen["assistant_search_best_score_count fused"] == 2
    assert seen["assistant_search_best_score_count dense"] == 2
    assert seen["assistant_documents_total indexed"] == 1
    assert seen["assistant_documents_total malformed"] == 1
    assert seen["assistant_chunks_total"] == 1
    assert seen["assistant_indexing_duration_seconds_count"] == 1
    assert seen["assistant_answer_duration_seconds_count answered"] == 1
    assert seen["assistant_answer_first_token_seconds_count"] == 1
    assert "assistant_answers_open" not in seen


async def test_what_waits_is_told_while_documents_are_looked_for(
    corpus: Corpus, embedder: WordEmbedder
) -> None:
    told = asyncio.Event()

    class Watching(Silent):
        def on_waiting(self, documents: int) -> None:
            waiting.append(documents)
            told.set()

    waiting: list[int] = []
    for name in ("a.txt", "b.txt"):
        await corpus.submit(document(name, name.encode()), name.encode())
    async with Ingestion(corpus, embedder, ThreadReader({TEXT: read}, embedder.count), Watching()):
        await told.wait()
    assert waiting[0] == 2


class Endless:
    """Answers without an end, and knows when it is stopped."""

    version = "endless"

    def __init__(self) -> None:
        self.stopped = False

    async def answer(
        self, _principal: Principal, _question: str, _hits: Sequence[Hit]
    ) -> AsyncIterator[Event]:
        try:
            while True:
                yield Token("and ")
        finally:
            self.stopped = True


async def test_an_answer_whose_caller_leaves_is_stopped_and_counted() -> None:
    metrics, endless = Metrics(), Endless()
    events = ObservedAnswerer(endless, AssistantMetrics(metrics)).answer(ALICE, "?", ())
    assert isinstance(events, AsyncGenerator)
    await anext(events)
    assert samples(metrics)["assistant_answers_open"] == 1
    await events.aclose()
    assert endless.stopped
    seen = samples(metrics)
    assert "assistant_answers_open" not in seen
    assert seen["assistant_answer_duration_seconds_count abandoned"] == 1


def test_the_dashboard_asks_for_what_is_told_and_shows_all_of_it() -> None:
    metrics = Metrics()
    AssistantMetrics(metrics)
    shown = set(asked("assistant.json"))
    assert shown <= told(metrics)
    kinds = ("_bucket", "_count", "_sum", "_total")
    for name in told(metrics):
        stem = next((name.removesuffix(kind) for kind in kinds if name.endswith(kind)), name)
        if stem.startswith("assistant_"):
            assert any(each.startswith(stem) for each in shown), stem

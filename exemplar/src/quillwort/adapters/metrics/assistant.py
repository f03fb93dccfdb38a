"""What an assistant does, counted and timed."""

from typing import Final

from prometheus_client import Gauge

from quillwort.assistant.events import Outcome
from quillwort.assistant.search_service import Found
from quillwort.kit.metrics import Counts, Durations, Metrics

_SCORES: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Upper bounds of scores: the fused one is from 0 to 1, the inner product of unit vectors too."""

ABANDONED: Final = "abandoned"
"""The outcome of an answer that had none: its caller left, or it was cut off."""


class AssistantMetrics:
    """Counts what it is told of searches, answers and documents."""

    def __init__(self, metrics: Metrics) -> None:
        registry = metrics.registry
        self._searches = Durations(
            metrics, "assistant_search_duration_seconds", "Seconds of searches.", ()
        )
        self._scores = Durations(
            metrics,
            "assistant_search_best_score",
            "Score of each search's best passage: fused, and of its vector alone.",
            ("kind",),
            _SCORES,
        )
        self._empty = Counts(
            metrics, "assistant_searches_empty", "Searches that found no passage.", ()
        )
        self._degraded = Counts(
            metrics,
            "assistant_searches_degraded",
            "Searches by keywords alone, because the embedder did not answer.",
            (),
        )
        self._answers = Durations(
            metrics, "assistant_answer_duration_seconds", "Seconds of answers.", ("outcome",)
        )
        self._first_tokens = Durations(
            metrics,
            "assistant_answer_first_token_seconds",
            "Seconds from an answer's passages to its first token.",
            (),
        )
        self._open = Gauge(
            "assistant_answers_open", "Answers that are being told now.", registry=registry
        )
        self._documents = Counts(
            metrics,
            "assistant_documents",
            "Documents by what became of them: indexed, or the problem.",
            ("outcome",),
        )
        self._chunks = Counts(metrics, "assistant_chunks", "Chunks indexed.", ())
        self._indexing = Durations(
            metrics, "assistant_indexing_duration_seconds", "Seconds of indexing a document.", ()
        )
        self._waiting = Gauge(
            "assistant_documents_waiting", "Documents that wait to be indexed.", registry=registry
        )

    def on_search(self, seconds: float, found: Found) -> None:
        """Count a search, and the scores of the first passage."""
        self._searches.observe(seconds)
        if found.degraded:
            self._degraded.add(1)
        if not found.hits:
            self._empty.add(1)
            return
        fused = found.hits[0].fused
        self._scores.observe(fused.score, "fused")
        self._scores.observe(fused.dense, "dense")

    def on_begin(self) -> None:
        """Count an answer as open."""
        self._open.inc()

    def on_first_token(self, seconds: float) -> None:
        """Count a first token."""
        self._first_tokens.observe(seconds)

    def on_end(self, outcome: Outcome | None, seconds: float) -> None:
        """Count an answer as over."""
        self._open.dec()
        self._answers.observe(seconds, outcome or ABANDONED)

    def on_indexed(self, chunks: int, seconds: float) -> None:
        """Count a document and its chunks."""
        self._documents.add(1, "indexed")
        self._chunks.add(chunks)
        self._indexing.observe(seconds)

    def on_failed(self, problem: str) -> None:
        """Count a document that could not be read."""
        self._documents.add(1, problem)

    def on_waiting(self, documents: int) -> None:
        """Keep how many documents wait."""
        self._waiting.set(documents)

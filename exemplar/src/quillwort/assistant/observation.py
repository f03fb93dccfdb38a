"""Who is told how searches, answers, ingestion and models go: ports, and those who tell them.

Observers are told in passing, so they neither wait nor raise.
"""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import Final, Protocol

from quillwort.assistant.answering import Answerer
from quillwort.assistant.embedding import Embedder
from quillwort.assistant.events import Done, Event, Outcome, Token
from quillwort.assistant.ranking import Ranking
from quillwort.assistant.reranking import Reranker
from quillwort.assistant.search_service import DEFAULT_HITS, Found, Hit, Searched, SearchService
from quillwort.domain.values import Principal


class SearchObserver(Protocol):
    """Is told of searches."""

    def on_search(self, seconds: float, found: Found) -> None:
        """Take in that a search took so long and found this."""


class AnswerObserver(Protocol):
    """Is told of answers; each that begins ends, and some have a first token between."""

    def on_begin(self) -> None:
        """Take in that an answer begins."""

    def on_first_token(self, seconds: float) -> None:
        """Take in that its first token came so long after it began."""

    def on_end(self, outcome: Outcome | None, seconds: float) -> None:
        """Take in that it ended after so long; without an outcome its caller left or it failed."""


class IngestionObserver(Protocol):
    """Is told what becomes of documents."""

    def on_indexed(self, chunks: int, seconds: float) -> None:
        """Take in that a document was indexed as so many chunks."""

    def on_failed(self, problem: str) -> None:
        """Take in that a document could not be indexed."""

    def on_waiting(self, documents: int) -> None:
        """Take in that so many documents wait now."""


class Observer(SearchObserver, AnswerObserver, IngestionObserver, Protocol):
    """Is told of all that an assistant does."""


class Silent:
    """Takes in nothing."""

    def on_search(self, seconds: float, found: Found) -> None:
        """Take in nothing."""

    def on_begin(self) -> None:
        """Take in nothing."""

    def on_first_token(self, seconds: float) -> None:
        """Take in nothing."""

    def on_end(self, outcome: Outcome | None, seconds: float) -> None:
        """Take in nothing."""

    def on_indexed(self, chunks: int, seconds: float) -> None:
        """Take in nothing."""

    def on_failed(self, problem: str) -> None:
        """Take in nothing."""

    def on_waiting(self, documents: int) -> None:
        """Take in nothing."""


SILENT: Final = Silent()


class ObservedSearch(SearchService):
    """Searches, and tells an observer."""

    def __init__(
        self,
        corpus: Searched,
        embedder: Embedder,
        ranking: Ranking,
        observer: SearchObserver,
        reranker: Reranker | None = None,
    ) -> None:
        super().__init__(corpus, embedder, ranking, reranker)
        self._observer = observer

    async def search(self, principal: Principal, query: str, limit: int = DEFAULT_HITS) -> Found:
        """Search, as the service does; what is refused is not told."""
        began = time.perf_counter()
        found = await super().search(principal, query, limit)
        self._observer.on_search(time.perf_counter() - began, found)
        return found


class ObservedAnswerer:
    """Passes an answerer's events on, and tells an observer."""

    def __init__(self, answerer: Answerer, observer: AnswerObserver) -> None:
        self._answerer = answerer
        self._observer = observer

    @property
    def version(self) -> str:
        """The answerer's own."""
        return self._answerer.version

    async def answer(
        self, principal: Principal, question: str, hits: Sequence[Hit]
    ) -> AsyncIterator[Event]:
        """Tell the answer, as the answerer does."""
        began = time.perf_counter()
        outcome: Outcome | None = None
        first = True
        self._observer.on_begin()
        events = self._answerer.answer(principal, question, hits)
        try:
            async for event in events:
                if first and isinstance(event, Token):
                    first = False
                    self._observer.on_first_token(time.perf_counter() - began)
                if isinstance(event, Done):
                    outcome = event.outcome
                yield event
        finally:
            self._observer.on_end(outcome, time.perf_counter() - began)
            # Who closes this one early stops the answer itself.
            if isinstance(events, AsyncGenerator):
                await events.aclose()

"""Questions: answered from what the caller may read, with the passages that say so."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace

from quillwort.assistant.answer_runs import AnswerRuns
from quillwort.assistant.answering import Answerer
from quillwort.assistant.events import Done, Event
from quillwort.assistant.search_service import SearchService, check_question
from quillwort.assistant.telling import Following
from quillwort.domain.values import Principal


class QuestionService:
    """Answers questions."""

    def __init__(self, search: SearchService, answerer: Answerer, runs: AnswerRuns) -> None:
        self._search = search
        self._answerer = answerer
        self._runs = runs

    async def ask(self, principal: Principal, question: str) -> Following:
        """Have a question answered, and return the answer's first reader.

        Everything that can be refused is refused before this returns. Close the reader when its
        caller goes away: the answer is stopped unless another reader comes in time.

        Raises:
            InvalidInput: when the question is empty or too long.
            PermissionDenied: without the scope.
            Unavailable: when the store does not answer.
        """
        # No store of text keeps NUL, and nobody asks for it.
        question = question.replace("\x00", " ")
        check_question("question", question)
        found = await self._search.search(principal, question, self._search.passages)
        events = self._answerer.answer(principal, question, found.hits)
        if found.degraded:
            events = _degraded(events)
        return self._runs.start(principal.subject, question, self._answerer.version, events)


async def _degraded(events: AsyncIterator[Event]) -> AsyncGenerator[Event]:
    """Pass events on, and have the end say that keywords alone were searched."""
    try:
        async for event in events:
            yield replace(event, degraded=True) if isinstance(event, Done) else event
    finally:
        # Who closes this one early stops the answer itself.
        if isinstance(events, AsyncGenerator):
            await events.aclose()

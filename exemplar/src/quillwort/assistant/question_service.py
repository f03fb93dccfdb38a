"""Questions: answered from what the caller may read, with the passages that say so."""

from collections.abc import AsyncIterator

from quillwort.assistant.answering import Answerer
from quillwort.assistant.events import Event
from quillwort.assistant.search_service import SearchService, check_question
from quillwort.domain.values import Principal


class QuestionService:
    """Answers questions."""

    def __init__(self, search: SearchService, answerer: Answerer) -> None:
        self._search = search
        self._answerer = answerer

    async def ask(self, principal: Principal, question: str) -> AsyncIterator[Event]:
        """Return what is told of the answer, piece by piece.

        Everything that can be refused is refused before this returns.

        Raises:
            InvalidInput: when the question is empty or too long.
            PermissionDenied: without the scope.
            Unavailable: when the store or the embedder does not answer.
        """
        check_question("question", question)
        hits = await self._search.search(principal, question, self._search.passages)
        return self._answerer.answer(principal, question, hits)

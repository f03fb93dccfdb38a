"""What callers can do with answers, once they have asked.

Every entry point goes through here.
"""

from typing import Protocol
from uuid import UUID

from quillwort.assistant.answer_runs import AnswerRuns
from quillwort.assistant.answers import Answer, Feedback
from quillwort.assistant.documents import ACCESS, Document
from quillwort.assistant.telling import Following, Telling
from quillwort.domain.errors import Conflict, NotFound
from quillwort.domain.values import Principal


class ReadableDocuments(Protocol):
    """Tells what a caller may read now."""

    async def get(self, principal: Principal, document_id: UUID) -> Document:
        """Return the document.

        Raises:
            NotFound: when there is none among those that the caller may read.
        """


class AnswerService:
    """Answers: read, continued, stopped and rated by those who asked.

    They quote documents, so the right to read documents is the right to all of it, and an answer
    that has ended is found as long as its reader may read every document it rests on. Every method
    raises `PermissionDenied` without the scope, `NotFound` when there is no such answer among those
    that the caller may reach, and `Unavailable` when the store does not answer.
    """

    def __init__(self, runs: AnswerRuns, documents: ReadableDocuments) -> None:
        self._runs = runs
        self._documents = documents
        self._store = runs.store

    async def get(self, principal: Principal, answer_id: UUID) -> Answer:
        """Return the answer as far as it is told."""
        asker = _reach(principal)
        under_way = self._runs.answer(answer_id, asker)
        if under_way is not None:
            return under_way
        kept = await self._store.get(answer_id, asker)
        if kept is None or not await self._readable(principal, kept):
            raise NotFound("answer", answer_id)
        return kept

    async def follow(self, principal: Principal, answer_id: UUID, after: int = 0) -> Following:
        """Return a reader of the answer that begins after the event of that number."""
        asker = _reach(principal)
        under_way = self._runs.follow(answer_id, asker, after)
        if under_way is not None:
            return under_way
        return Following(Telling(await self.get(principal, answer_id)), after, _nothing)

    async def stop(self, principal: Principal, answer_id: UUID) -> None:
        """Stop the answer, and whatever makes it; one that has ended stays as it is."""
        asker = _reach(principal)
        if not await self._runs.stop(answer_id, asker):
            await self.get(principal, answer_id)

    async def rate(self, principal: Principal, answer_id: UUID, feedback: Feedback) -> Answer:
        """Keep what the caller thinks of the answer, and return it with that.

        Raises:
            Conflict: while the answer is being written.
        """
        asker = _reach(principal)
        if not await self._store.rate(answer_id, asker, feedback):
            answer = await self.get(principal, answer_id)
            raise Conflict(f"The answer {answer.id} is still being written.")
        return await self.get(principal, answer_id)

    async def _readable(self, principal: Principal, answer: Answer) -> bool:
        try:
            for document_id in {found.hit.document_id for found in answer.passages}:
                await self._documents.get(principal, document_id)
        except NotFound:
            return False
        return True


def _reach(principal: Principal) -> str | None:
    """Return whose answers may be read, or None for everybody's."""
    return None if ACCESS.read(principal) is None else principal.subject


def _nothing() -> None:
    """Leave an answer that has ended as it is."""

"""What tests of answers share: passages at hand, and answers whose pieces a test gives out."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from quillwort.assistant.answers import Answer, Feedback
from quillwort.assistant.documents import Document
from quillwort.assistant.events import Done, Event
from quillwort.assistant.fusion import Fused
from quillwort.assistant.passages import Chunk
from quillwort.assistant.search_service import Hit
from quillwort.domain.errors import NotFound, Unavailable
from quillwort.domain.values import Principal

ALICE = Principal("alice", "alice", frozenset({"documents:read"}))
BOB = Principal("bob", "bob", frozenset({"documents:read"}))


def hit(
    text: str, dense: float = 0.6, *, key: str = "key", tokens: int = 10, context: str = ""
) -> Hit:
    """Return a passage as a search finds it."""
    fused = Fused(1, 1.0, 0.0, dense, None, 1)
    chunk = Chunk(key, 0, ("Lease", "Repairs"), text, tokens, 3)
    return Hit(UUID(int=1), "lease.md", "Lease", chunk, fused, context, near=dense)


class Scripted:
    """An answerer whose events come when the test gives them out."""

    version = "scripted-1"

    def __init__(self) -> None:
        self._given: asyncio.Queue[Event] = asyncio.Queue()
        self.closed = asyncio.Event()

    def give(self, *events: Event) -> None:
        """Have these told."""
        for event in events:
            self._given.put_nowait(event)

    async def answer(
        self, _principal: Principal, _question: str, _hits: Sequence[Hit]
    ) -> AsyncGenerator[Event, None]:
        """Tell what is given out, to the end."""
        try:
            done = False
            while not done:
                event = await self._given.get()
                done = isinstance(event, Done)
                yield event
        finally:
            self.closed.set()


class AnyDocument:
    """Documents of which every one may be read, until a test says otherwise."""

    def __init__(self) -> None:
        self.gone = False

    async def get(self, _principal: Principal, document_id: UUID) -> Document:
        """Return it."""
        if self.gone:
            raise NotFound("document", document_id)
        moment = datetime.now(UTC)
        return Document(
            id=document_id,
            owner_id="alice",
            version=1,
            created_at=moment,
            updated_at=moment,
            name="lease.md",
            title="Lease",
            media_type="text/markdown",
            digest="",
            size_bytes=0,
            status="indexed",
            problem=None,
            detail=None,
            chunks=1,
        )


class MemoryAnswers:
    """Answers in a dictionary, or nowhere while `down`."""

    def __init__(self) -> None:
        self.kept: dict[UUID, Answer] = {}
        self.feedback: dict[UUID, Feedback] = {}
        self.down = False
        self.forgot = asyncio.Event()

    async def keep(self, answer: Answer) -> None:
        """Keep it."""
        if self.down:
            raise Unavailable("The database does not answer.")
        self.kept[answer.id] = answer

    async def get(self, answer_id: UUID, asker: str | None) -> Answer | None:
        """Return it."""
        return reachable(self.kept, answer_id, asker)

    async def rate(self, answer_id: UUID, asker: str | None, feedback: Feedback) -> bool:
        """Keep feedback."""
        if reachable(self.kept, answer_id, asker) is None:
            return False
        self.feedback[answer_id] = feedback
        return True

    async def forget(self, before: datetime) -> int:
        """Forget what is older."""
        old = [key for key, answer in self.kept.items() if answer.created_at < before]
        for key in old:
            del self.kept[key]
            self.forgot.set()
        return len(old)


def reachable(kept: Mapping[UUID, Answer], key: UUID, asker: str | None) -> Answer | None:
    """Return the answer of the key if the asker may have it."""
    found = kept.get(key)
    return None if found is None or asker not in {None, found.asker} else found

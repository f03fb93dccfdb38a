"""One answer on its way to its readers: each reads all of it, at a pace of its own."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self
from uuid import UUID

from quillwort.assistant.answers import Answer
from quillwort.assistant.events import Done, Event

BATCH: Final = 64
"""How many events a reader is given at once at most: what it writes of them is held in memory."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """An event and its place in the answer, from 1."""

    number: int
    event: Event


class Telling:
    """An answer that grows until it is done. Readers share its events; no reader has a queue."""

    __slots__ = ("_answer", "_events", "_told")

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._events = list(answer.events)
        self._told = asyncio.Event()

    @property
    def id(self) -> UUID:
        """The answer's."""
        return self._answer.id

    @property
    def asker(self) -> str:
        """Whose answer it is."""
        return self._answer.asker

    @property
    def ended(self) -> bool:
        """Whether nothing more will be told."""
        return bool(self._events) and isinstance(self._events[-1], Done)

    @property
    def answer(self) -> Answer:
        """The answer as far as it is told."""
        return replace(self._answer, events=tuple(self._events))

    def finished(self, done: Done, at: datetime) -> Answer:
        """Return the answer as it is once `done` is told."""
        return replace(self._answer, events=(*self._events, done), finished_at=at)

    def tell(self, event: Event) -> None:
        """Let every reader have the event."""
        self._events.append(event)
        self._told.set()
        self._told = asyncio.Event()

    def end(self, answer: Answer) -> None:
        """Let every reader have the end; `answer` is what `finished` gave."""
        self._answer = answer
        self.tell(answer.events[-1])

    def after(self, number: int, limit: int) -> Sequence[Event]:
        """Return the events that follow the one of that number."""
        return self._events[number : number + limit]

    async def more(self) -> None:
        """Return when another event is told."""
        await self._told.wait()


class Following:
    """One reader of an answer: an iterator over its events that ends after `Done`.

    Args:
        telling: the answer.
        after: the number of the event that was read last; 0 begins at the first.
        left: called once, when this reader has gone.
    """

    __slots__ = ("_left", "_telling", "position")

    def __init__(self, telling: Telling, after: int, left: Callable[[], None]) -> None:
        self._telling = telling
        self._left: Callable[[], None] | None = left
        self.position = after

    @property
    def id(self) -> UUID:
        """The answer's."""
        return self._telling.id

    @property
    def ended(self) -> bool:
        """Whether the whole answer has been read."""
        telling = self._telling
        return telling.ended and not telling.after(self.position, 1)

    def __aiter__(self) -> Self:
        """Return itself."""
        return self

    async def __anext__(self) -> Event:
        """Return the next event; wait for it as long as it takes."""
        told = await self._read(1)
        if not told:
            raise StopAsyncIteration
        return told[0].event

    async def within(self, seconds: float) -> Sequence[Numbered]:
        """Return what has been told since, `BATCH` events at most.

        None when nothing is in time, or the answer has ended.
        """
        try:
            async with asyncio.timeout(seconds):
                return await self._read(BATCH)
        except TimeoutError:
            return ()

    async def aclose(self) -> None:
        """Read no more; an answer without readers is stopped after a while."""
        if self._left is not None:
            self._left()
            self._left = None

    async def _read(self, limit: int) -> Sequence[Numbered]:
        """Return what follows, and wait for it; nothing follows an answer's end."""
        while not (told := self._telling.after(self.position, limit)):
            if self._telling.ended:
                return ()
            await self._telling.more()
        first = self.position + 1
        self.position += len(told)
        return [Numbered(number, event) for number, event in enumerate(told, first)]

"""Answers under way: each in a task of its own, whether somebody reads it or not."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final, Self
from uuid import UUID

import structlog

from quillwort.assistant.answer_settings import AnswerSettings
from quillwort.assistant.answers import Answer, Answers
from quillwort.assistant.events import Done, Event, Failed, Token
from quillwort.assistant.telling import Following, Telling
from quillwort.domain.errors import Unavailable
from quillwort.domain.values import new_id, utc_now
from quillwort.kit.lifecycle import cancelled

MOST_CHARACTERS: Final = 200_000
MOST_EVENTS: Final = 20_000
"""What an answer may have at most, whoever writes it: an answer is held in memory until it ends."""
KEPT_SECONDS: Final = 60.0
"""How long an answer that could not be stored is still at hand in the process."""
FORGET_SECONDS: Final = 3600.0
"""How often answers are looked for that have been kept long enough."""

_STOPPED: Final = Failed("stopped", "The answer was stopped.")
_FAILED: Final = Failed("failed", "Something went wrong here.")
_TOO_LONG: Final = Failed("too_long", "The answer went on beyond what one may have.")

_log = structlog.get_logger(__name__)


class _Run:
    """An answer under way, who reads it, and the task that makes it."""

    __slots__ = ("ending", "readers", "task", "telling", "timer")

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.readers = 0
        self.ending = False
        self.task: asyncio.Task[None] | None = None
        self.timer: asyncio.TimerHandle | None = None


class AnswerRuns:
    """The answers of this process that are under way, for as long as its context lasts.

    An answer is stored, then its end is told: whoever has read `Done` finds it in the store. One
    that nobody has read for `resume_seconds` is stopped, which closes what makes it.
    """

    def __init__(
        self, store: Answers, settings: AnswerSettings, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._store = store
        self._settings = settings
        self._now = now
        self._runs: dict[UUID, _Run] = {}
        self._forgetting: asyncio.Task[None] | None = None

    @property
    def store(self) -> Answers:
        """Where answers are that have ended."""
        return self._store

    async def __aenter__(self) -> Self:
        """Begin to forget what has been kept long enough."""
        self._forgetting = asyncio.create_task(self._forget())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop every answer, and keep what was told of it."""
        if self._forgetting is not None:
            self._forgetting.cancel()
        runs = list(self._runs.values())
        for run in runs:
            self._stop(run)
        await asyncio.gather(*(run.task for run in runs if run.task), return_exceptions=True)

    def start(
        self, asker: str, question: str, version: str, events: AsyncIterator[Event]
    ) -> Following:
        """Have an answer made, and return its first reader; `events` ends with `Done`."""
        run = _Run(Telling(Answer(new_id(), asker, question, version, self._now())))
        self._runs[run.telling.id] = run
        run.task = asyncio.create_task(self._make(run, events))
        return self._following(run, 0)

    def answer(self, answer_id: UUID, asker: str | None) -> Answer | None:
        """Return the answer so far if it is under way here; `asker` as `Answers` has it."""
        run = self._run(answer_id, asker)
        return None if run is None else run.telling.answer

    def follow(self, answer_id: UUID, asker: str | None, after: int) -> Following | None:
        """Return another reader of an answer that is under way here."""
        run = self._run(answer_id, asker)
        return None if run is None else self._following(run, after)

    async def stop(self, answer_id: UUID, asker: str | None) -> bool:
        """Stop an answer, and return once it has ended; return False when it is not under way."""
        run = self._run(answer_id, asker)
        if run is None or run.task is None:
            return False
        self._stop(run)
        await asyncio.wait([run.task])
        return True

    def _run(self, answer_id: UUID, asker: str | None) -> _Run | None:
        run = self._runs.get(answer_id)
        return None if run is None or asker not in {None, run.telling.asker} else run

    def _following(self, run: _Run, after: int) -> Following:
        run.readers += 1
        if run.timer is not None:
            run.timer.cancel()
            run.timer = None

        def left() -> None:
            run.readers -= 1
            if not run.readers and not run.telling.ended:
                loop = asyncio.get_running_loop()
                run.timer = loop.call_later(self._settings.resume_seconds, _cancel, run)

        return Following(run.telling, after, left)

    def _stop(self, run: _Run) -> None:
        # A task that is cancelled before its first step would never tell an end.
        asyncio.get_running_loop().call_soon(_cancel, run)

    async def _make(self, run: _Run, events: AsyncIterator[Event]) -> None:
        try:
            done = await _told(run.telling, events)
        except asyncio.CancelledError:
            # This task is nobody's but ours: it was cancelled to stop the answer, not to be gone.
            run.telling.tell(_STOPPED)
            done = Done("incomplete")
        except Exception:  # noqa: BLE001 - its readers wait for an end, whatever happens
            _log.exception("answer failed")
            run.telling.tell(_FAILED)
            done = Done("incomplete")
        run.ending = True
        await self._end(run, done)

    async def _end(self, run: _Run, done: Done) -> None:
        answer = run.telling.finished(done, self._now())
        if await self._kept(answer):
            del self._runs[answer.id]
        else:
            loop = asyncio.get_running_loop()
            loop.call_later(KEPT_SECONDS, self._runs.pop, answer.id)
        if run.timer is not None:
            run.timer.cancel()
        run.telling.end(answer)

    async def _kept(self, answer: Answer) -> bool:
        try:
            await self._store.keep(answer)
        except Exception:  # noqa: BLE001 - what was told stays true when it cannot be kept
            _log.exception("answer not kept", answer=str(answer.id))
            return False
        return True

    async def _forget(self) -> None:
        while not cancelled():
            before = self._now() - timedelta(days=self._settings.answers_days)
            try:
                while await self._store.forget(before):
                    pass
            except Unavailable as error:
                _log.warning("answers are not forgotten yet", reason=error.message)
            await asyncio.sleep(FORGET_SECONDS)


def _cancel(run: _Run) -> None:
    # An answer that is being stored ends by itself.
    if run.task is not None and not run.ending:
        run.ending = True
        run.task.cancel()


async def _told(telling: Telling, events: AsyncIterator[Event]) -> Done:
    """Tell the events but the end, and return that."""
    characters = 0
    async with _closing(events):
        async for event in events:
            if isinstance(event, Done):
                return event
            telling.tell(event)
            characters += len(event.text) if isinstance(event, Token) else 0
            number = len(telling.after(MOST_EVENTS - 1, 1))
            if number or characters > MOST_CHARACTERS:
                telling.tell(_TOO_LONG)
                return Done("incomplete")
    raise RuntimeError("An answer ended without saying how.")


@asynccontextmanager
async def _closing(events: AsyncIterator[Event]) -> AsyncIterator[None]:
    try:
        yield
    finally:
        if isinstance(events, AsyncGenerator):
            await events.aclose()

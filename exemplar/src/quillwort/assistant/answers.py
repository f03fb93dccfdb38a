"""Answers as they are kept: what was asked, all that was told, and what the asker thinks of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Final, Protocol, TypeVar
from uuid import UUID

from quillwort.assistant.events import (
    Citation,
    Done,
    Event,
    Failed,
    Outcome,
    PassageFound,
    Restart,
    Token,
    Used,
)
from quillwort.assistant.language_models import Spent
from quillwort.domain.rules import Rule, Text, check

MAX_COMMENT: Final = 2000
"""Characters of a comment."""

FEEDBACK_RULES: Final[Mapping[str, Rule]] = {"comment": Text(optional=True, max_length=MAX_COMMENT)}

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whether an answer helped the one who asked, and why, in their words."""

    helpful: bool
    comment: str | None = None

    def __post_init__(self) -> None:
        """Hold the bounds of a comment.

        Raises:
            InvalidInput: when it is too long, or cannot be kept.
        """
        check(self, FEEDBACK_RULES)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer so far: the event at place n has the number n + 1.

    `asker` is the subject who asked: what one caller was told is not for others of the same tenant,
    who may have other rights to documents. `version` names what made it, code and prompt together.
    `finished_at` is None while more is to come.
    """

    id: UUID
    asker: str
    question: str
    version: str
    created_at: datetime
    events: tuple[Event, ...] = ()
    finished_at: datetime | None = None
    feedback: Feedback | None = None

    @property
    def outcome(self) -> Outcome | None:
        """How it ended, or None while it has not."""
        done = _last(self.events, Done)
        return None if done is None else done.outcome

    @property
    def degraded(self) -> bool:
        """Whether its passages were found by keywords alone, as far as it has ended."""
        done = _last(self.events, Done)
        return done is not None and done.degraded

    @property
    def text(self) -> str:
        """What was written since the last restart."""
        return "".join(event.text for event in self._standing() if isinstance(event, Token))

    @property
    def passages(self) -> tuple[PassageFound, ...]:
        """What the answer may rest on."""
        return tuple(event for event in self.events if isinstance(event, PassageFound))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What it rests on, since the last restart."""
        return tuple(event for event in self._standing() if isinstance(event, Citation))

    @property
    def spent(self) -> Spent | None:
        """What it took, or None when no language model was asked or it is not known yet."""
        used = _last(self.events, Used)
        return None if used is None else used.spent

    @property
    def failed(self) -> Failed | None:
        """Why no language model wrote it, or not to the end, or None."""
        return _last(self.events, Failed)

    def _standing(self) -> Sequence[Event]:
        since = takewhile(lambda event: not isinstance(event, Restart), reversed(self.events))
        return tuple(since)[::-1]


class Answers(Protocol):
    """Keeps answers that have ended. `asker` confines a call to theirs; None reaches everybody's.

    Every call may raise `Unavailable`.
    """

    async def keep(self, answer: Answer) -> None:
        """Keep an answer that has ended."""

    async def get(self, answer_id: UUID, asker: str | None) -> Answer | None:
        """Return the answer, or None."""

    async def rate(self, answer_id: UUID, asker: str | None, feedback: Feedback) -> bool:
        """Put this in the place of earlier feedback; return False when there is no such answer."""

    async def forget(self, before: datetime) -> int:
        """Forget some answers that were asked for before then, and return how many.

        0 says that none is left.
        """


def _last(events: Sequence[Event], kind: type[E]) -> E | None:
    return next((event for event in reversed(events) if isinstance(event, kind)), None)

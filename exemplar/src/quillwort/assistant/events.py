"""What a caller is told while a question is answered, in this order.

`passage` for each passage that the answer may rest on, then `token` for each piece of the answer
and `citation` for what the piece before it rests on, `usage` when a language model was asked, then
one `done`. `restart` may come between tokens: what was told of the answer so far is void. `error`
says that an answer is not complete, or is none that a language model wrote; `done` follows it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from quillwort.assistant.language_models import Reason, Spent
from quillwort.assistant.search_service import Hit

Outcome: TypeAlias = Literal[
    "answered",  # by a language model, or by quotes where none is asked
    "quoted",  # a language model was to write, none could, and passages are quoted instead
    "no_evidence",  # nothing found says anything of it
    "incomplete",  # the answer broke off; an error event says why
]


Problem: TypeAlias = (
    Reason
    | Literal[
        "unsupported",  # the passages support nothing of what a language model wrote
        "stopped",  # its caller stopped it or went away, or the process ended
        "failed",  # a defect
    ]
)


@dataclass(frozen=True, slots=True)
class PassageFound:
    """A passage that the answer may rest on, numbered from 1.

    It is told with the neighbours that went along with it: `Hit.in_context`.
    """

    number: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class Token:
    """The next piece of the answer; all pieces since the last restart joined are the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What the piece before this rests on: words that stand in that passage as they are here."""

    passage: int
    quote: str


@dataclass(frozen=True, slots=True)
class Restart:
    """Tokens and citations so far are void; the answer begins anew."""


@dataclass(frozen=True, slots=True)
class Used:
    """What the answer took."""

    spent: Spent


@dataclass(frozen=True, slots=True)
class Failed:
    """Why no language model answered, or not to the end."""

    problem: Problem
    detail: str
    retry_after_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The end, and how it came.

    `degraded` says that the passages were found by keywords alone, for the embedder was away.
    """

    outcome: Outcome
    degraded: bool = False


Event: TypeAlias = PassageFound | Token | Citation | Restart | Used | Failed | Done

"""What a caller is told while a question is answered, in this order.

`passage` for each passage that the answer may rest on, then `token` for each piece of the answer
and `citation` for what the piece before it rests on, then one `done`.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from quillwort.assistant.search_service import Hit

Outcome: TypeAlias = Literal["answered", "no_evidence"]


@dataclass(frozen=True, slots=True)
class PassageFound:
    """A passage that the answer may rest on, numbered from 1."""

    number: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class Token:
    """The next piece of the answer; all pieces joined are the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What the piece before this rests on: words that stand in that passage as they are here."""

    passage: int
    quote: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end, and how it came: `no_evidence` means that nothing found says anything of it."""

    outcome: Outcome


Event: TypeAlias = PassageFound | Token | Citation | Done

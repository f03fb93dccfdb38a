"""What a scripted model does with a request: answers, refuses, stalls, breaks, or never ends."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Ending: TypeAlias = Literal[
    "whole",  # the answer to its end
    "stalls",  # nothing more is sent, and the connection stays open
    "cut",  # the connection is closed in the middle of the answer
    "unfinished",  # the body ends as it should, and the answer has no end
    "malformed",  # an event whose data is no JSON, and then nothing is as it should
    "wrong_schema",  # JSON that no provider sends
    "refused",  # the provider's own way to say that it will not answer
    "endless",  # the answer again and again
]
ENDLESS_PACE_SECONDS: Final = 0.005
"""Between two tokens of an answer without end: 200 tokens/s, as fast as small models write."""


@dataclass(frozen=True, slots=True)
class Script:
    """What happens to one request.

    Args:
        pieces: tokens that are sent, in order.
        ending: what comes after them.
        status: of the answer; other than 200, nothing but the provider's error is sent.
        retry_after: value of the header, in seconds; empty without.
        first_seconds: from the request to the first token.
        pace_seconds: from each token to the next.
        input_tokens: what the usage says was read; ``None`` counts a token for four bytes of the request.
        output_tokens: what the usage says was written; ``None`` counts the pieces that were sent.
        reads: makes the answer of what the request gave the model to read, instead of ``pieces``.
    """

    pieces: tuple[str, ...] = ()
    ending: Ending = "whole"
    status: int = 200
    retry_after: str = ""
    first_seconds: float = 0.0
    pace_seconds: float = 0.0
    input_tokens: int | None = None
    output_tokens: int | None = None
    reads: Callable[[str], str] | None = None

    def written(self, content: str) -> tuple[str, ...]:
        """Return the tokens that are sent for a request with that content."""
        return self.pieces if self.reads is None else tokens(self.reads(content))


def tokens(text: str) -> tuple[str, ...]:
    """Return a text cut before each word, as a model would write it."""
    return tuple(re.findall(r"\s*\S+\s*$|\s*\S+", text))


def answers(text: str, *, first_seconds: float = 0.0, pace_seconds: float = 0.0) -> Script:
    """Answer with a text."""
    return Script(tokens(text), first_seconds=first_seconds, pace_seconds=pace_seconds)


def answers_from(reads: Callable[[str], str]) -> Script:
    """Answer with a text that is made of what the request gave the model to read."""
    return Script(reads=reads)


def costs(text: str, *, input_tokens: int, output_tokens: int) -> Script:
    """Answer with a text, and say that it took that much."""
    return Script(tokens(text), input_tokens=input_tokens, output_tokens=output_tokens)


def fails(status: int, retry_after: str = "") -> Script:
    """Answer with an error of the provider."""
    return Script(status=status, retry_after=retry_after)


def breaks(ending: Ending, after: str = "") -> Script:
    """Send some text, and then do what ``ending`` says."""
    return Script(tokens(after), ending)


def refuses() -> Script:
    """Say that the model will not answer, in the provider's own way."""
    return Script(ending="refused", output_tokens=1)


def never_ends(text: str) -> Script:
    """Write a text again and again until the client goes."""
    return Script(tokens(f"{text} "), "endless", pace_seconds=ENDLESS_PACE_SECONDS)

"""How patient the gateway is, and how it goes on after a failure."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

LONGEST_PAUSE_SECONDS: Final = 8.0


@dataclass(frozen=True, slots=True)
class Policy:
    """What an answer may take, in seconds, calls and tokens.

    `total_seconds` is for all of it, calls to other models and pauses included.
    """

    first_token_seconds: float = 10.0
    """Nor is a pause longer than this: a model that asks for more is left alone meanwhile."""

    between_tokens_seconds: float = 10.0
    total_seconds: float = 90.0
    retries: int = 2
    """Of each model, as long as it has not begun to write."""

    pause_seconds: float = 0.5
    """The longest pause before the first retry; it doubles with each."""

    once_begun: Literal["restart", "incomplete"] = "restart"
    """What follows a model that breaks off: the next model anew, or an end that says so."""

    max_output_tokens: int = 1000
    max_concurrent: int = 256
    turn_seconds: float = 1.0
    """How long an answer waits for others to end."""

    breaker_failures: int = 5
    breaker_seconds: float = 30.0


def pause(
    policy: Policy,
    retry: int,
    retry_after: float | None,
    jitter: Callable[[], float] = random.random,
) -> float:
    """Return how long to wait before a retry, counted from 0: full jitter, and no less than asked.

    Drawing from the whole span spreads callers who failed together better than a jitter around it:
    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    span: float = min(LONGEST_PAUSE_SECONDS, policy.pause_seconds * 2**retry)
    return max(span * jitter(), retry_after or 0.0)

"""The port of one model of one provider, and how a call to it can fail."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeAlias

from quillwort.assistant.language_models import Prompt

Failure: TypeAlias = Literal[
    "rate_limited",  # 429: asked too often
    "unavailable",  # 5xx, or nobody there
    "timeout",  # the first piece, the next one or the end did not come in time
    "malformed",  # what came is not what the provider's interface says
    "cut_off",  # it ended without saying that it had
    "refused",  # it would not answer
    "rejected",  # 4xx: the request, the key or the model's name is wrong
    "too_long",  # it went on beyond what was asked for
]

AGAIN: frozenset[Failure] = frozenset(
    ("rate_limited", "unavailable", "timeout", "malformed", "cut_off")
)
"""What may go better when the same model is asked again."""

FINAL: frozenset[Failure] = frozenset(("refused", "too_long"))
"""What is an answer of a kind: no other model is asked, and this one is not to blame."""

UNPAID: frozenset[Failure] = frozenset(("rate_limited", "unavailable", "rejected"))
"""What no provider asks money for, as long as nothing came before it."""


MOST_TOKENS: Final = 100_000_000
"""What no count of one call exceeds: ten times the largest context (Llama 4 Scout, 10 million)."""

LONGEST_REST_SECONDS: Final = 300.0
"""What a provider may ask to be left alone for: what is beyond is taken for a mistake of its.

Assumed: limits of providers are by the minute, or by the day, and then another key or model helps.
"""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call as the provider counts them.

    `input_tokens` holds the cached ones, which were read from the provider's cache, and
    `cache_written_tokens`, which were put there. Until the answer ends it is not `final`: there may
    be nothing of what was written in it.
    """

    input_tokens: int = 0
    cached_input_tokens: int = 0
    cache_written_tokens: int = 0
    output_tokens: int = 0
    final: bool = True

    @property
    def is_plausible(self) -> bool:
        """Whether a call can have taken that much."""
        counts = (
            self.input_tokens,
            self.cached_input_tokens,
            self.cache_written_tokens,
            self.output_tokens,
        )
        return all(0 <= count <= MOST_TOKENS for count in counts)


@dataclass(frozen=True, slots=True)
class Reasoning:
    """The next piece of what a model thinks before it answers: paid for, and shown to nobody."""

    text: str


@dataclass(frozen=True, slots=True)
class Schema:
    """What a structured answer is like: a name for it, and a JSON schema of an object."""

    name: str
    description: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """One call: the prompt, the most tokens to write, and the schema if JSON is wanted."""

    prompt: Prompt
    max_output_tokens: int
    schema: Schema | None = None


class ModelFailed(Exception):
    """A call failed; `retry_after_seconds` is when the provider wants to be asked again.

    It is `LONGEST_REST_SECONDS` at most, and None where what the provider says is no time to wait.
    """

    def __init__(
        self, failure: Failure, message: str, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(message)
        self.failure = failure
        self.retry_after_seconds: float | None = None
        # Not a number is greater than nothing, either.
        if retry_after_seconds is not None and retry_after_seconds > 0:
            self.retry_after_seconds = min(retry_after_seconds, LONGEST_REST_SECONDS)


class Model(Protocol):
    """One model of one provider."""

    @property
    def name(self) -> str:
        """`provider:model`."""

    def stream(self, request: Request) -> AsyncGenerator[str | Reasoning | Usage]:
        """Write an answer piece by piece, and tell its usage as soon as it is known, and last.

        Pieces can be encoded as UTF-8, and have no NUL.
        With a schema the pieces joined are JSON, which nobody has validated. Closing the generator
        ends the call at once.

        Raises:
            ModelFailed: at first or after some pieces; usage may be told before it.
        """

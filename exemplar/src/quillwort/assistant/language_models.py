"""The port of language models: a prompt goes in, an answer comes out piece by piece."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias
from uuid import UUID

Reason: TypeAlias = Literal[
    "not_configured",  # no model has a key, or an address without one
    "budget_exhausted",  # the tenant's tokens or money of the day are spent or reserved
    "overloaded",  # as many answers are being written as may be
    "unavailable",  # every model of the chain failed, or its breaker is open
    "refused",  # the model would not answer
    "incomplete",  # it failed after its first token, and the policy is to say so
    "too_long",  # it went on beyond what an answer may have
    "malformed",  # a structured answer was not valid, and neither was the next
]


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of a prompt as it was asked, and the prompt's content without it.

    Prompts of the same `besides` differ in the words of their questions alone.
    """

    question: str
    besides: str


def any_answer(_text: str) -> bool:
    """Hold every answer for sound."""
    return True


@dataclass(frozen=True, slots=True)
class Source:
    """A version of a document that a prompt has text of."""

    document_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked.

    `version` names prompt and code that made it, and is a part of every cache's key. `instructions`
    are the same for every question, so that providers keep them cached; `content` is all that is
    data: passages and the question, delimited. `asked` tells these two apart, where an answer may
    serve for the same question in other words. `sources` are the documents that it has text of: an
    answer to it is kept no longer than these versions of them can be found. `sound` says of a whole
    answer whether it may be kept for others who ask the same.
    """

    version: str
    instructions: str
    content: str
    asked: Asked | None = None
    sources: frozenset[Source] = frozenset()
    sound: Callable[[str], bool] = field(default=any_answer, compare=False)


@dataclass(frozen=True, slots=True)
class Written:
    """The next piece of an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Restarted:
    """What was written so far is void: that model failed, and another begins anew."""

    model: str
    """Who failed."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What an answer took, told once and last; all of it, failed attempts too.

    `usd` is by the price table, and None when the model has no price there. `cached` says that the
    whole answer was at hand and nothing was asked; then all figures are 0. `written_for` is the
    question that such an answer was written for, where it was asked in other words.
    """

    model: str
    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    usd: Decimal | None
    cached: bool = False
    written_for: str | None = None


Piece: TypeAlias = Written | Restarted | Spent


class NoAnswer(Exception):
    """No model answers, or none to the end; `reason` is for programs, `message` for people.

    `spent` is what was paid all the same, and `retry_after_seconds` when to try again, if known.
    """

    def __init__(
        self,
        reason: Reason,
        message: str,
        *,
        spent: Spent | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.spent = spent
        self.retry_after_seconds = retry_after_seconds

    def unpaid(self) -> "NoAnswer":
        """Return the same for somebody else, who pays nothing for it."""
        return NoAnswer(self.reason, self.message, retry_after_seconds=self.retry_after_seconds)


class LanguageModels(Protocol):
    """Some models behind one another, within a budget for each tenant."""

    def answer(self, prompt: Prompt, tenant: str, scope: str) -> AsyncIterator[Piece]:
        """Write an answer.

        Closing the iterator early stops the model's call and settles what it took.

        Args:
            prompt: what is asked.
            tenant: whose budget is charged.
            scope: what an answer rests on beside the prompt's own text: rights, versions of
                passages. A completion is taken from the cache for the same prompt and scope alone.

        Raises:
            NoAnswer: at first or after some pieces; what was written then is void or incomplete.
        """

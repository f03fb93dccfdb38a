"""What models cost, and what a call may cost at worst."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from quillwort.assistant.gateway.model import Request, Usage

BYTES_PER_TOKEN: Final = 3
"""Few on purpose, so that too many are counted: English has some 4.5 bytes a token."""

OVERHEAD_TOKENS: Final = 50
"""What roles and delimiters of a chat add to the text."""

_MILLION: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens.

    `cached_input` is for what the provider reads from its cache, `cache_write` for what it puts
    there; by default both cost what any input does.
    """

    input: Decimal
    output: Decimal
    cached_input: Decimal | None = None
    cache_write: Decimal | None = None

    def of(self, usage: Usage) -> Decimal:
        """Return what a call cost, in US dollars."""
        cached, written = usage.cached_input_tokens, usage.cache_written_tokens
        plain = max(0, usage.input_tokens - cached - written)
        read = self.input if self.cached_input is None else self.cached_input
        write = self.input if self.cache_write is None else self.cache_write
        total = plain * self.input + cached * read + written * write
        return (total + usage.output_tokens * self.output) / _MILLION

    @property
    def dearest_input(self) -> Decimal:
        """What a token of input costs at worst, times a million."""
        return max(self.input, self.cache_write or self.input)


Prices = Mapping[str, Price]
"""By `provider:model`."""


def tokens_of(text: str) -> int:
    """Return how many tokens a text has, rather too many."""
    return -(-len(text.encode()) // BYTES_PER_TOKEN)


def input_tokens(request: Request) -> int:
    """Return how many tokens a request has, rather too many."""
    schema = str(dict(request.schema.schema)) if request.schema else ""
    prompt = request.prompt
    return tokens_of(prompt.instructions + prompt.content + schema) + OVERHEAD_TOKENS


def worst(request: Request, price: Price | None) -> tuple[int, Decimal]:
    """Return the tokens and the US dollars that a call takes at most; without a price, none."""
    read, written = input_tokens(request), request.max_output_tokens
    if price is None:
        return read + written, Decimal(0)
    return read + written, (read * price.dearest_input + written * price.output) / _MILLION

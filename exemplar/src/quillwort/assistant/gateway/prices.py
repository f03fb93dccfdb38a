"""What models cost, and what a call may cost at worst."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from quillwort.assistant.gateway.model import Request, Usage

_PLAIN: Final = re.compile(r" {2,}| ?(?<![A-Za-z0-9])[A-Z]?[a-z]+(?![A-Za-z0-9])")
"""Spaces in a row, and words of ASCII letters, each with the space before it."""

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
    def writes_dearer(self) -> bool:
        """Whether input costs more when the provider puts it into its cache."""
        return self.cache_write is not None and self.cache_write > self.input


Prices = Mapping[str, Price]
"""By `provider:model`."""


def tokens_of(text: str) -> int:
    """Return how many tokens a text has at most, as no model's tokenizer counts more.

    Each byte is one, which none that falls back to bytes exceeds: most take digits one by one, and
    ids, hexadecimal digits, punctuation and scripts that they hardly know nearly so. Fewer are
    words of plain letters, one for three letters and two for each three more, and spaces in a row.

    Measured against the highest count by GPT-3.5's tokenizer, GPT-4o's, Claude 2's, Mistral's of
    2023, 2024-09 and 2024-11, Llama 3.1's and Qwen 3's: 1.0 to 1.3 times as many for tables, dates,
    ids and hexadecimal digits, 1.2 to 2.0 for source code, 2.5 for Chinese, 1.8 for Thai, 1.6 to
    2.1 for English, 1.2 for Polish, 1.05 to 1.6 for 15 more languages in Latin letters. Too few,
    0.7 times as many, for short words of letters drawn at random alone.
    """
    others, thirds = len(text.encode()), 0
    for part in _PLAIN.finditer(text):
        others -= len(part[0])
        letters = len(part[0].lstrip(" "))
        thirds += max(3, 2 * letters - 3) if letters else 3 * (2 + len(part[0]) // 4)
    return others - (-thirds // 3)


def input_tokens(request: Request) -> int:
    """Return how many tokens a request has at most."""
    schema = str(dict(request.schema.schema)) if request.schema else ""
    prompt = request.prompt
    return tokens_of(prompt.instructions + prompt.content + schema) + OVERHEAD_TOKENS


def worst(request: Request, price: Price | None) -> Usage:
    """Return what a call takes at most; the provider caches all it reads where that costs more."""
    read = input_tokens(request)
    return Usage(
        input_tokens=read,
        cache_written_tokens=read if price is not None and price.writes_dearer else 0,
        output_tokens=request.max_output_tokens,
    )

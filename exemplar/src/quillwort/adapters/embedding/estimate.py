"""How many tokens a text has for a model whose tokenizer is not here."""

from typing import Final

BYTES_PER_TOKEN: Final = 2.5
"""Of UTF-8; most texts have more, so that an estimate is seldom too low.

English has four bytes a token (OpenAI's help centre, "What are tokens and how to count them?"), and
German takes half as many tokens again, as do other languages in Latin letters (Petrov et al. 2023,
"Language Model Tokenizers Introduce Unfairness Between Languages"). Chinese has three bytes a
character, and models of many languages a token or so for each.
"""


def estimated_tokens(text: str) -> int:
    """Return how many tokens a text is made of, at most nearly always."""
    return -int(-len(_bytes(text)) // BYTES_PER_TOKEN)


def within(text: str, tokens: int) -> str:
    """Return as much of a text's beginning as has that many tokens by the estimate."""
    return _bytes(text)[: int(tokens * BYTES_PER_TOKEN)].decode(errors="ignore")


def _bytes(text: str) -> bytes:
    # A loose surrogate, which no server takes, becomes a question mark.
    return text.encode(errors="replace")

"""What of the passages found goes into a prompt: the best, each thing once, within a budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from quillwort.assistant.search_service import Hit
from quillwort.assistant.sentences import sentences

OVERHEAD: Final = 24
"""Tokens of a passage's tags and title. Counted for a title of some ten words."""
LEAST: Final = 20
"""Tokens below which the beginning of a passage says too little to be worth its tags."""
SAID_WORDS: Final = 6
"""Sentences of fewer words may say something else in another place."""

GAP: Final = " … "
"""Where sentences were left out."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What of a passage a model is shown; `number` is its rank from 1, which citations name."""

    number: int
    hit: Hit
    text: str


def packed(hits: Sequence[Hit], budget: int) -> tuple[Excerpt, ...]:
    """Return what is shown of the passages, the best first.

    That order is read most surely, and cut last. Models overlook what stands in the middle of a
    context of many thousand tokens (Liu et al. 2024, "Lost in the Middle"); these have no middle.
    Better passages take their part of the budget first. Sentences that a better one has said
    already are left out, and the last passage that does not fit as a whole ends after a sentence.
    A passage that brought its neighbours along is shown with them.

    Args:
        hits: the passages, the best first.
        budget: tokens, as the embedder counts them. Those of other models differ by a fifth or so:
            leave room.
    """
    excerpts: list[Excerpt] = []
    said: set[str] = set()
    left = budget
    for hit in hits:
        price = hit.chunk.tokens / max(len(hit.chunk.text), 1)
        shown = hit.context or hit.chunk.text
        text = _fitting(_unsaid(shown, said), price, left - OVERHEAD)
        if text:
            excerpts.append(Excerpt(len(excerpts) + 1, hit, text))
            said.update(_key(sentence) for sentence in sentences(text))
            left -= ceil(price * len(text)) + OVERHEAD
    return tuple(excerpts)


def _unsaid(text: str, said: set[str]) -> str:
    """Return the text without the sentences that have been said."""
    parts: list[str] = []
    place = 0
    for sentence in sentences(text):
        start = text.index(sentence, place)
        place = start + len(sentence)
        if len(sentence.split()) >= SAID_WORDS and _key(sentence) in said:
            parts.append(GAP)
        elif parts and parts[-1] != GAP:
            parts.append(text[start - _space(text, start) : place])
        else:
            parts.append(sentence)
    return "".join(parts).strip(GAP)


def _space(text: str, start: int) -> int:
    """Return how much white space stands before a place."""
    return start - len(text[:start].rstrip())


def _fitting(text: str, price: float, budget: float) -> str:
    """Return as many whole sentences from the beginning as the budget pays for, or none."""
    if price * len(text) <= budget:
        return text
    end = place = 0
    for sentence in sentences(text):
        place = text.index(sentence, place) + len(sentence)
        if price * place > budget:
            break
        end = place
    return text[:end] if price * end >= LEAST else ""


def _key(sentence: str) -> str:
    return " ".join(sentence.casefold().split())

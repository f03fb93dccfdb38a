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
    """What of a passage a model is shown; `number` is its rank from 1, which citations name.

    Each of the `stretches` stands in the passage as it is here; between them something is left out.
    """

    number: int
    hit: Hit
    stretches: tuple[str, ...]

    @property
    def text(self) -> str:
        """What the model reads."""
        return GAP.join(self.stretches)

    @property
    def sentences(self) -> list[str]:
        """Its sentences as they stand in the passage: none goes over what was left out."""
        return [sentence for stretch in self.stretches for sentence in sentences(stretch)]


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
        stretches = _fitting(_unsaid(hit.in_context, said), price, left - OVERHEAD)
        if stretches:
            excerpt = Excerpt(len(excerpts) + 1, hit, stretches)
            excerpts.append(excerpt)
            said.update(_key(sentence) for sentence in excerpt.sentences)
            left -= ceil(price * len(excerpt.text)) + OVERHEAD
    return tuple(excerpts)


def _unsaid(text: str, said: set[str]) -> tuple[str, ...]:
    """Return what stands before, between and after the sentences that have been said."""
    stretches: list[str] = []
    begun: int | None = None
    place = 0
    for sentence in sentences(text):
        start = text.index(sentence, place)
        if len(sentence.split()) < SAID_WORDS or _key(sentence) not in said:
            begun = start if begun is None else begun
        elif begun is not None:
            stretches.append(text[begun:place])
            begun = None
        place = start + len(sentence)
    if begun is not None:
        stretches.append(text[begun:place])
    return tuple(stretches)


def _fitting(stretches: tuple[str, ...], price: float, budget: float) -> tuple[str, ...]:
    """Return as many whole sentences from the beginning as the budget pays for, or none."""
    if price * len(GAP.join(stretches)) <= budget:
        return stretches
    fitting: list[str] = []
    left = budget
    for stretch in stretches:
        end = _end(stretch, price, left)
        if end:
            fitting.append(stretch[:end])
        if end < len(stretch):
            break
        left -= price * (end + len(GAP))
    return tuple(fitting) if price * len(GAP.join(fitting)) >= LEAST else ()


def _end(stretch: str, price: float, budget: float) -> int:
    """Return where the last sentence ends that the budget pays for."""
    end = place = 0
    for sentence in sentences(stretch):
        place = stretch.index(sentence, place) + len(sentence)
        if price * place > budget:
            break
        end = place
    return end


def _key(sentence: str) -> str:
    return " ".join(sentence.casefold().split())

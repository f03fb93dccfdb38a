"""Answers without a language model: the sentences of the best passages that say most of it."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quillwort.assistant.events import Citation, Done, Event, PassageFound, Token
from quillwort.assistant.keywords import terms
from quillwort.assistant.search_service import Hit
from quillwort.assistant.sentences import sentences
from quillwort.domain.values import Principal

VERSION: Final = "quotes-2"
QUOTES: Final = 3
"""Sentences at most: more would have to be read as the passages themselves."""
LEAST_NEAR: Final = 0.42
"""Nearness to the question below which a passage is no evidence unless words agree: an inner
product of .3 with the built-in embedder, where no two strangers of `nearness.PAIRS` have .16.
"""
LEAST_SHARED: Final = 0.5
"""Share of the question's words, rare ones counting for more, that make a passage evidence alone.

Of the ten questions in evaluation/ that nothing answers, counting all words alike let six through,
by "how", "is" and "the". So counted three are left, by their similarity; one answer is lost, which
cited another passage than the one that answers.
"""

_SPACE: Final = " "


@dataclass(frozen=True, slots=True)
class _Quote:
    passage: int
    text: str
    shared: float


class Extractive:
    """Answers by quoting."""

    version: Final = VERSION

    async def answer(
        self, _principal: Principal, question: str, hits: Sequence[Hit]
    ) -> AsyncIterator[Event]:
        """Tell an answer that quotes; the same question and hits give the same one."""
        found = evidence(hits)
        for number, hit in enumerate(found, 1):
            yield PassageFound(number, hit)
        quoted = False
        for event in quotes(question, found):
            quoted = True
            yield event
        yield Done("answered" if quoted else "no_evidence")


def evidence(hits: Sequence[Hit]) -> list[Hit]:
    """Return the passages that speak of what is asked, in their order."""
    return [hit for hit in hits if _speaks(hit)]


def quotes(question: str, evidence: Sequence[Hit]) -> Iterator[Token | Citation]:
    """Yield the sentences that say most of what is asked; the first passage has number 1."""
    asked = frozenset(terms(question))
    for place, quote in enumerate(_best(asked, evidence)):
        yield Token(quote.text if place == 0 else _SPACE + quote.text)
        yield Citation(quote.passage, quote.text)


def _speaks(hit: Hit) -> bool:
    return hit.near >= LEAST_NEAR or hit.shared >= LEAST_SHARED


def _best(asked: frozenset[str], evidence: Sequence[Hit]) -> list[_Quote]:
    """Return the sentences that share most words with the question, as they stand in the text.

    Of sentences that share as much, those of better passages come first; each passage gives one
    before any gives a second, for the passages were ranked by more than shared words.
    """
    chosen: list[_Quote] = []
    for number, hit in enumerate(evidence[:QUOTES], 1):
        quotes = [
            _Quote(number, sentence, len(asked & set(terms(sentence))) / max(len(asked), 1))
            for sentence in sentences(hit.chunk.text)
        ]
        chosen.append(max(quotes, key=lambda quote: quote.shared))
    least = max((quote.shared for quote in chosen), default=0.0) / 2
    return [quote for place, quote in enumerate(chosen) if place == 0 or quote.shared > least]

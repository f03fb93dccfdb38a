"""Whether a passage supports what was written of it, by the words and figures they share."""

import re
from dataclasses import dataclass
from typing import Final

from quillwort.assistant.generation.packing import Excerpt
from quillwort.assistant.keywords import terms
from quillwort.assistant.sentences import sentences

LEAST_SUPPORT: Final = 0.4
"""Share of a claim's content words that its passage must have.

Assumed: what models write close to a text keeps more than half of its content words, and texts of
other subjects share less than a fifth. Fit it on your own judged answers.
"""

_LONGEST: Final = 1000
"""Characters of a sentence that a claim may have."""
_LONG: Final = 4
"""Characters from which a word counts as content; shorter ones are mostly articles and the like."""
_STEM: Final = 5
"""Characters that inflected forms of a word are taken to share."""

_FIGURE: Final = re.compile(r"\d+(?:[.,']\d+)*")
_LISTED: Final = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+")
_SEPARATORS: Final = str.maketrans("", "", ".,'")


def claim(written: str, since: int) -> str:
    """Return what a citation at the end of a text is for.

    It is the last sentence, or what follows the citation before, at `since`, within that sentence
    when that has content of its own.
    """
    found = sentences(written[-_LONGEST:])
    last = found[-1] if found else ""
    following = written[since:].strip()
    return following if len(following) < len(last) and words(following) else last


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    words: frozenset[str]
    figures: frozenset[str]


class Support:
    """What an excerpt supports. Its words are found once, for it may be cited many times."""

    def __init__(self, excerpt: Excerpt) -> None:
        title = " ".join((excerpt.hit.title, *excerpt.hit.chunk.headings))
        self._sentences = [
            _Sentence(text, words(text), figures(text)) for text in excerpt.sentences
        ]
        self._words = words(title).union(*(each.words for each in self._sentences))
        self._figures = figures(title).union(*(each.figures for each in self._sentences))

    def of(self, claimed: str) -> str | None:
        """Return the sentence that supports the claim best, as it stands there, or None.

        An excerpt supports a claim when it, with title and headings, has every figure of the claim
        and `LEAST_SUPPORT` of its content words. Words are compared by their first letters. This
        sees that a claim is about what the passage says, not whether it says the opposite; and a
        claim in another language than the passage has no support.
        """
        asked, counted = words(claimed), figures(claimed)
        if not asked or not counted <= self._figures:
            return None
        if len(asked & self._words) / len(asked) < LEAST_SUPPORT:
            return None
        best = max(
            self._sentences, key=lambda each: (len(asked & each.words), len(counted & each.figures))
        )
        return best.text


def words(text: str) -> frozenset[str]:
    """Return the stems of the words that carry a text's content."""
    return frozenset(
        term[:_STEM] for term in terms(text) if len(term) >= _LONG and not term[0].isdigit()
    )


def figures(text: str) -> frozenset[str]:
    """Return the numbers in a text, without what groups their digits or begins a list's item."""
    return frozenset(
        found.translate(_SEPARATORS) for found in _FIGURE.findall(_LISTED.sub("", text))
    )

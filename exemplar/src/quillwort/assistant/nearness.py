"""How near a passage is to a question, on a scale that is the same for every embedder.

Inner products of one embedder lie between 0 and .7, of another between .7 and .9. What they mean is
measured with questions and passages of known kinship: at 0 a passage has nothing to do with the
question, at 1 it answers it.
"""

import asyncio
import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from quillwort.assistant.embedding import Embedder
from quillwort.domain.errors import Unavailable

PAIRS: Final = (
    (
        "Who pays for small repairs in a rented flat?",
        "The tenant pays for repairs of up to 200 euros; the landlord pays for everything beyond.",
    ),
    (
        "How long does bread have to stay in the oven?",
        "Bake the loaf for forty minutes at 220 degrees, until its crust is brown.",
    ),
    (
        "When does the last train to the airport leave?",
        "Trains to the airport run every half hour; the last one departs at 23:40.",
    ),
    (
        "Which symptoms does influenza have?",
        "Influenza begins suddenly, with fever, a dry cough, headache and aching muscles.",
    ),
    (
        "How is a forgotten password reset?",
        "Choose 'Forgot password' on the login page and set a new one by the link in the e-mail.",
    ),
    (
        "What do bees do in winter?",
        "In winter honey bees gather in a cluster, keep warm and live on the honey they stored.",
    ),
    (
        "Why did the company's profit fall last year?",
        "Net profit fell by eight percent last year, because of higher costs of energy and wages.",
    ),
    (
        "How many players does a football team have on the pitch?",
        "Each football team plays with eleven players on the pitch, one of them in the goal.",
    ),
)
"""Questions, and a passage each that answers it and none of the others."""

LEAST_SPREAD: Final = 0.02
"""Between both ends of the scale: an embedder that hardly tells them apart is not believed more."""

SECONDS: Final = 3.0
"""How long whoever asks the first question waits for the scale."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Inner products of one embedder: of strangers, and of questions and their answers.

    `english` says that it knows English alone: all texts of another language are near each other.
    """

    strangers: float
    answers: float
    english: bool = False

    def tells_of(self, question: str, passage: str) -> bool:
        """Return whether nearness of these two means anything."""
        if not self.english:
            return True
        return _is_latin(question) and (_is_english(question) or _is_english(passage))

    def nearness(self, similarity: float) -> float:
        """Return where an inner product lies between strangers, 0, and answers, 1."""
        spread = max(self.answers - self.strangers, LEAST_SPREAD)
        return (similarity - self.strangers) / spread


_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENGLISH: Final = frozenset(
    """and are could did does from how should that the there these they this those what when where
    which who why with would you your""".split()  # noqa: SIM905 - else a line a word
)
"""Common words of English that other languages seldom have."""
_LEAST_ENGLISH: Final = 0.03
"""Their share of an English text: a tenth of prose, and hardly any of another language's."""


def _is_latin(text: str) -> bool:
    letters = "".join(filter(str.isalpha, text))
    return 2 * len(_LATIN.findall(letters)) >= len(letters)


def _is_english(text: str) -> bool:
    """Return whether a text has as many of the common words as English has; a question has one."""
    words = _WORD.findall(text.lower())
    return sum(word in _ENGLISH for word in words) > _LEAST_ENGLISH * len(words)


KNOWN: Final = {"all-MiniLM-L6-v2@53aa51172d14": Scale(0.0275, 0.6826, english=True)}
"""Of the built-in embedder, as `measured` finds it, so that nobody waits for it."""


async def measured(embedder: Embedder) -> Scale:
    """Return the embedder's scale, by the means over `PAIRS`.

    Raises:
        Unavailable: when the embedder does not answer.
    """
    asked = await embedder.embed([question for question, _ in PAIRS], "question")
    told = await embedder.embed([passage for _, passage in PAIRS])
    similarities = asked @ told.T
    own = np.eye(len(PAIRS), dtype=bool)
    return Scale(float(similarities[~own].mean()), float(similarities[own].mean()))


class Scales:
    """Remembers the scale of each embedder, which is measured when it is first asked for."""

    def __init__(self) -> None:
        self._known = dict(KNOWN)
        self._measuring: dict[str, asyncio.Task[Scale]] = {}

    async def of(self, embedder: Embedder) -> Scale:
        """Return the scale of an embedder of one model.

        Measuring goes on for those who ask later: an embedder that is busy with documents would
        never come to its end within the time that one question waits.

        Raises:
            Unavailable: when it had to be measured and the embedder did not answer in time.
        """
        name = embedder.name
        if name in self._known:
            return self._known[name]
        if name not in self._measuring:
            self._measuring[name] = asyncio.create_task(self._measure(name, embedder))
        try:
            async with asyncio.timeout(SECONDS):
                return await asyncio.shield(self._measuring[name])
        except TimeoutError as error:
            raise Unavailable("The embedder took too long.") from error

    async def _measure(self, name: str, embedder: Embedder) -> Scale:
        try:
            scale = self._known[name] = await measured(embedder)
        finally:
            del self._measuring[name]
        return scale

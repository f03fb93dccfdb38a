"""Finds kept answers to the same question in other words, and lets nothing pass a guard refuses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

import structlog

from quillwort.assistant.embedding import Embedder, Vectors
from quillwort.assistant.gateway.completions import Completion, key_of
from quillwort.assistant.gateway.reuse import Given
from quillwort.assistant.language_models import Prompt
from quillwort.assistant.rewording.guard import Question, refusal, similarity
from quillwort.assistant.rewording.settings import RewordingSettings
from quillwort.domain.errors import Unavailable

MOST: Final = 64
"""Questions that one is compared with, the last that were asked of the same passages."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A question as it was asked, its vector, and the answer that is kept for it."""

    question: str
    vector: Vectors
    completion: Completion


class Wordings(Protocol):
    """Keeps questions for as long as their answers; each method raises `Unavailable`."""

    async def of(self, ground: bytes, limit: int) -> Sequence[Kept]:
        """Return some questions whose answers rest on that, the latest first."""

    async def put(self, key: bytes, question: Question) -> None:
        """Keep a question beside the answer of that key; nothing where that is gone."""


class Rewordings:
    """Implements `Reuse`: over what is kept, by an embedder and the guards."""

    def __init__(self, wordings: Wordings, embedder: Embedder, settings: RewordingSettings) -> None:
        self._wordings = wordings
        self._embedder = embedder
        self._settings = settings

    async def look(
        self, prompt: Prompt, models: Sequence[str], tenant: str, scope: str
    ) -> "Looked | None":
        """Look for an answer; see `Reuse`."""
        asked = prompt.asked
        if asked is None or not self._settings.reworded or self._is_cut(asked.question):
            return None
        try:
            # As a question: passages may have to wait behind a book, and somebody waits for this.
            (vector,) = await self._embedder.embed([asked.question], "question")
            # Vectors of two models are not compared, so that the embedder is a part of the ground.
            named = (*models, self._embedder.name)
            rest = replace(prompt, content=asked.besides)
            question = Question(asked.question, vector, key_of(rest, named, tenant, scope))
            kept = await self._wordings.of(question.ground, MOST)
        except Unavailable as error:
            _log.warning("no rewordings", problem=error.message)
            return None
        given = _found(kept, question, self._settings.least_similar, asked.besides)
        return Looked(self._wordings, question, given)

    def _is_cut(self, question: str) -> bool:
        """Return whether the embedder would not read all of it, so that its end would not count."""
        return self._embedder.count(question) > self._embedder.most_tokens


class Looked:
    """Implements `Look`."""

    def __init__(self, wordings: Wordings, question: Question, given: Given | None) -> None:
        self._wordings = wordings
        self._question = question
        self.given = given

    async def keep(self, key: bytes) -> None:
        """Keep the question beside its answer; see `Look`."""
        try:
            await self._wordings.put(key, self._question)
        except Unavailable as error:
            _log.warning("wording not kept", problem=error.message)


def _found(kept: Sequence[Kept], asked: Question, least: float, passages: str) -> Given | None:
    """Return the answer to the question that is most alike, of those that no guard refuses."""
    known = [Question(each.question, each.vector, asked.ground) for each in kept]
    alike = [similarity(each, asked) for each in known]
    for place in sorted(range(len(known)), key=lambda place: -alike[place]):
        reason = refusal(known[place], asked, least, passages)
        if reason is None:
            return Given(known[place].text, kept[place].completion)
        if reason == "similarity":
            return None
        _log.info("rewording refused", reason=reason, similarity=round(alike[place], 3))
    return None

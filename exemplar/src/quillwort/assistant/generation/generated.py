"""Answers that a language model writes from passages; what it cannot give, quotes do."""

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from hashlib import sha256
from itertools import chain
from typing import Final

import structlog

from quillwort.assistant.documents import ACCESS
from quillwort.assistant.events import Done, Event, Failed, Outcome, PassageFound, Restart, Used
from quillwort.assistant.extractive import evidence, quotes
from quillwort.assistant.generation.draft import Draft
from quillwort.assistant.generation.packing import Excerpt, packed
from quillwort.assistant.generation.redaction import Redacted, Redactor
from quillwort.assistant.language_models import (
    Asked,
    LanguageModels,
    NoAnswer,
    Piece,
    Prompt,
    Restarted,
    Source,
    Spent,
    Written,
)
from quillwort.assistant.prompts.answering import VERSION, Passage, answering
from quillwort.assistant.search_service import Hit
from quillwort.domain.values import Principal

_UNSUPPORTED: Final = Failed(
    "unsupported", "The passages support nothing of what the language model wrote."
)

_log = structlog.get_logger(__name__)


class Generated:
    """Answers by a language model, from the passages that speak of what is asked.

    Without evidence no model is asked, and the outcome is `no_evidence`; so it is when the model
    says that the passages do not answer. When no model answers, or the passages support nothing of
    what it wrote, `error` says so and the best passages are quoted: `quoted`. What breaks off after
    its first token is `incomplete`. Where no model is configured quotes are the answer: `answered`.

    Args:
        models: who writes, within a budget for each owner.
        context_tokens: what passages may have together in a prompt.
        redactor: takes out what no model is to see.
    """

    version: Final = VERSION

    def __init__(self, models: LanguageModels, context_tokens: int, redactor: Redactor) -> None:
        self._models = models
        self._context_tokens = context_tokens
        self._redactor = redactor

    async def answer(
        self, principal: Principal, question: str, hits: Sequence[Hit]
    ) -> AsyncGenerator[Event, None]:
        """Tell an answer from its first passage to `Done`."""
        excerpts = packed(evidence(hits), self._context_tokens)
        for excerpt in excerpts:
            yield PassageFound(excerpt.number, excerpt.hit)
        if not excerpts:
            yield Done("no_evidence")
            return
        writing = _Writing(question, excerpts, self._redactor)
        pieces = self._models.answer(writing.prompt, principal.owner, scope_of(principal, excerpts))
        async with _closing(pieces):
            try:
                async for piece in pieces:
                    for event in writing.read(piece):
                        yield event
                ending = writing.end()
            except NoAnswer as error:
                ending = writing.broken(error)
        for event in ending:
            yield event


class _Writing:
    """What comes of the pieces of an answer."""

    def __init__(self, question: str, excerpts: Sequence[Excerpt], redactor: Redactor) -> None:
        self._question = question
        self._excerpts = excerpts
        self._hits = [excerpt.hit for excerpt in excerpts]
        self._redacted, self.prompt = _prompt(question, excerpts, redactor)
        self._draft = self._new()
        self._spent: Spent | None = None

    def read(self, piece: Piece) -> Iterator[Event]:
        """Yield what is told of the next piece."""
        match piece:
            case Written():
                yield from self._draft.write(piece.text)
            case Restarted():
                yield from self._void()
            case Spent():
                self._spent = piece

    def end(self) -> Iterator[Event]:
        """Yield what is told once the model has written everything."""
        if self._draft.abstained:
            yield from self._done("no_evidence")
            return
        yield from self._draft.finish()
        _log.info(
            "answer checked", supported=self._draft.supported, unsupported=self._draft.unsupported
        )
        if self._draft.supported:
            yield from self._done("answered")
        else:
            yield from self._void()
            yield from self._quoted(_UNSUPPORTED)

    def broken(self, error: NoAnswer) -> Iterator[Event]:
        """Yield what is told when no model answers, or none to the end."""
        if error.reason == "not_configured":
            # Nobody was to write: quotes are the answer.
            yield from quotes(self._question, self._hits)
            yield from self._done("answered")
            return
        self._spent = error.spent or self._spent
        failed = Failed(error.reason, error.message, error.retry_after_seconds)
        if self._draft.told:
            yield from self._draft.finish()
            yield failed
            yield from self._done("incomplete")
        else:
            yield from self._quoted(failed)

    def _quoted(self, failed: Failed) -> Iterator[Event]:
        yield failed
        yield from quotes(self._question, self._hits)
        yield from self._done("quoted")

    def _done(self, outcome: Outcome) -> Iterator[Event]:
        if self._spent is not None:
            yield Used(self._spent)
        yield Done(outcome)

    def _void(self) -> Iterator[Restart]:
        if self._draft.told:
            yield Restart()
        self._draft = self._new()

    def _new(self) -> Draft:
        return Draft(self._question, self._excerpts, self._redacted.originals)


def scope_of(principal: Principal, excerpts: Sequence[Excerpt]) -> str:
    """Return what an answer rests on beside its prompt: the reach of its asker, and which passages.

    A chunk's key changes with its words, so that document and key name a version of a passage.
    """
    reach = ACCESS.read(principal)
    parts = ["every label" if reach is None else f"labels {sorted(reach)}"]
    parts += [f"{excerpt.hit.document_id} {excerpt.hit.chunk.key}" for excerpt in excerpts]
    return sha256("\n".join(parts).encode()).hexdigest()


def _prompt(
    question: str, excerpts: Sequence[Excerpt], redactor: Redactor
) -> tuple[Redacted, Prompt]:
    passages = [
        Passage(excerpt.number, excerpt.hit.title, excerpt.hit.chunk.headings, excerpt.text)
        for excerpt in excerpts
    ]
    prompt = answering(passages, question)
    redacted = redactor.redact(prompt.content)
    asked = Asked(question, redactor.redact(answering(passages, "").content).text)
    sources = frozenset(Source(each.hit.document_id, each.hit.version) for each in excerpts)

    def sound(text: str) -> bool:
        draft = Draft(question, excerpts, redacted.originals)
        deque(chain(draft.write(text), draft.finish()), maxlen=0)
        return draft.sound

    return redacted, Prompt(
        prompt.version, prompt.instructions, redacted.text, asked, sources, sound=sound
    )


@asynccontextmanager
async def _closing(pieces: AsyncIterator[Piece]) -> AsyncIterator[None]:
    """Close the pieces at the end: that stops the model's call when it is under way."""
    try:
        yield
    finally:
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()

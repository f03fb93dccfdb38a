"""Events of an answer as server-sent events (HTML Living Standard, 9.2)."""

import json
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from quillwort.assistant.events import (
    Citation,
    Done,
    Event,
    Failed,
    PassageFound,
    Problem,
    Restart,
    Token,
    Used,
)
from quillwort.assistant.language_models import Spent
from quillwort.assistant.telling import Numbered
from quillwort.entrypoints.rest.assistant.passages import PassageBody, passage_in_context

HEARTBEAT: Final = b": heartbeat\n\n"
"""A comment: it says that the connection stands, and readers skip it."""

PASSAGE: Final = TypeAdapter(PassageBody)


class CitationBody(TypedDict):
    """What the answer rests on: words of the passage of that number."""

    passage: int
    quote: str


class UsageBody(TypedDict):
    """What the answer took, the money in dollars as a decimal string.

    `written_for` is the question that a cached answer was written for, where that is this one in
    other words.
    """

    model: str
    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    usd: str | None
    cached: bool
    written_for: str | None


class ErrorBody(TypedDict):
    """Why no language model wrote it, or not to the end."""

    problem: Problem
    detail: str
    retry_after_seconds: float | None


def written(answer_id: UUID, told: Numbered) -> bytes:
    """Return an event as it goes over the wire; `id` is where a reader continues."""
    name, data = _named(told.event)
    return f"id: {answer_id}/{told.number}\nevent: {name}\ndata: {data}\n\n".encode()


def _named(event: Event) -> tuple[str, str]:
    """Return the name of an event and its data as JSON."""
    name: str
    data: object
    match event:
        case PassageFound():
            shown = PASSAGE.dump_python(passage_in_context(event.hit), mode="json")
            name, data = "passage", {"number": event.number, "passage": shown}
        case Token():
            name, data = "token", {"text": event.text}
        case Citation():
            name, data = "citation", citation(event)
        case Restart():
            name, data = "restart", {}
        case Used():
            name, data = "usage", usage(event.spent)
        case Failed():
            name, data = "error", failure(event)
        case Done():
            name, data = "done", {"outcome": event.outcome, "degraded": event.degraded}
    return name, json.dumps(data, ensure_ascii=False)


def citation(cited: Citation) -> CitationBody:
    """Return what an answer rests on, as REST shows it."""
    return {"passage": cited.passage, "quote": cited.quote}


def usage(spent: Spent) -> UsageBody:
    """Return what an answer took, as REST shows it."""
    return {
        "model": spent.model,
        "input_tokens": spent.input_tokens,
        "cached_input_tokens": spent.cached_input_tokens,
        "output_tokens": spent.output_tokens,
        "usd": None if spent.usd is None else format(spent.usd, "f"),
        "cached": spent.cached,
        "written_for": spent.written_for,
    }


def failure(failed: Failed) -> ErrorBody:
    """Return why no language model wrote an answer, as REST shows it."""
    return {
        "problem": failed.problem,
        "detail": failed.detail,
        "retry_after_seconds": failed.retry_after_seconds,
    }

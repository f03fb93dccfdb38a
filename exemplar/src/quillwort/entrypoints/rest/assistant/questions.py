"""Questions over REST: the answer comes as server-sent events."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

from fastapi import FastAPI, Request
from pydantic import Field, TypeAdapter, with_config
from starlette.responses import StreamingResponse
from typing_extensions import TypedDict

from quillwort.assistant.events import (
    Citation,
    Done,
    Event,
    Failed,
    PassageFound,
    Restart,
    Token,
    Used,
)
from quillwort.assistant.language_models import Spent
from quillwort.assistant.question_service import QuestionService
from quillwort.assistant.search_service import MAX_QUESTION
from quillwort.entrypoints.rest.assistant.passages import PassageBody, passage
from quillwort.entrypoints.rest.body import JSON, JsonBody
from quillwort.entrypoints.rest.identity import principal
from quillwort.entrypoints.rest.problems import documented
from quillwort.entrypoints.rest.schema import INPUT

EVENT_STREAM: Final = "text/event-stream"
STREAMS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "`passage`, `token` and `citation` events as the answer comes, then `done`.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    }
}
ASKS: Final = STREAMS | documented(401, 403, 413, 415, 422, 429, 500, 503)


@with_config(INPUT)
class QuestionBody(TypedDict):
    """What is asked."""

    question: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION, pattern=r"\S")]


EXAMPLE: Final[dict[str, Any]] = {"question": "Who pays for repairs?"}

QUESTION: Final = JsonBody(QuestionBody, EXAMPLE, JSON)
PASSAGE: Final = TypeAdapter(PassageBody)


class QuestionRoutes:
    """The route of questions."""

    def __init__(self, questions: QuestionService) -> None:
        self._questions = questions

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve it."""
        app.add_api_route(
            "/v1/questions",
            self.ask,
            tags=["questions"],
            methods=["POST"],
            operation_id="ask_question",
            response_class=StreamingResponse,
            responses=ASKS,
            openapi_extra=QUESTION.documented(),
        )

    async def ask(self, request: Request) -> StreamingResponse:
        """Ask a question; the answer quotes what documents say, or says that they say nothing."""
        body = await QUESTION.read(request)
        events = await self._questions.ask(principal(request), body["question"])
        return StreamingResponse(_written(events), media_type=EVENT_STREAM)


async def _written(events: AsyncIterator[Event]) -> AsyncIterator[bytes]:
    """Yield events as they go over the wire (HTML Living Standard, 9.2)."""
    number = 0
    async for event in events:
        number += 1
        name, data = _named(event)
        yield f"id: {number}\nevent: {name}\ndata: {data}\n\n".encode()


def _named(event: Event) -> tuple[str, str]:
    match event:
        case PassageFound():
            shown = PASSAGE.dump_json(passage(event.hit)).decode()
            return "passage", f'{{"number":{event.number},"passage":{shown}}}'
        case Token():
            return "token", json.dumps({"text": event.text}, ensure_ascii=False)
        case Citation():
            cited = {"passage": event.passage, "quote": event.quote}
            return "citation", json.dumps(cited, ensure_ascii=False)
        case Restart():
            return "restart", "{}"
        case Used():
            return "usage", json.dumps(_usage(event.spent))
        case Failed():
            failed = {
                "problem": event.problem,
                "detail": event.detail,
                "retry_after_seconds": event.retry_after_seconds,
            }
            return "error", json.dumps(failed, ensure_ascii=False)
        case Done():
            return "done", json.dumps({"outcome": event.outcome})


def _usage(spent: Spent) -> dict[str, str | int | bool | None]:
    return {
        "model": spent.model,
        "input_tokens": spent.input_tokens,
        "cached_input_tokens": spent.cached_input_tokens,
        "output_tokens": spent.output_tokens,
        "usd": None if spent.usd is None else str(spent.usd),
        "cached": spent.cached,
    }

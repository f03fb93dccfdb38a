"""Answers over REST: read again, continued, stopped and rated."""

import re
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final, NotRequired
from uuid import UUID

from fastapi import FastAPI, Request, Response
from pydantic import with_config
from starlette.responses import StreamingResponse
from typing_extensions import TypedDict

from quillwort.assistant.answer_service import AnswerService
from quillwort.assistant.answers import FEEDBACK_RULES, Answer, Feedback
from quillwort.assistant.events import Outcome
from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.entrypoints.rest.answer import LISTS, JsonAnswer
from quillwort.entrypoints.rest.assistant.events import (
    CitationBody,
    ErrorBody,
    UsageBody,
    citation,
    failure,
    usage,
)
from quillwort.entrypoints.rest.assistant.passages import PassageBody, passage_in_context
from quillwort.entrypoints.rest.assistant.stream import DOCUMENTED, EventStream
from quillwort.entrypoints.rest.body import JSON, JsonBody
from quillwort.entrypoints.rest.identity import principal
from quillwort.entrypoints.rest.problems import documented
from quillwort.entrypoints.rest.schema import INPUT, ruled

SHOWS: Final = LISTS | documented(404)
FOLLOWS: Final = (
    {200: DOCUMENTED, 204: {"description": "The whole answer has been read: ask no more."}}
    | LISTS
    | documented(404)
)
STOPS: Final = LISTS | documented(404)
RATES: Final = LISTS | documented(404, 409, 413, 415)

_LAST_EVENT: Final = re.compile(r"([0-9a-f-]{36})/([0-9]{1,9})")

LAST_EVENT_ID: Final[dict[str, Any]] = {
    "parameters": [
        {
            "name": "Last-Event-ID",
            "in": "header",
            "description": "The id of the last event that was read; absent: begin at the first.",
            "schema": {"type": "string", "pattern": f"^{_LAST_EVENT.pattern}$"},
        }
    ]
}


class NumberedPassage(TypedDict):
    """A passage that the answer may rest on, and the number that citations call it by."""

    number: int
    passage: PassageBody


@with_config(INPUT)
class FeedbackBody(TypedDict):
    """Whether the answer helped, and why."""

    helpful: bool
    comment: NotRequired[Annotated[str | None, ruled(FEEDBACK_RULES["comment"])]]


class AnswerBody(TypedDict):
    """An answer as far as it is told; `outcome` and `finished_at` are null while more comes.

    `degraded` says that its passages were found by keywords alone.
    """

    id: UUID
    question: str
    outcome: Outcome | None
    degraded: bool
    text: str
    passages: Sequence[NumberedPassage]
    citations: Sequence[CitationBody]
    usage: UsageBody | None
    error: ErrorBody | None
    feedback: FeedbackBody | None
    created_at: datetime
    finished_at: datetime | None


EXAMPLE: Final[dict[str, Any]] = {"helpful": True, "comment": "It named the very clause."}

FEEDBACK: Final = JsonBody(FeedbackBody, EXAMPLE, JSON)
ONE: Final = JsonAnswer(AnswerBody)


class AnswerRoutes:
    """The routes of answers."""

    def __init__(self, answers: AnswerService, heartbeat_seconds: float) -> None:
        self._answers = answers
        self._heartbeat_seconds = heartbeat_seconds

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve these."""
        app.add_api_route(
            "/v1/answers/{answer_id}",
            self.get,
            tags=["answers"],
            methods=["GET"],
            operation_id="get_answer",
            response_model=AnswerBody,
            responses=SHOWS,
        )
        app.add_api_route(
            "/v1/answers/{answer_id}",
            self.stop,
            tags=["answers"],
            methods=["DELETE"],
            operation_id="stop_answer",
            status_code=HTTPStatus.NO_CONTENT,
            responses=STOPS,
        )
        app.add_api_route(
            "/v1/answers/{answer_id}/events",
            self.follow,
            tags=["answers"],
            methods=["GET"],
            operation_id="follow_answer",
            response_class=StreamingResponse,
            response_model=None,
            responses=FOLLOWS,
            openapi_extra=LAST_EVENT_ID,
        )
        app.add_api_route(
            "/v1/answers/{answer_id}/feedback",
            self.rate,
            tags=["answers"],
            methods=["PUT"],
            operation_id="rate_answer",
            response_model=AnswerBody,
            responses=RATES,
            openapi_extra=FEEDBACK.documented(),
        )

    async def get(self, request: Request, answer_id: UUID) -> Response:
        """Show an answer as far as it is told."""
        return ONE.plain(_body(await self._answers.get(principal(request), answer_id)))

    async def stop(self, request: Request, answer_id: UUID) -> Response:
        """Stop an answer, and the model that writes it; one that has ended stays as it is."""
        await self._answers.stop(principal(request), answer_id)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def follow(self, request: Request, answer_id: UUID) -> Response:
        """Read an answer's events, or read on after the last that came through."""
        after = _last_read(request, answer_id)
        following = await self._answers.follow(principal(request), answer_id, after)
        if following.ended:
            # What a browser's EventSource is told to come back no more by.
            return Response(status_code=HTTPStatus.NO_CONTENT)
        return EventStream(following, self._heartbeat_seconds)

    async def rate(self, request: Request, answer_id: UUID) -> Response:
        """Say whether an answer helped; what was said before is replaced."""
        body = await FEEDBACK.read(request)
        feedback = Feedback(body["helpful"], body.get("comment"))
        return ONE.plain(_body(await self._answers.rate(principal(request), answer_id, feedback)))


def _last_read(request: Request, answer_id: UUID) -> int:
    """Return the number of the event that was read last, or 0.

    Raises:
        InvalidInput: when Last-Event-ID is not the id of an event of this answer.
    """
    given = request.headers.get("last-event-id")
    if given is None:
        return 0
    named = _LAST_EVENT.fullmatch(given)
    if named is None or named[1] != str(answer_id):
        raise InvalidInput([FieldError("Last-Event-ID", "must be the id of one of its events")])
    return int(named[2])


def _body(answer: Answer) -> AnswerBody:
    return {
        "id": answer.id,
        "question": answer.question,
        "outcome": answer.outcome,
        "degraded": answer.degraded,
        "text": answer.text,
        "passages": [
            {"number": found.number, "passage": passage_in_context(found.hit)}
            for found in answer.passages
        ],
        "citations": [citation(cited) for cited in answer.citations],
        "usage": None if answer.spent is None else usage(answer.spent),
        "error": None if answer.failed is None else failure(answer.failed),
        "feedback": _feedback(answer.feedback),
        "created_at": answer.created_at,
        "finished_at": answer.finished_at,
    }


def _feedback(feedback: Feedback | None) -> FeedbackBody | None:
    if feedback is None:
        return None
    return {"helpful": feedback.helpful, "comment": feedback.comment}

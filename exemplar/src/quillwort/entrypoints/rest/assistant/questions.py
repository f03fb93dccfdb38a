"""Questions over REST: the answer comes as server-sent events."""

from typing import Annotated, Any, Final

from fastapi import FastAPI, Request
from pydantic import Field, with_config
from starlette.responses import StreamingResponse
from typing_extensions import TypedDict

from quillwort.assistant.question_service import QuestionService
from quillwort.assistant.search_service import MAX_QUESTION
from quillwort.entrypoints.rest.assistant.stream import DOCUMENTED, EventStream
from quillwort.entrypoints.rest.body import JSON, JsonBody
from quillwort.entrypoints.rest.identity import principal
from quillwort.entrypoints.rest.problems import documented
from quillwort.entrypoints.rest.schema import INPUT

STREAMS: Final[dict[int | str, dict[str, Any]]] = {
    200: DOCUMENTED
    | {
        "headers": {
            "Location": {
                "description": "The answer, there to be read again, continued, stopped or rated.",
                "schema": {"type": "string"},
            }
        }
    }
}
ASKS: Final = STREAMS | documented(401, 403, 413, 415, 422, 429, 500, 503)


@with_config(INPUT)
class QuestionBody(TypedDict):
    """What is asked."""

    question: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION, pattern=r"\S")]


EXAMPLE: Final[dict[str, Any]] = {"question": "Who pays for repairs?"}

QUESTION: Final = JsonBody(QuestionBody, EXAMPLE, JSON)


class QuestionRoutes:
    """The route of questions."""

    def __init__(self, questions: QuestionService, heartbeat_seconds: float) -> None:
        self._questions = questions
        self._heartbeat_seconds = heartbeat_seconds

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

    async def ask(self, request: Request) -> EventStream:
        """Ask a question; the answer cites what documents say, or says that they say nothing."""
        body = await QUESTION.read(request)
        following = await self._questions.ask(principal(request), body["question"])
        return EventStream(following, self._heartbeat_seconds, f"/v1/answers/{following.id}")

"""Questions over gRPC: the answer comes as a stream of events."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import grpc

from quillwort.assistant.events import Event
from quillwort.assistant.question_service import QuestionService
from quillwort.domain.values import new_id
from quillwort.entrypoints.grpc.assistant.events import write
from quillwort.entrypoints.grpc.interceptors.base import CallContext
from quillwort.entrypoints.grpc.interceptors.identity import current_principal
from quillwort.v1 import assistant_questions_pb2 as pb
from quillwort.v1 import assistant_questions_pb2_grpc as rpc


class QuestionServicer(rpc.QuestionServiceServicer):
    """Serves `quillwort.v1.QuestionService`."""

    name: Final = pb.DESCRIPTOR.services_by_name["QuestionService"].full_name

    def __init__(self, questions: QuestionService) -> None:
        self._questions = questions

    def add_to(self, server: grpc.aio.Server) -> None:
        """Have the server serve this."""
        rpc.add_QuestionServiceServicer_to_server(self, server)

    async def AskQuestion(
        self, request: pb.AskQuestionRequest, context: CallContext
    ) -> AsyncIterator[pb.AnswerEvent]:
        """Tell an answer; it stops where the call does."""
        events = await self._questions.ask(current_principal(), request.question)
        answer_id, number = new_id(), 0
        async with closing(events):
            async for event in events:
                number += 1
                yield write(f"{answer_id}/{number}", event)


@asynccontextmanager
async def closing(events: AsyncIterator[Event]) -> AsyncIterator[None]:
    """Stop whatever makes the events when the block ends, whichever way it does."""
    try:
        yield
    finally:
        if isinstance(events, AsyncGenerator):
            await events.aclose()

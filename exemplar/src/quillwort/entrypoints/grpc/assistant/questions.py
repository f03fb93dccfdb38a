"""Questions over gRPC: the answer comes as a stream of events."""

import contextlib
from collections.abc import AsyncIterator
from typing import Final

import grpc

from quillwort.assistant.answer_service import AnswerService
from quillwort.assistant.question_service import QuestionService
from quillwort.domain.errors import DomainError
from quillwort.entrypoints.grpc.assistant.events import told
from quillwort.entrypoints.grpc.interceptors.base import CallContext
from quillwort.entrypoints.grpc.interceptors.identity import current_principal
from quillwort.v1 import assistant_events_pb2 as events_pb
from quillwort.v1 import assistant_questions_pb2 as pb
from quillwort.v1 import assistant_questions_pb2_grpc as rpc


class QuestionServicer(rpc.QuestionServiceServicer):
    """Serves `quillwort.v1.QuestionService`."""

    name: Final = pb.DESCRIPTOR.services_by_name["QuestionService"].full_name

    def __init__(self, questions: QuestionService, answers: AnswerService) -> None:
        self._questions = questions
        self._answers = answers

    def add_to(self, server: grpc.aio.Server) -> None:
        """Have the server serve this."""
        rpc.add_QuestionServiceServicer_to_server(self, server)

    async def AskQuestion(
        self, request: pb.AskQuestionRequest, context: CallContext
    ) -> AsyncIterator[events_pb.AnswerEvent]:
        """Tell an answer; it stops where the call does, unless it is to be resumed."""
        principal = current_principal()
        reading = await self._questions.ask(principal, request.question)
        try:
            async for message in told(reading):
                yield message
        finally:
            stops = not reading.ended and not request.resumable
            await reading.aclose()
            if stops:
                # One that has ended meanwhile may be gone, which is no concern of this call's.
                with contextlib.suppress(DomainError):
                    await self._answers.stop(principal, reading.id)

"""Answers over gRPC: read again, continued, stopped and rated."""

from collections.abc import AsyncIterator
from typing import Final

import grpc
from google.protobuf.empty_pb2 import Empty as Nothing

from quillwort.assistant.answer_service import AnswerService
from quillwort.assistant.answers import Answer, Feedback
from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.entrypoints.grpc.assistant.events import (
    OUTCOMES,
    citation,
    failure,
    passage,
    told,
    usage,
)
from quillwort.entrypoints.grpc.interceptors.base import CallContext
from quillwort.entrypoints.grpc.interceptors.identity import current_principal
from quillwort.entrypoints.grpc.messages.conversion import present, write_moment
from quillwort.entrypoints.grpc.messages.reading import MessageReader, read_id
from quillwort.v1 import assistant_answers_pb2 as pb
from quillwort.v1 import assistant_answers_pb2_grpc as rpc
from quillwort.v1 import assistant_events_pb2 as events_pb

_NOT_YET: Final = events_pb.ANSWER_OUTCOME_UNSPECIFIED


class AnswerServicer(rpc.AnswerServiceServicer):
    """Serves `quillwort.v1.AnswerService`."""

    name: Final = pb.DESCRIPTOR.services_by_name["AnswerService"].full_name

    def __init__(self, answers: AnswerService) -> None:
        self._answers = answers

    def add_to(self, server: grpc.aio.Server) -> None:
        """Have the server serve this."""
        rpc.add_AnswerServiceServicer_to_server(self, server)

    async def GetAnswer(self, request: pb.GetAnswerRequest, context: CallContext) -> pb.Answer:
        """Return an answer as far as it is told."""
        return write(await self._answers.get(current_principal(), read_id(request.id)))

    async def ResumeAnswer(
        self, request: pb.ResumeAnswerRequest, context: CallContext
    ) -> AsyncIterator[events_pb.AnswerEvent]:
        """Tell the events that follow one; the answer goes on for a while when the call ends."""
        if request.after < 0:
            raise InvalidInput([FieldError("after", "must not be negative")])
        principal, answer_id = current_principal(), read_id(request.id)
        reading = await self._answers.follow(principal, answer_id, request.after)
        try:
            async for message in told(reading):
                yield message
        finally:
            await reading.aclose()

    async def StopAnswer(self, request: pb.StopAnswerRequest, context: CallContext) -> Nothing:
        """Stop an answer, and the model that writes it."""
        await self._answers.stop(current_principal(), read_id(request.id))
        return Nothing()

    async def GiveFeedback(
        self, request: pb.GiveFeedbackRequest, context: CallContext
    ) -> pb.Answer:
        """Keep whether an answer helped."""
        answer_id, feedback = read_id(request.id), read_feedback(request)
        return write(await self._answers.rate(current_principal(), answer_id, feedback))


def read_feedback(request: pb.GiveFeedbackRequest) -> Feedback:
    """Return what the request says of an answer.

    Raises:
        InvalidInput: when it says nothing, or its comment breaks a rule.
    """
    if not request.HasField("feedback"):
        raise InvalidInput([FieldError("feedback", "is required")])
    given = request.feedback
    with MessageReader(given, Feedback, "feedback") as read:
        return Feedback(given.helpful, read.optional("comment", given.comment, str))


def write(answer: Answer) -> pb.Answer:
    """Return an answer as a message."""
    return pb.Answer(
        id=str(answer.id),
        question=answer.question,
        outcome=OUTCOMES.write(answer.outcome) if answer.outcome else _NOT_YET,
        degraded=answer.degraded,
        text=answer.text,
        passages=map(passage, answer.passages),
        citations=map(citation, answer.citations),
        usage=present(usage, answer.spent),
        error=present(failure, answer.failed),
        feedback=present(_feedback, answer.feedback),
        created_at=write_moment(answer.created_at),
        finished_at=present(write_moment, answer.finished_at),
    )


def _feedback(feedback: Feedback) -> pb.AnswerFeedback:
    return pb.AnswerFeedback(helpful=feedback.helpful, comment=feedback.comment)

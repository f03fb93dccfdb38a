"""What is told of an answer, as messages."""

from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

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
from quillwort.assistant.telling import Following
from quillwort.entrypoints.grpc.assistant import passages
from quillwort.entrypoints.grpc.messages.conversion import EnumCodes, present, write_decimal
from quillwort.v1 import assistant_events_pb2 as pb

OUTCOMES: Final = EnumCodes(
    (pb.ANSWER_OUTCOME_ANSWERED, "answered"),
    (pb.ANSWER_OUTCOME_QUOTED, "quoted"),
    (pb.ANSWER_OUTCOME_NO_EVIDENCE, "no_evidence"),
    (pb.ANSWER_OUTCOME_INCOMPLETE, "incomplete"),
)


def write(answer_id: UUID, number: int, event: Event) -> pb.AnswerEvent:
    """Return the event of that number as a message."""
    message = pb.AnswerEvent(id=f"{answer_id}/{number}")
    match event:
        case PassageFound():
            message.passage.CopyFrom(passage(event))
        case Token():
            message.token.CopyFrom(pb.AnswerToken(text=event.text))
        case Citation():
            message.citation.CopyFrom(citation(event))
        case Restart():
            message.restart.SetInParent()
        case Used():
            message.usage.CopyFrom(usage(event.spent))
        case Failed():
            message.error.CopyFrom(failure(event))
        case Done():
            message.done.outcome = OUTCOMES.write(event.outcome)
            message.done.degraded = event.degraded
    return message


async def told(reading: Following) -> AsyncIterator[pb.AnswerEvent]:
    """Yield what an answer's reader is told, to the end."""
    number = reading.position
    async for event in reading:
        number += 1
        yield write(reading.id, number, event)


def passage(found: PassageFound) -> pb.AnswerPassage:
    """Return a passage that an answer may rest on, as a message, with neighbours it may quote."""
    written = passages.write(found.hit)
    written.text = found.hit.in_context
    return pb.AnswerPassage(number=found.number, passage=written)


def citation(cited: Citation) -> pb.AnswerCitation:
    """Return what an answer rests on, as a message."""
    return pb.AnswerCitation(passage=cited.passage, quote=cited.quote)


def usage(spent: Spent) -> pb.AnswerUsage:
    """Return what an answer took, as a message."""
    return pb.AnswerUsage(
        model=spent.model,
        input_tokens=spent.input_tokens,
        cached_input_tokens=spent.cached_input_tokens,
        output_tokens=spent.output_tokens,
        usd=present(write_decimal, spent.usd),
        cached=spent.cached,
        written_for=spent.written_for,
    )


def failure(failed: Failed) -> pb.AnswerError:
    """Return why no language model wrote an answer, as a message."""
    return pb.AnswerError(
        problem=failed.problem, detail=failed.detail, retry_after_seconds=failed.retry_after_seconds
    )

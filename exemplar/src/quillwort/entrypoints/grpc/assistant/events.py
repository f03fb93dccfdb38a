"""What is told of an answer, as messages."""

from typing import Final

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
from quillwort.entrypoints.grpc.assistant import passages
from quillwort.entrypoints.grpc.messages.conversion import EnumCodes, present, write_decimal
from quillwort.v1 import assistant_questions_pb2 as pb

OUTCOMES: Final = EnumCodes(
    (pb.ANSWER_OUTCOME_ANSWERED, "answered"),
    (pb.ANSWER_OUTCOME_QUOTED, "quoted"),
    (pb.ANSWER_OUTCOME_NO_EVIDENCE, "no_evidence"),
    (pb.ANSWER_OUTCOME_INCOMPLETE, "incomplete"),
)


def write(event_id: str, event: Event) -> pb.AnswerEvent:
    """Return an event of that id as a message."""
    told = pb.AnswerEvent(id=event_id)
    match event:
        case PassageFound():
            told.passage.number = event.number
            told.passage.passage.CopyFrom(passages.write(event.hit))
        case Token():
            told.token.CopyFrom(pb.AnswerToken(text=event.text))
        case Citation():
            cited = pb.AnswerCitation(passage=event.passage, quote=event.quote)
            told.citation.CopyFrom(cited)
        case Restart():
            told.restart.SetInParent()
        case Used():
            told.usage.CopyFrom(_usage(event.spent))
        case Failed():
            told.error.CopyFrom(_error(event))
        case Done():
            told.done.outcome = OUTCOMES.write(event.outcome)
    return told


def _error(failed: Failed) -> pb.AnswerError:
    return pb.AnswerError(
        problem=failed.problem, detail=failed.detail, retry_after_seconds=failed.retry_after_seconds
    )


def _usage(spent: Spent) -> pb.AnswerUsage:
    return pb.AnswerUsage(
        model=spent.model,
        input_tokens=spent.input_tokens,
        cached_input_tokens=spent.cached_input_tokens,
        output_tokens=spent.output_tokens,
        usd=present(write_decimal, spent.usd),
        cached=spent.cached,
    )

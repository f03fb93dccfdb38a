"""Events of an answer as messages."""

from decimal import Decimal
from uuid import UUID

import pytest

from quillwort.assistant.events import Citation, Done, Event, Failed, Restart, Token, Used
from quillwort.assistant.language_models import Spent
from quillwort.entrypoints.grpc.assistant.events import write
from quillwort.v1 import assistant_events_pb2 as pb

SPENT = Spent(
    model="small",
    input_tokens=1200,
    cached_input_tokens=1000,
    output_tokens=80,
    usd=Decimal("0.00000012"),
    cached=False,
)
USED = pb.AnswerUsage(
    model="small", input_tokens=1200, cached_input_tokens=1000, output_tokens=80, usd="0.00000012"
)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Token("It is"), pb.AnswerEvent(token=pb.AnswerToken(text="It is"))),
        (Token(""), pb.AnswerEvent(token=pb.AnswerToken())),
        (
            Citation(2, "it is"),
            pb.AnswerEvent(citation=pb.AnswerCitation(passage=2, quote="it is")),
        ),
        (Restart(), pb.AnswerEvent(restart=pb.AnswerRestart())),
        (Used(SPENT), pb.AnswerEvent(usage=USED)),
        (
            Used(Spent("small", 0, 0, 0, Decimal(0), cached=True, written_for="Why?")),
            pb.AnswerEvent(
                usage=pb.AnswerUsage(model="small", usd="0", cached=True, written_for="Why?")
            ),
        ),
        (
            Failed("overloaded", "Later.", 1.5),
            pb.AnswerEvent(
                error=pb.AnswerError(problem="overloaded", detail="Later.", retry_after_seconds=1.5)
            ),
        ),
        (
            Failed("refused", "No."),
            pb.AnswerEvent(error=pb.AnswerError(problem="refused", detail="No.")),
        ),
        (
            Done("incomplete"),
            pb.AnswerEvent(done=pb.AnswerDone(outcome=pb.ANSWER_OUTCOME_INCOMPLETE)),
        ),
        (
            Done("answered", degraded=True),
            pb.AnswerEvent(done=pb.AnswerDone(outcome=pb.ANSWER_OUTCOME_ANSWERED, degraded=True)),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_event_has_its_message(event: Event, told: pb.AnswerEvent) -> None:
    told.id = f"{UUID(int=7)}/3"
    assert write(UUID(int=7), 3, event) == told

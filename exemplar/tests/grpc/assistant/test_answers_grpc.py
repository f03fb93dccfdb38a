"""Answers as callers of gRPC see them: streamed, stopped, continued, rated."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import grpc
import pytest

from answers import AnyDocument, MemoryAnswers, Scripted, hit
from grpc_asking import at_fault, code
from grpc_serving import Metadata, NamedVerifier, Serve, bearer
from quillwort.assistant.answer_runs import AnswerRuns
from quillwort.assistant.answer_service import AnswerService
from quillwort.assistant.answer_settings import AnswerSettings
from quillwort.assistant.events import Citation, Done, PassageFound, Token
from quillwort.assistant.question_service import QuestionService
from quillwort.bootstrap import Parts
from quillwort.entrypoints.grpc.assistant.answers import AnswerServicer
from quillwort.entrypoints.grpc.assistant.questions import QuestionServicer
from quillwort.v1 import assistant_answers_pb2 as answers_pb
from quillwort.v1 import assistant_events_pb2 as events_pb
from quillwort.v1 import assistant_questions_pb2 as questions_pb
from quillwort.v1.assistant_answers_pb2_grpc import AnswerServiceStub
from quillwort.v1.assistant_questions_pb2_grpc import QuestionServiceStub

ALICE = bearer("alice", "documents:read")
BOB = bearer("bob", "documents:read")
SECONDS = 30.0
BEGIN = (PassageFound(1, hit("The tenant pays.")), Token("The tenant "))
END = (Token("pays."), Citation(1, "The tenant pays."), Done("answered"))


@dataclass(frozen=True, slots=True)
class Stage:
    """A server whose answers a test gives out."""

    channel: grpc.aio.Channel
    script: Scripted
    store: MemoryAnswers

    def ask(self, *, resumable: bool = False, caller: Metadata = ALICE) -> Any:
        """Ask, and return the call."""
        stub: Any = QuestionServiceStub(self.channel)
        request = questions_pb.AskQuestionRequest(question="Who pays?", resumable=resumable)
        return stub.AskQuestion(request, metadata=caller)

    async def begun(self, *, resumable: bool = False) -> tuple[Any, str]:
        """Ask, and return the call once the answer has begun, with the answer's id."""
        self.script.give(*BEGIN)
        call = self.ask(resumable=resumable)
        first = await call.read()
        assert (await call.read()).token.text == "The tenant "
        return call, first.id.partition("/")[0]

    def get(self, answer_id: str, caller: Metadata = ALICE) -> Any:
        """Read an answer."""
        return self._answers.GetAnswer(answers_pb.GetAnswerRequest(id=answer_id), metadata=caller)

    def resume(self, answer_id: str, after: int, caller: Metadata = ALICE) -> Any:
        """Read on, and return the call."""
        request = answers_pb.ResumeAnswerRequest(id=answer_id, after=after)
        return self._answers.ResumeAnswer(request, metadata=caller)

    def stop(self, answer_id: str, caller: Metadata = ALICE) -> Any:
        """Stop an answer."""
        return self._answers.StopAnswer(answers_pb.StopAnswerRequest(id=answer_id), metadata=caller)

    def rate(
        self, answer_id: str, feedback: answers_pb.AnswerFeedback | None, caller: Metadata = ALICE
    ) -> Any:
        """Say whether an answer helped."""
        request = answers_pb.GiveFeedbackRequest(id=answer_id, feedback=feedback)
        return self._answers.GiveFeedback(request, metadata=caller)

    @property
    def _answers(self) -> Any:
        return AnswerServiceStub(self.channel)


@asynccontextmanager
async def staged(
    serve: Serve, parts: Parts, *, resume: float = 60.0, **settings: object
) -> AsyncIterator[Stage]:
    script, store = Scripted(), MemoryAnswers()
    async with AnswerRuns(store, AnswerSettings(resume_seconds=resume)) as runs:
        questions, answers = (
            QuestionService(parts.assistant.search, script, runs),
            AnswerService(runs, AnyDocument()),
        )
        # What embeds is loaded by now.
        await parts.assistant.search.search(await NamedVerifier().verify(ALICE[0][1], ""), "Who?")
        serving = await serve(
            QuestionServicer(questions, answers),
            AnswerServicer(answers),
            verifier=NamedVerifier(),
            **settings,
        )
        yield Stage(serving.channel, script, store)


async def rest(call: Any) -> list[events_pb.AnswerEvent]:
    """Return what is still to come."""
    events = []
    while (event := await call.read()) is not grpc.aio.EOF:
        events.append(event)
    return events


def kinds(events: "list[events_pb.AnswerEvent]") -> list[str]:
    return [str(event.WhichOneof("event")) for event in events]


async def test_an_answer_is_told_as_it_comes(serve: Serve, parts: Parts) -> None:
    async with staged(serve, parts) as stage:
        call, answer_id = await stage.begun()
        stage.script.give(*END)
        told = await rest(call)
        assert kinds(told) == ["token", "citation", "done"]
        assert [event.id for event in told] == [f"{answer_id}/{n}" for n in (3, 4, 5)]

        answer = await stage.get(answer_id)
        assert (answer.question, answer.text) == ("Who pays?", "The tenant pays.")
        assert answer.outcome == events_pb.ANSWER_OUTCOME_ANSWERED
        assert answer.passages[0].passage.text == "The tenant pays."
        assert answer.citations[0].quote == "The tenant pays."
        assert answer.HasField("finished_at")
        assert not answer.HasField("usage")
        assert not answer.HasField("error")


async def test_a_passage_is_told_with_the_neighbours_that_may_be_quoted(
    serve: Serve, parts: Parts
) -> None:
    async with staged(serve, parts) as stage:
        stage.script.give(
            PassageFound(1, hit("Cats.", context="Cats.\n\nDogs.")),
            Citation(1, "Dogs."),
            Done("answered"),
        )
        first, *_ = await rest(stage.ask())
        answer = await stage.get(first.id.partition("/")[0])
        assert first.passage.passage.text == "Cats.\n\nDogs."
        assert list(answer.passages) == [first.passage]


async def test_cancelling_the_call_stops_the_answer_at_once(serve: Serve, parts: Parts) -> None:
    async with staged(serve, parts) as stage:
        call, answer_id = await stage.begun()
        assert not stage.script.closed.is_set()
        call.cancel()
        async with asyncio.timeout(SECONDS):
            await stage.script.closed.wait()
            assert kinds(await rest(stage.resume(answer_id, 2))) == ["error", "done"]
        answer = await stage.get(answer_id)
        assert answer.outcome == events_pb.ANSWER_OUTCOME_INCOMPLETE
        assert answer.error.problem == "stopped"


async def test_an_answer_stops_at_its_deadline(serve: Serve, parts: Parts) -> None:
    async with staged(serve, parts, max_stream_seconds=3.0) as stage:
        call, _ = await stage.begun()
        assert await code(call.read()) is grpc.StatusCode.DEADLINE_EXCEEDED
        async with asyncio.timeout(SECONDS):
            await stage.script.closed.wait()


async def test_an_answer_that_may_be_resumed_goes_on(serve: Serve, parts: Parts) -> None:
    async with staged(serve, parts) as stage:
        call, answer_id = await stage.begun(resumable=True)
        call.cancel()
        follower = stage.resume(answer_id, 1)
        assert (await follower.read()).token.text == "The tenant "
        assert not stage.script.closed.is_set()
        stage.script.give(*END)
        told = await rest(follower)
        assert [event.id for event in told] == [f"{answer_id}/{n}" for n in (3, 4, 5)]
        assert kinds(await rest(stage.resume(answer_id, 0))) == [
            "passage",
            "token",
            "token",
            "citation",
            "done",
        ]
        assert await rest(stage.resume(answer_id, 5)) == []


async def test_reading_on_after_more_than_there_is_ends_with_the_answer(
    serve: Serve, parts: Parts
) -> None:
    async with staged(serve, parts) as stage:
        call, answer_id = await stage.begun()
        beyond = asyncio.create_task(rest(stage.resume(answer_id, 900)))
        await asyncio.sleep(0.1)
        stage.script.give(*END)
        assert await rest(call)
        assert await asyncio.wait_for(beyond, SECONDS) == []


async def test_one_that_nobody_reads_on_is_stopped(serve: Serve, parts: Parts) -> None:
    async with staged(serve, parts, resume=0.0) as stage:
        call, _ = await stage.begun(resumable=True)
        call.cancel()
        async with asyncio.timeout(SECONDS):
            await stage.script.closed.wait()


async def test_an_answer_is_stopped_by_its_asker(serve: Serve, parts: Parts) -> None:
    async with staged(serve, parts) as stage:
        call, answer_id = await stage.begun()
        assert await code(stage.stop(answer_id, BOB)) is grpc.StatusCode.NOT_FOUND
        await stage.stop(answer_id)
        assert kinds(await rest(call)) == ["error", "done"]
        await stage.stop(answer_id)


async def test_an_answer_is_rated(serve: Serve, parts: Parts) -> None:
    helpful = answers_pb.AnswerFeedback(helpful=True, comment="Short.")
    async with staged(serve, parts) as stage:
        call, answer_id = await stage.begun()
        assert await code(stage.rate(answer_id, helpful)) is grpc.StatusCode.FAILED_PRECONDITION
        stage.script.give(*END)
        assert await rest(call)
        rated = await stage.rate(answer_id, helpful)
        assert rated.id == answer_id
        (kept,) = stage.store.feedback.values()
        assert (kept.helpful, kept.comment) == (True, "Short.")
        long = answers_pb.AnswerFeedback(helpful=False, comment="x" * 2001)
        assert await at_fault(stage.rate(answer_id, long)) == {"feedback.comment"}
        assert await at_fault(stage.rate(answer_id, None)) == {"feedback"}


async def test_an_answer_is_for_who_asked_alone(serve: Serve, parts: Parts) -> None:
    async with staged(serve, parts) as stage:
        call, answer_id = await stage.begun()
        stage.script.give(*END)
        assert await rest(call)
        helpful = answers_pb.AnswerFeedback(helpful=True)
        for refused in (
            stage.get(answer_id, BOB),
            stage.resume(answer_id, 0, BOB).read(),
            stage.stop(answer_id, BOB),
            stage.rate(answer_id, helpful, BOB),
        ):
            assert await code(refused) is grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize(
    ("answer_id", "after", "field"),
    [("x", 0, "id"), ("01890a5d-ac96-774b-bcce-b302099a8057", -1, "after")],
)
async def test_what_breaks_a_rule_is_refused(
    serve: Serve, parts: Parts, answer_id: str, after: int, field: str
) -> None:
    async with staged(serve, parts) as stage:
        assert await at_fault(stage.resume(answer_id, after).read()) == {field}

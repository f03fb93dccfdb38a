"""Answers under way: they belong to no reader, and stop when nobody reads."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from answers import ALICE, BOB, AnyDocument, MemoryAnswers, Scripted, hit
from quillwort.assistant import answer_runs
from quillwort.assistant.answer_runs import AnswerRuns
from quillwort.assistant.answer_service import AnswerService
from quillwort.assistant.answer_settings import AnswerSettings
from quillwort.assistant.answers import Answer, Feedback
from quillwort.assistant.events import Done, Event, Failed, PassageFound, Restart, Token
from quillwort.assistant.telling import BATCH, Following
from quillwort.domain.errors import Conflict, NotFound

SECONDS = 10.0
STOPPED = [Failed("stopped", "The answer was stopped."), Done("incomplete")]


@pytest.fixture
def store() -> MemoryAnswers:
    return MemoryAnswers()


@pytest.fixture
async def runs(store: MemoryAnswers) -> AsyncIterator[AnswerRuns]:
    async with AnswerRuns(store, AnswerSettings(resume_seconds=0.05)) as runs:
        yield runs


@pytest.fixture
def documents() -> AnyDocument:
    return AnyDocument()


@pytest.fixture
def answers(runs: AnswerRuns, documents: AnyDocument) -> AnswerService:
    return AnswerService(runs, documents)


@pytest.fixture
def script() -> Scripted:
    return Scripted()


def begun(runs: AnswerRuns, script: Scripted, asker: str = "alice") -> Following:
    return runs.start(asker, "Who pays?", script.version, script.answer(ALICE, "", ()))


async def rest(following: Following) -> list[Event]:
    async with asyncio.timeout(SECONDS):
        return [event async for event in following]


async def test_every_reader_is_told_everything_at_its_own_pace(
    runs: AnswerRuns, answers: AnswerService, script: Scripted
) -> None:
    first = begun(runs, script)
    script.give(Token("The "))
    assert await anext(first) == Token("The ")
    second = await answers.follow(ALICE, first.id)
    script.give(Token("tenant."), Done("answered"))
    assert await rest(first) == [Token("tenant."), Done("answered")]
    assert await rest(second) == [Token("The "), Token("tenant."), Done("answered")]


async def test_a_reader_continues_exactly_after_what_it_read(
    runs: AnswerRuns, answers: AnswerService, store: MemoryAnswers, script: Scripted
) -> None:
    first = begun(runs, script)
    script.give(Token("a"), Token("b"))
    assert [await anext(first), await anext(first)] == [Token("a"), Token("b")]
    await first.aclose()
    under_way = await answers.follow(ALICE, first.id, 1)
    script.give(Token("c"), Done("answered"))
    expected = [Token("b"), Token("c"), Done("answered")]
    assert await rest(under_way) == expected
    assert store.kept.keys() == {first.id}
    assert await rest(await answers.follow(ALICE, first.id, 1)) == expected
    assert (await answers.follow(ALICE, first.id, 4)).ended


async def test_who_claims_to_have_read_more_than_there_is_is_told_the_end_all_the_same(
    answers: AnswerService, runs: AnswerRuns, script: Scripted
) -> None:
    first = begun(runs, script)
    beyond = [await answers.follow(ALICE, first.id, after) for after in (3, 10**18)]
    reading = [asyncio.create_task(rest(each)) for each in beyond]
    waiting = asyncio.create_task((await answers.follow(ALICE, first.id, 900)).within(SECONDS))
    script.give(Token("a"))
    await anext(first)
    script.give(Done("answered"))
    await rest(first)
    assert [await each for each in reading] == [[], []]
    assert await waiting == ()


async def test_what_nobody_reads_is_stopped_after_a_while_and_closes_what_makes_it(
    runs: AnswerRuns, answers: AnswerService, script: Scripted
) -> None:
    reader = begun(runs, script)
    script.give(Token("a"))
    await anext(reader)
    assert not script.closed.is_set()
    await reader.aclose()
    async with asyncio.timeout(SECONDS):
        await script.closed.wait()
    events = await rest(await answers.follow(ALICE, reader.id))
    assert events == [Token("a"), *STOPPED]


async def test_a_reader_that_comes_back_in_time_keeps_the_answer(
    store: MemoryAnswers, script: Scripted
) -> None:
    async with AnswerRuns(store, AnswerSettings(resume_seconds=SECONDS)) as runs:
        reader = begun(runs, script)
        await reader.aclose()
        again = runs.follow(reader.id, "alice", 0)
        assert again is not None
        script.give(Token("a"), Done("answered"))
        assert await rest(again) == [Token("a"), Done("answered")]


async def test_stopping_ends_an_answer_at_once_even_before_it_began(
    runs: AnswerRuns, answers: AnswerService, script: Scripted
) -> None:
    reader = begun(runs, script)
    await answers.stop(ALICE, reader.id)
    assert await rest(reader) == STOPPED
    await answers.stop(ALICE, reader.id)
    assert (await answers.get(ALICE, reader.id)).outcome == "incomplete"


async def test_leaving_the_context_stops_every_answer_and_keeps_it(store: MemoryAnswers) -> None:
    scripts = [Scripted(), Scripted()]
    async with AnswerRuns(store, AnswerSettings()) as runs:
        readers = [begun(runs, script) for script in scripts]
        scripts[0].give(Token("a"))
        await anext(readers[0])
    assert all(answer.outcome == "incomplete" for answer in store.kept.values())
    assert len(store.kept) == 2


async def test_an_answer_that_fails_says_so(runs: AnswerRuns) -> None:
    async def failing() -> AsyncGenerator[Event, None]:
        yield Token("a")
        raise ZeroDivisionError

    events = await rest(runs.start("alice", "?", "1", failing()))
    assert events == [
        Token("a"),
        Failed("failed", "Something went wrong here."),
        Done("incomplete"),
    ]


@pytest.mark.parametrize(("bound", "text"), [("MOST_EVENTS", ""), ("MOST_CHARACTERS", "four" * 5)])
async def test_an_endless_answer_is_ended(
    runs: AnswerRuns, monkeypatch: pytest.MonkeyPatch, bound: str, text: str
) -> None:
    monkeypatch.setattr(answer_runs, bound, 100)

    async def endless() -> AsyncGenerator[Event, None]:
        while True:
            yield Token(text)

    events = await rest(runs.start("alice", "?", "1", endless()))
    assert len(events) <= 102
    assert isinstance(events[-2], Failed)
    assert events[-2].problem == "too_long"
    assert events[-1] == Done("incomplete")


async def test_what_cannot_be_kept_is_told_all_the_same(
    runs: AnswerRuns, answers: AnswerService, store: MemoryAnswers, script: Scripted
) -> None:
    store.down = True
    reader = begun(runs, script)
    script.give(Token("a"), Done("answered"))
    assert await rest(reader) == [Token("a"), Done("answered")]
    assert (await answers.get(ALICE, reader.id)).outcome == "answered"


async def test_a_reader_is_given_so_much_at_once_and_nothing_when_nothing_comes(
    runs: AnswerRuns, script: Scripted
) -> None:
    reader = begun(runs, script)
    assert await reader.within(0.001) == ()
    script.give(*[Token("a")] * (BATCH + 1), Done("answered"))
    await rest(begun_after(runs, reader))
    first = await reader.within(SECONDS)
    assert [told.number for told in first] == list(range(1, BATCH + 1))
    assert [told.number for told in await reader.within(SECONDS)] == [BATCH + 1, BATCH + 2]
    assert reader.ended


def begun_after(runs: AnswerRuns, reader: Following) -> Following:
    other = runs.follow(reader.id, None, 0)
    assert other is not None
    return other


async def test_answers_of_others_are_not_found(
    runs: AnswerRuns, answers: AnswerService, script: Scripted
) -> None:
    reader = begun(runs, script)
    await missing_to_bob(answers, reader.id)
    script.give(Done("no_evidence"))
    await rest(reader)
    await missing_to_bob(answers, reader.id)


async def test_an_answer_is_found_as_long_as_what_it_rests_on_may_be_read(
    runs: AnswerRuns, answers: AnswerService, documents: AnyDocument, script: Scripted
) -> None:
    reader = begun(runs, script)
    script.give(PassageFound(1, hit("The tenant pays.")), Done("answered"))
    await rest(reader)
    assert (await answers.get(ALICE, reader.id)).passages
    documents.gone = True
    for call in (answers.get, answers.follow, answers.stop):
        with pytest.raises(NotFound):
            await call(ALICE, reader.id)


async def missing_to_bob(answers: AnswerService, answer_id: UUID) -> None:
    for call in (answers.get, answers.follow, answers.stop):
        with pytest.raises(NotFound):
            await call(BOB, answer_id)
    with pytest.raises(NotFound):
        await answers.rate(BOB, answer_id, Feedback(helpful=True))


async def test_an_answer_is_rated_once_it_has_ended(
    runs: AnswerRuns, answers: AnswerService, store: MemoryAnswers, script: Scripted
) -> None:
    reader = begun(runs, script)
    with pytest.raises(Conflict):
        await answers.rate(ALICE, reader.id, Feedback(helpful=True))
    script.give(Done("no_evidence"))
    await rest(reader)
    await answers.rate(ALICE, reader.id, Feedback(helpful=False, comment="No."))
    assert store.feedback == {reader.id: Feedback(helpful=False, comment="No.")}


async def test_what_was_kept_long_enough_is_forgotten(store: MemoryAnswers) -> None:
    now = datetime(2026, 3, 31, tzinfo=UTC)
    for days in (1, 31):
        await store.keep(Answer(UUID(int=days), "alice", "?", "1", now - timedelta(days=days)))
    async with AnswerRuns(store, AnswerSettings(answers_days=30), lambda: now):
        async with asyncio.timeout(SECONDS):
            await store.forgot.wait()
    assert store.kept.keys() == {UUID(int=1)}


def test_text_and_citations_are_those_since_the_last_restart() -> None:
    events = (Token("void"), Restart(), Token("The "), Token("tenant."), Done("answered"))
    answer = Answer(UUID(int=1), "alice", "?", "1", datetime.now(UTC), events)
    assert answer.text == "The tenant."
    assert answer.outcome == "answered"

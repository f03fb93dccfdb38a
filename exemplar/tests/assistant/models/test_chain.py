"""What becomes of an answer when models fail."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing
from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest
from structlog.testing import capture_logs

from memory_ledger import MemoryCompletions, MemoryLedger
from quillwort.adapters.models.settings import ModelSettings
from quillwort.assistant.gateway.completions import Completion
from quillwort.assistant.gateway.gateway import Gateway
from quillwort.assistant.gateway.ledger import Budgets, Reservation, Spending
from quillwort.assistant.gateway.model import Request, Usage
from quillwort.assistant.gateway.policy import LONGEST_PAUSE_SECONDS, Policy, pause
from quillwort.assistant.language_models import NoAnswer, Restarted, Source, Spent, Written
from quillwort.domain.errors import FieldError, InvalidInput, Unavailable
from scripted_gateway import PROMPT, QUICK, Counting, collected, gateway_over, text_of
from scripted_models import Script, ScriptedModels

WELL = Script(("It ", "is."), input_tokens=100, cached_tokens=40, output_tokens=10)
FAST = replace(QUICK, first_token_seconds=2.0, between_tokens_seconds=1.0)


async def test_the_first_model_answers_and_its_price_is_told(server: ScriptedModels) -> None:
    server.script("a", WELL)
    async with gateway_over(server) as scene:
        pieces = await scene.ask()
    usd = (60 * Decimal(2) + 40 * Decimal("0.5") + 10 * Decimal(8)) / 1_000_000
    assert pieces == [Written("It "), Written("is."), Spent("openai:a", 100, 40, 10, usd)]
    assert scene.seen.attempts == [("openai:a", "answered")]
    assert scene.seen.begun == ["openai:a"]
    assert scene.seen.spent == [pieces[-1]]


@pytest.mark.parametrize(
    "failing",
    [Script(status=429), Script(status=500), Script(ending="malformed"), Script(ending="cut")],
)
async def test_a_model_is_asked_again_before_the_next_is(
    server: ScriptedModels, failing: Script
) -> None:
    server.script("a", failing)
    server.script("b", WELL)
    async with gateway_over(server) as scene:
        assert text_of(await scene.ask()) == "It is."
    assert len(server.asked("a")) == QUICK.retries + 1
    assert scene.seen.attempts[-1] == ("anthropic:b", "answered")


async def test_a_retry_that_goes_well_is_an_answer(server: ScriptedModels) -> None:
    server.script("a", Script(status=500), Script(status=429), WELL)
    async with gateway_over(server) as scene:
        assert text_of(await scene.ask()) == "It is."
    assert not server.asked("b")


async def test_a_rejected_request_is_not_repeated(server: ScriptedModels) -> None:
    server.script("a", Script(status=401))
    server.script("b", WELL)
    async with gateway_over(server) as scene:
        assert text_of(await scene.ask()) == "It is."
    assert len(server.asked("a")) == 1


@pytest.mark.parametrize(
    ("retry_after", "told"),
    [("40", 40.0), ("3600", 300.0), ("9" * 300, 300.0), ("Thu, 01 Jan 2099 00:00:00 GMT", 300.0)],
)
async def test_who_wants_to_be_left_alone_for_long_is_and_the_answer_ends_at_once(
    server: ScriptedModels, retry_after: str, told: float
) -> None:
    server.script("a", Script(status=429, retry_after=retry_after))
    async with gateway_over(server, "openai:a") as scene:
        for number in range(2):
            with pytest.raises(NoAnswer) as raised:
                await asyncio.wait_for(scene.ask(scope=str(number)), 5.0)
            assert raised.value.reason == "unavailable"
            assert raised.value.retry_after_seconds == pytest.approx(told, abs=5.0)
            assert raised.value.retry_after_seconds <= told
    assert len(server.asked("a")) == 1
    assert scene.seen.attempts == [("openai:a", "rate_limited"), ("openai:a", "breaker_open")]


@pytest.mark.parametrize("retry_after", ["nan", "inf", "-5", "0", "soon"])
async def test_a_time_that_is_none_is_not_told(server: ScriptedModels, retry_after: str) -> None:
    server.script("a", Script(status=429, retry_after=retry_after))
    async with gateway_over(server, "openai:a") as scene:
        with pytest.raises(NoAnswer) as raised:
            await scene.ask()
    assert raised.value.retry_after_seconds is None
    assert len(server.asked("a")) == QUICK.retries + 1


async def test_callers_who_asked_together_hold_no_turns_while_a_model_rests(
    server: ScriptedModels,
) -> None:
    server.script("a", Script(status=429, retry_after="40"))
    policy = replace(QUICK, max_concurrent=4)
    async with gateway_over(server, "openai:a", policy=policy) as scene:
        asking = [scene.ask(scope=str(number)) for number in range(4)]
        ended = await asyncio.wait_for(asyncio.gather(*asking, return_exceptions=True), 5.0)
        with pytest.raises(NoAnswer) as raised:
            await scene.ask(scope="fifth")
    assert [type(each) for each in ended] == [NoAnswer] * 4
    assert raised.value.reason == "unavailable"
    assert len(server.calls) <= 4


async def test_it_is_asked_again_once_that_time_has_passed(server: ScriptedModels) -> None:
    server.script("a", Script(status=503, retry_after="1"), WELL)
    policy = replace(QUICK, first_token_seconds=0.5)
    async with gateway_over(server, "openai:a", policy=policy) as scene:
        with pytest.raises(NoAnswer) as raised:
            await scene.ask()
        assert raised.value.retry_after_seconds is not None
        await asyncio.sleep(raised.value.retry_after_seconds)
        assert text_of(await scene.ask()) == "It is."


async def test_where_another_model_answers_one_that_rests_is_not_asked(
    server: ScriptedModels,
) -> None:
    server.script("a", Script(status=429, retry_after="60"))
    server.script("b", WELL)
    async with gateway_over(server) as scene:
        for number in range(3):
            assert text_of(await scene.ask(scope=str(number))) == "It is."
    assert len(server.asked("a")) == 1


def test_pauses_grow_are_drawn_from_all_of_it_and_are_no_shorter_than_asked() -> None:
    policy = Policy(pause_seconds=0.5)
    assert [pause(policy, retry, None, lambda: 1.0) for retry in range(6)] == [
        *(0.5, 1.0, 2.0, 4.0),
        *(LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS),
    ]
    assert pause(policy, 3, None, lambda: 0.25) == 1.0
    assert pause(policy, 0, 3.0, lambda: 1.0) == 3.0


async def test_a_silent_model_gives_way_to_the_next(server: ScriptedModels) -> None:
    server.script("a", Script(ending="stall"))
    server.script("b", WELL)
    async with gateway_over(server, policy=FAST) as scene:
        assert text_of(await scene.ask()) == "It is."
    assert scene.seen.attempts == [("openai:a", "timeout"), ("anthropic:b", "answered")]
    await server.asked("a")[0].hung_up.wait()


THOUGHTS = Script(("Yes.",), reasoning=("Let me think. ",) * 4, reasoning_seconds=0.4)


@pytest.mark.parametrize("chain", ["openai:a", "anthropic:a", "compatible:a"])
async def test_a_model_that_thinks_is_not_silent(server: ScriptedModels, chain: str) -> None:
    server.script("a", THOUGHTS)
    policy = replace(QUICK, first_token_seconds=1.0, between_tokens_seconds=1.0)
    async with gateway_over(server, chain, policy=policy) as scene:
        assert text_of(await scene.ask()) == "Yes."
    assert scene.seen.attempts == [(chain, "answered")]
    assert scene.seen.begun == [chain]


async def test_a_model_that_stops_thinking_is_silent(server: ScriptedModels) -> None:
    server.script("a", Script(reasoning=("Let me think.",), ending="stall"))
    policy = replace(QUICK, retries=0, first_token_seconds=60.0, between_tokens_seconds=0.5)
    async with gateway_over(server, "openai:a", policy=policy) as scene:
        with pytest.raises(NoAnswer):
            await asyncio.wait_for(scene.ask(), 20.0)
    assert scene.seen.attempts == [("openai:a", "timeout")]


async def test_thinking_ends_when_the_answer_must(server: ScriptedModels) -> None:
    server.script("a", replace(THOUGHTS, reasoning=THOUGHTS.reasoning * 20))
    policy = replace(QUICK, total_seconds=1.5)
    async with gateway_over(server, "openai:a", policy=policy) as scene:
        with pytest.raises(NoAnswer):
            await scene.ask()
    assert scene.seen.attempts == [("openai:a", "timeout")]


@pytest.mark.parametrize("ending", ["cut", "unfinished"])
@pytest.mark.parametrize("chain", ["openai:a", "anthropic:a"])
async def test_what_was_written_and_thought_counts_where_no_usage_is_told(
    server: ScriptedModels, chain: str, ending: Literal["cut", "unfinished"]
) -> None:
    server.script("a", Script(("It ", "is. ") * 100, reasoning=("Let me ",) * 100, ending=ending))
    ledger = MemoryLedger()
    async with gateway_over(server, chain, ledger=ledger) as scene:
        with pytest.raises(NoAnswer):
            await scene.ask()
    [(reservation, spending)] = ledger.settled
    assert 300 <= spending.usage.output_tokens <= reservation.worst.usage.output_tokens


@pytest.mark.parametrize("ending", ["stall", "cut", "malformed"])
async def test_what_a_broken_model_wrote_is_void_and_the_next_begins_anew(
    server: ScriptedModels, ending: str
) -> None:
    server.script("a", replace(WELL, ending=ending))
    server.script("b", Script(("No.",)))
    async with gateway_over(server, policy=FAST) as scene:
        pieces = await scene.ask()
    assert pieces[:4] == [Written("It "), Written("is."), Restarted("openai:a"), Written("No.")]
    assert len(server.asked("a")) == 1
    told = pieces[-1]
    assert isinstance(told, Spent)
    assert told.model == "anthropic:b"
    void, written = scene.seen.spent
    assert (void.model, written.model) == ("openai:a", "anthropic:b")
    assert void.output_tokens > 0
    assert (written.input_tokens, written.output_tokens) == (100, 10)
    assert told.input_tokens == void.input_tokens + written.input_tokens
    assert told.output_tokens == void.output_tokens + written.output_tokens
    assert void.usd is not None
    assert written.usd is not None
    assert told.usd == void.usd + written.usd


@pytest.mark.parametrize("ending", ["stall", "cut", "malformed"])
async def test_or_it_is_said_to_be_incomplete(server: ScriptedModels, ending: str) -> None:
    server.script("a", replace(WELL, ending=ending))
    policy = replace(FAST, once_begun="incomplete")
    async with gateway_over(server, policy=policy) as scene:
        with pytest.raises(NoAnswer) as raised:
            await scene.ask()
    assert raised.value.reason == "incomplete"
    assert raised.value.spent is not None
    assert raised.value.spent.output_tokens > 0
    assert not server.asked("b")


async def test_a_refusal_is_no_failure_of_the_model(server: ScriptedModels) -> None:
    server.script("a", Script(ending="refusal"))
    async with gateway_over(server) as scene:
        for _ in range(QUICK.breaker_failures + 1):
            with pytest.raises(NoAnswer) as raised:
                await scene.ask()
            assert raised.value.reason == "refused"
    assert len(server.asked("a")) == QUICK.breaker_failures + 1
    assert not server.asked("b")


@pytest.mark.parametrize("piece", ["a ", "many words in every piece, and more and more of them "])
async def test_an_endless_answer_is_ended(server: ScriptedModels, piece: str) -> None:
    server.script("a", Script((piece,), forever=True))
    async with gateway_over(server, policy=replace(QUICK, max_output_tokens=30)) as scene:
        with pytest.raises(NoAnswer) as raised:
            await scene.ask()
    assert raised.value.reason == "too_long"
    assert raised.value.spent is not None
    assert 0 < raised.value.spent.output_tokens <= 30
    await server.asked("a")[0].hung_up.wait()


async def test_a_model_that_fails_again_and_again_is_left_alone(server: ScriptedModels) -> None:
    server.script("a", Script(status=500))
    server.script("b", WELL)
    policy = replace(QUICK, retries=0, breaker_failures=2)
    async with gateway_over(server, policy=policy) as scene:
        for number in range(4):
            await scene.ask(scope=str(number))
    assert len(server.asked("a")) == 2
    assert scene.seen.attempts[-2:] == [("openai:a", "breaker_open"), ("anthropic:b", "answered")]


async def test_without_models_nothing_is_configured(server: ScriptedModels) -> None:
    async with gateway_over(server, "") as scene:
        with pytest.raises(NoAnswer) as raised:
            await scene.ask()
    assert raised.value.reason == "not_configured"


async def test_two_hundred_answers_are_written_at_once(server: ScriptedModels) -> None:
    gate = asyncio.Event()
    server.script("a", replace(WELL, gate=gate))
    async with gateway_over(server, policy=ModelSettings().policy) as scene:
        asking = [asyncio.create_task(scene.ask(scope=str(number))) for number in range(200)]
        await asyncio.wait_for(server.until_asked(200), 20)
        gate.set()
        assert {text_of(pieces) for pieces in await asyncio.gather(*asking)} == {"It is."}


async def test_over_so_many_answers_at_once_the_next_is_refused(server: ScriptedModels) -> None:
    server.script("a", replace(WELL, ending="stall"))
    async with gateway_over(server, policy=replace(QUICK, max_concurrent=1)) as scene:
        async with aclosing(scene.gateway.answer(PROMPT, "ada", "1")) as first:
            await anext(first)
            with pytest.raises(NoAnswer) as raised:
                await scene.ask(scope="2")
        assert raised.value.reason == "overloaded"
        assert raised.value.retry_after_seconds is not None
        server.script("a", WELL)
        assert text_of(await scene.ask(scope="2")) == "It is."


async def test_leaving_stops_the_call_and_settles_what_it_took(server: ScriptedModels) -> None:
    server.script("a", replace(WELL, ending="stall"))
    ledger = MemoryLedger()
    async with gateway_over(server, ledger=ledger) as scene:
        async with aclosing(scene.gateway.answer(PROMPT, "ada", "")) as pieces:
            assert await anext(pieces) == Written("It ")
        assert not ledger.reserved
        [(_, spending)] = ledger.settled
        assert spending.usage.input_tokens > 0
        assert spending.usage.output_tokens > 0
        assert scene.seen.attempts == [("openai:a", "cancelled")]
        await server.asked("a")[0].hung_up.wait()


async def test_a_budget_that_might_be_exceeded_refuses_before_anything_is_asked(
    server: ScriptedModels,
) -> None:
    server.script("a", WELL)
    async with gateway_over(server, budgets=Budgets(tokens_per_owner=500)) as scene:
        with pytest.raises(NoAnswer) as raised:
            await scene.ask()
    assert raised.value.reason == "budget_exhausted"
    assert raised.value.retry_after_seconds is not None
    assert 0 < raised.value.retry_after_seconds <= 86_400
    assert raised.value.spent is None
    assert not server.calls


async def test_a_caller_who_is_cancelled_leaves_as_one_who_closes(server: ScriptedModels) -> None:
    server.script("a", replace(WELL, ending="stall"))
    ledger, begun = MemoryLedger(), asyncio.Event()

    async with gateway_over(server, ledger=ledger) as scene:

        async def ask() -> None:
            async with aclosing(scene.gateway.answer(PROMPT, "ada", "")) as pieces:
                async for _ in pieces:
                    begun.set()

        asking = asyncio.create_task(ask())
        await begun.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert len(ledger.settled) == 1
        assert not ledger.reserved
        await server.asked("a")[0].hung_up.wait()


class _Failing(MemoryLedger):
    """A ledger that does not answer at first."""

    def __init__(self, *, reserving: int = 0, settling: int = 0) -> None:
        super().__init__()
        self._reserving, self._settling = reserving, settling

    async def reserve(self, reservation: Reservation, budgets: Budgets) -> bool:
        if self._reserving:
            raise Unavailable("The database does not answer.")
        return await super().reserve(reservation, budgets)

    async def settle(self, reservation: Reservation, spending: Spending) -> None:
        if self._settling:
            self._settling -= 1
            raise Unavailable("The database does not answer.")
        await super().settle(reservation, spending)


async def test_what_cannot_be_reserved_is_not_asked(server: ScriptedModels) -> None:
    server.script("a", WELL)
    async with gateway_over(server, ledger=_Failing(reserving=1)) as scene:
        with pytest.raises(NoAnswer) as raised:
            await scene.ask()
    assert raised.value.reason == "unavailable"
    assert not server.calls


async def test_what_cannot_be_settled_is_tried_again(server: ScriptedModels) -> None:
    server.script("a", WELL)
    ledger = _Failing(settling=1)
    async with gateway_over(server, ledger=ledger) as scene:
        await scene.ask()
    [(_, spending)] = ledger.settled
    assert spending.usage == Usage(100, 40, 0, 10)


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_what_was_turned_away_costs_nothing(server: ScriptedModels, status: int) -> None:
    server.script("a", Script(status=status))
    ledger = MemoryLedger()
    async with gateway_over(server, "openai:a", ledger=ledger) as scene:
        with pytest.raises(NoAnswer):
            await scene.ask()
    assert {spending.usage for _, spending in ledger.settled} == {Usage()}
    assert not ledger.reserved


async def test_silence_is_counted_as_read(server: ScriptedModels) -> None:
    server.script("a", Script(ending="stall"))
    ledger = MemoryLedger()
    policy = replace(FAST, retries=0)
    async with gateway_over(server, "openai:a", ledger=ledger, policy=policy) as scene:
        with pytest.raises(NoAnswer):
            await scene.ask()
    [(reservation, spending)] = ledger.settled
    assert 0 < spending.usage.input_tokens <= reservation.worst.usage.input_tokens
    assert spending.usd <= reservation.worst.usd


async def test_a_bill_beyond_what_was_reserved_is_settled_as_it_is(server: ScriptedModels) -> None:
    server.script("a", replace(WELL, input_tokens=5_000_000, cached_tokens=0))
    budgets = Budgets(usd=Decimal(5))
    async with gateway_over(server, budgets=budgets) as scene:
        await scene.ask(scope="1")
        with pytest.raises(NoAnswer) as raised:
            await scene.ask(scope="2")
    assert raised.value.reason == "budget_exhausted"
    assert len(server.calls) == 1
    assert scene.seen.attempts[-2:] == [("openai:a", "over_budget"), ("anthropic:b", "over_budget")]


@pytest.mark.parametrize("told", [2**31, 10**19])
async def test_a_count_that_can_be_none_is_settled_as_the_worst(
    server: ScriptedModels, told: int
) -> None:
    server.script("a", replace(WELL, input_tokens=told, cached_tokens=0))
    ledger = MemoryLedger()
    async with gateway_over(server, "openai:a", ledger=ledger) as scene:
        assert text_of(await scene.ask()) == "It is."
    [(reservation, spending)] = ledger.settled
    assert spending == reservation.worst


class _Odd:
    """A model that fails as no model may."""

    name = "openai:odd"

    async def stream(self, request: Request) -> AsyncGenerator[str | Usage]:
        del request
        yield "It "
        raise ZeroDivisionError


async def test_a_model_that_fails_as_none_may_is_another_that_failed() -> None:
    ledger, seen = MemoryLedger(), Counting()
    gateway = Gateway(
        [_Odd()],
        ledger,
        seen,
        completions=None,
        prices={},
        policy=replace(QUICK, retries=0),
        budgets=Budgets(),
    )
    with capture_logs() as logs:
        async with gateway:
            with pytest.raises(NoAnswer) as raised:
                await collected(gateway)
    assert raised.value.reason == "unavailable"
    assert seen.attempts == [("openai:odd", "malformed")]
    assert not ledger.reserved
    assert any(entry.get("exc_info") for entry in logs)


class _Full(MemoryCompletions):
    """Completions that keep nothing more."""

    def __init__(self, problem: Exception) -> None:
        super().__init__()
        self._problem = problem

    async def put(self, key: bytes, completion: Completion, sources: Collection[Source]) -> None:
        del key, completion, sources
        raise self._problem


@pytest.mark.parametrize(
    "problem",
    [Unavailable("No."), InvalidInput([FieldError("value", "cannot be stored")]), OSError()],
)
async def test_an_answer_that_cannot_be_kept_is_one_all_the_same(
    server: ScriptedModels, problem: Exception
) -> None:
    server.script("a", WELL)
    with capture_logs() as logs:
        async with gateway_over(server, completions=_Full(problem)) as scene:
            pieces = await scene.ask()
    assert text_of(pieces) == "It is."
    assert isinstance(pieces[-1], Spent)
    assert [entry["event"] for entry in logs] == ["completion not kept"]


class _Refusing(MemoryLedger):
    """A ledger that cannot keep what it is told."""

    async def settle(self, reservation: Reservation, spending: Spending) -> None:  # noqa: ARG002 - the port's
        raise InvalidInput([FieldError("value", "cannot be stored")])


async def test_what_is_not_settled_is_logged(server: ScriptedModels) -> None:
    server.script("a", WELL)
    with capture_logs() as logs:
        async with gateway_over(server, ledger=_Refusing()) as scene:
            assert text_of(await scene.ask()) == "It is."
    [entry] = logs
    assert entry["event"] == "not settled"
    assert (entry["owner"], entry["input_tokens"]) == ("ada", 100)


async def test_what_is_being_settled_at_the_end_is_logged(server: ScriptedModels) -> None:
    server.script("a", WELL)
    with capture_logs() as logs:
        async with gateway_over(server, ledger=_Failing(settling=100)) as scene:
            await scene.ask()
    assert [entry["event"] for entry in logs] == ["not settled"]

"""What becomes of an answer when models fail."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from decimal import Decimal

import pytest

from memory_ledger import MemoryLedger
from quillwort.adapters.models.settings import ModelSettings
from quillwort.assistant.gateway.ledger import Budgets
from quillwort.assistant.gateway.policy import LONGEST_PAUSE_SECONDS, Policy, pause
from quillwort.assistant.language_models import NoAnswer, Restarted, Spent, Written
from scripted_gateway import PROMPT, QUICK, gateway_over, text_of
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
    server.script("a", Script(status=503, retry_after="2"), WELL)
    policy = replace(QUICK, first_token_seconds=1.9)
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

"""Models that think before they answer."""

import asyncio
from dataclasses import replace
from typing import Literal

import pytest

from memory_ledger import MemoryLedger
from quillwort.assistant.language_models import NoAnswer
from scripted_gateway import QUICK, gateway_over, text_of
from scripted_models import Script, ScriptedModels

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

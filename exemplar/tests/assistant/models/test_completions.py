"""Answers that are kept, and answers that are just being written."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from memory_ledger import MemoryCompletions, MemoryLedger
from quillwort.assistant.gateway.completions import Completion, key_of
from quillwort.assistant.language_models import NoAnswer, Piece, Prompt, Source, Spent, Written
from scripted_gateway import PROMPT, collected, gateway_over, text_of
from scripted_models import Script, ScriptedModels

WELL = Script(("It ", "is."))
ANSWER = Completion("openai:a", "It is.")


async def test_the_same_question_is_paid_once(server: ScriptedModels) -> None:
    server.script("a", WELL)
    ledger = MemoryLedger()
    async with gateway_over(server, ledger=ledger) as scene:
        await scene.ask()
        again = await scene.ask()
    assert again == [Written("It is."), Spent("openai:a", 0, 0, 0, Decimal(0), cached=True)]
    assert len(server.calls) == 1
    assert scene.seen.cache == ["miss", "hit"]
    [day] = await ledger.usage("ada", datetime.now(UTC).date())
    assert (day.requests, day.cached) == (2, 1)


async def test_what_is_kept_goes_with_the_documents_of_its_prompt(server: ScriptedModels) -> None:
    server.script("a", WELL)
    kept, sources = MemoryCompletions(), frozenset({Source(uuid4(), 3), Source(uuid4(), 1)})
    async with gateway_over(server, completions=kept) as scene:
        await collected(scene.gateway, replace(PROMPT, sources=sources))
    assert [*kept.sources.values()] == [sources]


async def test_another_of_anything_is_another_question(server: ScriptedModels) -> None:
    server.script("a", WELL)
    async with gateway_over(server) as scene:
        await scene.ask()
        for prompt in (
            replace(PROMPT, version="2"),
            replace(PROMPT, instructions="Be long."),
            replace(PROMPT, content="Why not?"),
        ):
            await collected(scene.gateway, prompt)
        await scene.ask(scope="other passages")
        await scene.ask(tenant="bob")
    assert len(server.calls) == 6


def test_parts_of_a_key_do_not_run_into_one_another() -> None:
    assert key_of(Prompt("1", "ab", "c"), ["m"], "t", "s") != key_of(
        Prompt("1", "a", "bc"), ["m"], "t", "s"
    )


@pytest.mark.parametrize("ending", ["cut", "length", "malformed"])
async def test_an_answer_that_broke_off_is_never_kept(server: ScriptedModels, ending: str) -> None:
    server.script("a", replace(WELL, ending=ending))
    kept = MemoryCompletions()
    async with gateway_over(server, "openai:a", completions=kept) as scene:
        with pytest.raises(NoAnswer):
            await scene.ask()
    assert not kept.kept


async def test_an_answer_that_is_not_sound_is_given_to_nobody_else(server: ScriptedModels) -> None:
    server.script("a", Script(("It ", "was.")), WELL)
    kept = MemoryCompletions()
    prompt = replace(PROMPT, sound=lambda text: text == "It is.")
    async with gateway_over(server, completions=kept) as scene:
        texts = [text_of(await collected(scene.gateway, prompt)) for _ in range(3)]
    assert texts == ["It was.", "It is.", "It is."]
    assert [*kept.kept.values()] == [ANSWER]
    assert len(server.calls) == 2


async def test_what_was_void_is_not_kept(server: ScriptedModels) -> None:
    server.script("a", replace(WELL, ending="cut"))
    server.script("b", Script(("No.",)))
    kept = MemoryCompletions()
    async with gateway_over(server, completions=kept) as scene:
        await scene.ask()
    assert [*kept.kept.values()] == [Completion("anthropic:b", "No.")]


async def test_who_asks_meanwhile_gets_the_pieces_as_they_come(server: ScriptedModels) -> None:
    gate = asyncio.Event()
    server.script("a", replace(WELL, gate=gate))
    async with (
        gateway_over(server) as scene,
        aclosing(scene.gateway.answer(PROMPT, "ada", "")) as first,
        aclosing(scene.gateway.answer(PROMPT, "ada", "")) as second,
    ):
        assert await anext(first) == Written("It ")
        assert await anext(second) == Written("It ")
        gate.set()
        rest = [[piece async for piece in pieces] for pieces in (first, second)]
    assert [pieces[0] for pieces in rest] == [Written("is.")] * 2
    paid, free = (pieces[1] for pieces in rest)
    assert isinstance(paid, Spent)
    assert isinstance(free, Spent)
    assert (paid.cached, free.cached) == (False, True)
    assert len(server.calls) == 1


async def test_what_fails_for_several_is_charged_to_one(server: ScriptedModels) -> None:
    gate = asyncio.Event()
    server.script("a", replace(WELL, gate=gate, ending="length"))
    async with (
        gateway_over(server, "openai:a") as scene,
        aclosing(scene.gateway.answer(PROMPT, "ada", "")) as first,
        aclosing(scene.gateway.answer(PROMPT, "ada", "")) as second,
    ):
        assert await anext(first) == await anext(second) == Written("It ")
        gate.set()
        failures = [await failure(pieces) for pieces in (first, second)]
    assert [error.reason for error in failures] == ["too_long"] * 2
    assert [error.spent is None for error in failures] == [False, True]
    assert len(server.calls) == 1


async def failure(pieces: AsyncIterator[Piece]) -> NoAnswer:
    """Return how an answer fails."""
    with pytest.raises(NoAnswer) as raised:
        [piece async for piece in pieces]
    return raised.value


async def test_when_the_first_leaves_it_goes_on_for_the_others(server: ScriptedModels) -> None:
    gate = asyncio.Event()
    server.script("a", replace(WELL, gate=gate))
    async with (
        gateway_over(server) as scene,
        aclosing(scene.gateway.answer(PROMPT, "ada", "")) as second,
    ):
        async with aclosing(scene.gateway.answer(PROMPT, "ada", "")) as first:
            await anext(first)
            await anext(second)
        gate.set()
        assert await anext(second) == Written("is.")
        assert isinstance(await anext(second), Spent)
    assert len(server.calls) == 1
    assert not server.calls[0].hung_up.is_set()

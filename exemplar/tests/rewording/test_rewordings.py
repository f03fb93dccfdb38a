"""The gateway gives a kept answer to the same question in other words, and says so."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal

import pytest

from memory_ledger import MemoryCompletions
from memory_wordings import MemoryWordings
from quillwort.assistant.embedding import Kind, Vectors
from quillwort.assistant.gateway.gateway import Gateway
from quillwort.assistant.language_models import Asked, NoAnswer, Piece, Prompt, Spent, Written
from quillwort.assistant.rewording.guard import Question
from quillwort.assistant.rewording.rewordings import Kept, Rewordings
from quillwort.assistant.rewording.settings import RewordingSettings
from quillwort.domain.errors import Unavailable
from scripted_gateway import Scene, collected, gateway_over
from scripted_models import Script, ScriptedModels, serving
from word_embedder import WordEmbedder

FIRST = "Who pays for repairs of the roof?"
AGAIN = "Who pays for the repairs of the roof?"
WELL = Script(("The ", "tenant."))
LOOSE = RewordingSettings(least_similar=0.8)
PASSAGES = "<passages>The tenant pays for repairs of up to 200 euros.</passages>"


def prompt(question: str, besides: str = PASSAGES) -> Prompt:
    return Prompt("1", "Be brief.", f"{besides}{question}", Asked(question, besides))


@pytest.fixture
async def server() -> AsyncIterator[ScriptedModels]:
    async with serving() as server:
        server.script("a", WELL)
        yield server


@asynccontextmanager
async def opened(
    server: ScriptedModels,
    settings: RewordingSettings = LOOSE,
    embedder: WordEmbedder | None = None,
    wordings: MemoryWordings | None = None,
) -> AsyncIterator[Scene]:
    completions = MemoryCompletions()
    reuse = Rewordings(
        wordings or MemoryWordings(completions), embedder or WordEmbedder(), settings
    )
    async with gateway_over(server, "openai:a", completions=completions, reuse=reuse) as scene:
        yield scene


async def ask(gateway: Gateway, question: str) -> list[Piece]:
    return await collected(gateway, prompt(question))


async def test_a_kept_answer_serves_other_words_and_says_for_which_it_was_written(
    server: ScriptedModels,
) -> None:
    async with opened(server) as scene:
        await ask(scene.gateway, FIRST)
        again = await ask(scene.gateway, AGAIN)
        same = await ask(scene.gateway, FIRST)
    told = Spent("openai:a", 0, 0, 0, Decimal(0), cached=True)
    assert again == [Written("The tenant."), replace(told, written_for=FIRST)]
    assert same == [Written("The tenant."), told]
    assert len(server.calls) == 1
    assert scene.seen.cache == ["miss", "reworded", "hit"]


async def test_what_a_guard_refuses_is_asked(server: ScriptedModels) -> None:
    async with opened(server) as scene:
        await ask(scene.gateway, FIRST)
        await ask(scene.gateway, "Who never pays for repairs of the roof?")
        await ask(scene.gateway, "Who pays for repairs of the garden roof?")
    assert scene.seen.cache == ["miss"] * 3
    assert len(server.calls) == 3


async def test_what_is_not_alike_enough_is_asked(server: ScriptedModels) -> None:
    async with opened(server, RewordingSettings(least_similar=1.0)) as scene:
        await ask(scene.gateway, FIRST)
        await ask(scene.gateway, AGAIN)
    assert scene.seen.cache == ["miss", "miss"]


async def test_turned_off_nothing_is_embedded(server: ScriptedModels) -> None:
    embedder = WordEmbedder()
    async with opened(server, RewordingSettings(reworded=False), embedder) as scene:
        await ask(scene.gateway, FIRST)
        await ask(scene.gateway, AGAIN)
    assert scene.seen.cache == ["miss", "miss"]
    assert embedder.embedded == []


async def test_another_of_anything_it_rests_on_is_another_question(server: ScriptedModels) -> None:
    embedder = WordEmbedder()
    async with opened(server, embedder=embedder) as scene:
        await ask(scene.gateway, FIRST)
        other = prompt(AGAIN)
        for changed in (
            replace(other, version="2"),
            replace(other, instructions="Be long."),
            prompt(AGAIN, PASSAGES.replace("200", "300")),
        ):
            await collected(scene.gateway, changed)
        await collected(scene.gateway, other, tenant="bob")
        await collected(scene.gateway, other, scope="other rights")
        embedder.name = "words@2"
        await collected(scene.gateway, other)
    assert scene.seen.cache == ["miss"] * 7
    assert len(server.calls) == 7


async def test_another_chain_of_models_is_another_question(server: ScriptedModels) -> None:
    server.script("b", WELL)
    completions = MemoryCompletions()
    reuse = Rewordings(MemoryWordings(completions), WordEmbedder(), LOOSE)
    for chain in ("openai:a", "openai:b"):
        async with gateway_over(server, chain, completions=completions, reuse=reuse) as scene:
            await ask(scene.gateway, FIRST if chain == "openai:a" else AGAIN)
            assert scene.seen.cache == ["miss"]


async def test_a_question_that_the_embedder_would_cut_is_asked(server: ScriptedModels) -> None:
    embedder = WordEmbedder()
    embedder.most_tokens = 6
    async with opened(server, embedder=embedder) as scene:
        await ask(scene.gateway, FIRST)
        await ask(scene.gateway, AGAIN)
    assert scene.seen.cache == ["miss", "miss"]


async def test_a_store_or_embedder_that_fails_costs_a_call_and_no_answer(
    server: ScriptedModels,
) -> None:
    class Down(MemoryWordings):
        async def of(self, ground: bytes, limit: int) -> Sequence[Kept]:
            raise Unavailable(f"No {limit} of {ground!r}.")

    class Full(MemoryWordings):
        async def put(self, key: bytes, question: Question) -> None:
            raise Unavailable(f"No {question} for {key!r}.")

    class Mute(WordEmbedder):
        async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
            raise Unavailable(f"Nothing of {texts}, a {kind}.")

    completions = MemoryCompletions()
    for number, (embedder, wordings) in enumerate(
        ((None, Down(completions)), (None, Full(completions)), (Mute(), None))
    ):
        async with opened(server, embedder=embedder, wordings=wordings) as scene:
            pieces = await ask(scene.gateway, f"{FIRST} {number}")
        assert [type(piece) for piece in pieces] == [Written, Written, Spent]


async def test_no_question_waits_behind_documents(server: ScriptedModels) -> None:
    class Busy(WordEmbedder):
        async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
            if kind == "passage":
                await asyncio.Event().wait()
            return await super().embed(texts, kind)

    async with opened(server, embedder=Busy()) as scene, asyncio.timeout(10):
        await ask(scene.gateway, FIRST)
        await ask(scene.gateway, AGAIN)
    assert scene.seen.cache == ["miss", "reworded"]


async def test_an_answer_that_broke_off_serves_nobody(server: ScriptedModels) -> None:
    server.script("a", replace(WELL, ending="cut"))
    completions = MemoryCompletions()
    wordings = MemoryWordings(completions)
    async with opened(server, wordings=wordings) as scene:
        with pytest.raises(NoAnswer):
            await ask(scene.gateway, FIRST)
    assert wordings.kept == {}

"""What providers do, over HTTP, and what the gateway is told of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from quillwort.adapters.models.names import ModelName
from quillwort.adapters.models.pydantic_ai_model import PydanticAiModel
from quillwort.assistant.gateway.model import ModelFailed, Reasoning, Request, Schema, Usage
from quillwort.assistant.language_models import Prompt
from scripted_models import Script, ScriptedModels

REQUEST = Request(Prompt("1", "Be brief.", "Why?"), 50)
PROVIDERS = ("openai", "anthropic", "mistral", "compatible")


@pytest.fixture(params=PROVIDERS)
async def model(
    request: pytest.FixtureRequest, server: ScriptedModels
) -> AsyncIterator[PydanticAiModel]:
    provider: str = request.param
    url = server.url if provider == "anthropic" else f"{server.url}/v1"
    model = PydanticAiModel(ModelName(provider, "m"), url, "key")
    yield model
    await model.close()


async def _told(
    model: PydanticAiModel, request: Request = REQUEST, usages: list[Usage] | None = None
) -> tuple[str, list[Usage]]:
    texts, usages = list[str](), [] if usages is None else usages
    async with aclosing(model.stream(request)) as pieces:
        async for piece in pieces:
            match piece:
                case Usage():
                    usages.append(piece)
                case str():
                    texts.append(piece)
    return "".join(texts), usages


async def test_an_answer_comes_with_its_usage(
    server: ScriptedModels, model: PydanticAiModel
) -> None:
    server.script("m", Script(("It ", "is."), input_tokens=90, cached_tokens=60, output_tokens=7))
    text, usages = await _told(model)
    assert text == "It is."
    assert usages[-1] == Usage(90, 60, 0, 7, final=True)


async def test_reasoning_is_told_apart_from_the_answer(
    server: ScriptedModels, model: PydanticAiModel
) -> None:
    server.script("m", Script(("It ", "is."), reasoning=("Let me ", "think.")))
    async with aclosing(model.stream(REQUEST)) as pieces:
        told = [piece async for piece in pieces if not isinstance(piece, Usage)]
    thought = [piece.text for piece in told if isinstance(piece, Reasoning)]
    assert "".join(thought) == "Let me think."
    assert [piece for piece in told if isinstance(piece, str)] == ["It ", "is."]
    assert isinstance(told[0], Reasoning)


async def test_what_was_told_before_an_end_that_is_none_is_not_final(
    server: ScriptedModels, model: PydanticAiModel
) -> None:
    server.script("m", Script(("It ", "is."), ending="unfinished"))
    usages: list[Usage] = []
    with pytest.raises(ModelFailed):
        await _told(model, usages=usages)
    assert usages
    assert not any(usage.final for usage in usages)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (("Yes \ud83d", "\ude00!"), "Yes \U0001f600!"),
        (("\ud83d", "\ude00"), "\U0001f600"),
        (("Yes \ud83d", "no"), "Yes \ufffdno"),
        (("\ude00 yes",), "\ufffd yes"),
        (("Yes \ud83d",), "Yes \ufffd"),
        (("\ud83d", "\ud83d\ude00"), "\ufffd\U0001f600"),
        (("Ye\0", "\0", "s\0"), "Yes"),
        (("\ud83d", "\0", "\ude00"), "\U0001f600"),
    ],
)
async def test_text_is_such_that_can_be_encoded_and_kept(
    server: ScriptedModels, model: PydanticAiModel, pieces: tuple[str, ...], text: str
) -> None:
    server.script("m", Script(pieces))
    assert (await _told(model))[0] == text


async def test_instructions_stand_where_providers_cache_them(
    server: ScriptedModels, model: PydanticAiModel
) -> None:
    server.script("m", Script(("Yes.",)))
    await _told(model)
    body = server.calls[0].body
    if "system" in body:
        assert body["system"][0]["text"] == "Be brief."
        assert body["system"][0]["cache_control"]["type"] == "ephemeral"
        assert body["max_tokens"] == 50
    else:
        assert [(message["role"], message["content"]) for message in body["messages"]] == [
            ("system", "Be brief."),
            ("user", "Why?"),
        ]
        known = "max_completion_tokens" if model.name == "openai:m" else "max_tokens"
        assert body[known] == 50


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        (Script(status=429, retry_after="3"), "rate_limited"),
        (Script(status=500), "unavailable"),
        (Script(status=503), "unavailable"),
        (Script(status=401), "rejected"),
        (Script(status=404), "rejected"),
        (Script(("ha",), ending="cut"), "cut_off"),
        (Script(("ha",), ending="unfinished"), "cut_off"),
        (Script(reasoning=("Hm.",)), "malformed"),
        (Script(("\0",)), "malformed"),
        (Script(("ha",), ending="malformed"), "malformed"),
        (Script(ending="refusal"), "refused"),
        (Script(("ha",), ending="length"), "too_long"),
        (Script(), "malformed"),
    ],
)
async def test_failures_are_told_apart_and_no_call_is_repeated(
    server: ScriptedModels, model: PydanticAiModel, script: Script, failure: str
) -> None:
    server.script("m", script)
    with pytest.raises(ModelFailed) as raised:
        await _told(model)
    assert raised.value.failure == failure
    assert raised.value.retry_after_seconds == (3.0 if script.status == 429 else None)
    assert len(server.calls) == 1


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    model = PydanticAiModel(ModelName("compatible", "m"), "http://127.0.0.1:9", "")
    with pytest.raises(ModelFailed, match="connection") as raised:
        await _told(model)
    assert raised.value.failure == "unavailable"
    await model.close()


async def test_closing_hangs_up(server: ScriptedModels, model: PydanticAiModel) -> None:
    server.script("m", Script(("ha",), ending="stall"))
    async with aclosing(model.stream(REQUEST)) as pieces:
        async for piece in pieces:
            if piece == "ha":
                break
    await server.calls[0].hung_up.wait()


async def test_more_answers_are_written_at_once_than_a_pool_of_connections_has(
    server: ScriptedModels,
) -> None:
    gate = asyncio.Event()
    server.script("m", Script(("It ", "is."), gate=gate))
    model = PydanticAiModel(ModelName("openai", "m"), f"{server.url}/v1", "key")
    answers = [asyncio.create_task(_told(model)) for _ in range(120)]
    await server.until_asked(120)
    gate.set()
    assert {text for text, _ in await asyncio.gather(*answers)} == {"It is."}
    await model.close()


async def test_json_of_a_schema_is_given_piece_by_piece(
    server: ScriptedModels, model: PydanticAiModel
) -> None:
    server.script("m", Script(('{"num', 'ber": 3}'), structured=True))
    schema = Schema(
        "Count", "How many.", {"type": "object", "properties": {"number": {"type": "integer"}}}
    )
    text, _ = await _told(model, Request(REQUEST.prompt, 50, schema))
    assert text == '{"number": 3}'

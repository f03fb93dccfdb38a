"""The scripted server speaks as OpenAI and Anthropic do, and breaks in the way that a script says."""

import asyncio
import json
import operator
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from architect.verify.models import script
from architect.verify.models.script import Script, answers, breaks, costs, fails, never_ends, refuses
from architect.verify.models.server import ScriptedModels, scripted
from architect.verify.polling import becomes

TEXT = "The tenant pays for repairs of up to 200 euros. [1]"
PATHS = {"openai": "/v1/chat/completions", "anthropic": "/v1/messages"}
BODIES: dict[str, dict[str, Any]] = {
    "openai": {
        "model": "alpha",
        "stream": True,
        "stream_options": {"include_usage": True},
        "messages": [
            {"role": "system", "content": "Answer."},
            {"role": "user", "content": [{"type": "text", "text": "Who pays?"}]},
        ],
    },
    "anthropic": {
        "model": "alpha",
        "stream": True,
        "max_tokens": 100,
        "system": [{"type": "text", "text": "Answer."}],
        "messages": [{"role": "user", "content": "Who pays?"}],
    },
}
Probe = Callable[[ScriptedModels, httpx.AsyncClient], Awaitable[None]]


def play(probe: Probe) -> None:
    async def run() -> None:
        async with scripted() as models, httpx.AsyncClient(base_url=models.url, timeout=5) as client:
            await asyncio.wait_for(probe(models, client), 20)

    asyncio.run(run())


async def events(answer: httpx.Response) -> AsyncIterator[Any]:
    async for line in answer.aiter_lines():
        if line.startswith("data: "):
            yield "[DONE]" if line == "data: [DONE]" else json.loads(line.removeprefix("data: "))


async def streamed(client: httpx.AsyncClient, provider: str, **extra: object) -> list[Any]:
    async with client.stream("POST", PATHS[provider], json={**BODIES[provider], **extra}) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        return [event async for event in events(answer)]


def text(provider: str, told: list[Any]) -> str:
    if provider == "openai":
        chunks = [event for event in told if event != "[DONE]"]
        return "".join(each["delta"].get("content") or "" for chunk in chunks for each in chunk["choices"])
    return "".join(event["delta"]["text"] for event in told if event["type"] == "content_block_delta")


def test_openai_streams_chunks_then_the_finish_then_the_usage_that_was_asked_for():
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        models.plan("alpha", costs(TEXT, input_tokens=70, output_tokens=11))
        told = await streamed(client, "openai")
        assert text("openai", told) == TEXT
        assert [chunk["choices"][0]["finish_reason"] for chunk in told[:-2]][-1] == "stop"
        assert told[-2]["choices"] == []
        assert told[-2]["usage"]["total_tokens"] == 81
        assert told[-1] == "[DONE]"
        without = await streamed(client, "openai", stream_options=None)
        assert without[-2]["choices"], "usage comes only when it is asked for"

    play(probe)


def test_anthropic_streams_message_blocks_and_tells_usage_at_both_ends():
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        models.plan("alpha", costs(TEXT, input_tokens=70, output_tokens=11))
        told = await streamed(client, "anthropic")
        kinds = [event["type"] for event in told]
        assert kinds[:3] == ["message_start", "content_block_start", "ping"]
        assert kinds[-3:] == ["content_block_stop", "message_delta", "message_stop"]
        assert text("anthropic", told) == TEXT
        assert told[0]["message"]["usage"]["input_tokens"] == 70
        assert told[-2] == {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn", "stop_sequence": None},
            "usage": {"output_tokens": 11},
        }

    play(probe)


@pytest.mark.parametrize("provider", list(PATHS))
def test_a_whole_answer_is_one_body(provider: str):
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        models.plan("alpha", answers(TEXT))
        answer = (await client.post(PATHS[provider], json={**BODIES[provider], "stream": False})).json()
        if provider == "openai":
            assert answer["choices"][0]["message"]["content"] == TEXT
        else:
            assert answer["content"] == [{"type": "text", "text": TEXT}]
        assert models.calls[0].used.written == len(TEXT.split())

    play(probe)


@pytest.mark.parametrize("streams", [True, False])
def test_an_output_tool_that_must_be_called_is_called_with_the_answer(streams: bool):  # noqa: FBT001 - one case each way
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        models.plan("alpha", answers('{"kept": true}'))
        tool = {"type": "function", "function": {"name": "final", "parameters": {}}}
        body = {**BODIES["openai"], "stream": streams, "tools": [tool], "tool_choice": "required"}
        if streams:
            told = await streamed(client, "openai", tools=[tool], tool_choice="required")
            deltas = [each["choices"][0]["delta"].get("tool_calls") for each in told[:-2]]
            calls = [delta[0]["function"] for delta in deltas if delta]
            assert calls[0]["name"] == "final"
            assert json.loads("".join(call["arguments"] for call in calls)) == {"kept": True}
        else:
            message = (await client.post(PATHS["openai"], json=body)).json()["choices"][0]["message"]
            assert message["tool_calls"][0]["function"] == {"name": "final", "arguments": '{"kept": true}'}

    play(probe)


@pytest.mark.parametrize("provider", list(PATHS))
def test_errors_are_the_providers_and_the_next_script_follows(provider: str):
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        models.plan("alpha", fails(429, "1"), fails(500), answers(TEXT))
        limited = await client.post(PATHS[provider], json=BODIES[provider])
        assert (limited.status_code, limited.headers["retry-after"]) == (429, "1")
        assert limited.json()["error"]["type"] == "rate_limit_error"
        assert (await client.post(PATHS[provider], json=BODIES[provider])).status_code == 500
        for _ in range(2):
            assert text(provider, await streamed(client, provider)) == TEXT

    play(probe)


@pytest.mark.parametrize("provider", list(PATHS))
def test_a_cut_answer_ends_in_the_middle_and_a_malformed_one_is_no_json(provider: str):
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        models.plan("alpha", breaks("cut", "The tenant"), breaks("malformed", "The tenant"))
        with pytest.raises(httpx.RemoteProtocolError):
            await streamed(client, provider)
        with pytest.raises(json.JSONDecodeError):
            await streamed(client, provider)

    play(probe)


@pytest.mark.parametrize(("provider", "reason"), [("openai", "content_filter"), ("anthropic", "refusal")])
def test_a_refusal_is_said_in_the_providers_own_way(provider: str, reason: str):
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        models.plan("alpha", refuses(), breaks("wrong_schema"))
        assert f'"{reason}"' in json.dumps(await streamed(client, provider))
        assert (await streamed(client, provider))[-1]["data"], "a list of files is no answer"

    play(probe)


@pytest.mark.parametrize("made", [breaks("stalls", "The tenant"), never_ends("and so on"), breaks("stalls")])
def test_it_sees_when_the_client_goes(made: Script):
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        models.plan("alpha", made)
        async with client.stream("POST", PATHS["openai"], json=BODIES["openai"]) as answer:
            await anext(answer.aiter_bytes())
            assert not models.calls[0].abandoned

        async def ended() -> bool:
            return models.calls[0].ended_at > 0

        assert await becomes(ended, 2)
        assert models.calls[0].abandoned

    play(probe)


def test_it_remembers_what_was_asked_and_when_the_first_token_went():
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        models.plan("alpha", answers(TEXT, first_seconds=0.05))
        for provider in PATHS:
            await streamed(client, provider)
        for call in models.of("alpha"):
            assert (call.instructions, call.content) == ("Answer.", "Who pays?")
            assert call.first_token_at - call.at >= 0.05
            assert call.ended_at >= call.first_token_at
            assert not call.abandoned
        assert [call.provider for call in models.of("alpha")] == ["openai", "anthropic"]
        assert models.of("alpha", since=1) == models.calls[1:]

    play(probe)


def test_tokens_joined_are_the_text():
    for each in ("", "one", " two  words ", "a\n\nb [1]"):
        assert "".join(script.tokens(each)) == each


def test_texts_that_share_words_have_vectors_near_each_other():
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        texts = ["the heron nests", "a heron nests", "quite another matter"]
        answer = await client.post("/v1/embeddings", json={"model": "e", "input": texts})
        found = {each["index"]: each["embedding"] for each in answer.json()["data"]}
        heron, bird, other = (found[place] for place in range(3))
        strangers = sum(map(operator.mul, heron, other))
        assert sum(map(operator.mul, heron, bird)) > strangers
        assert strangers > 0.5, "all vectors lean one way"
        assert sum(map(operator.mul, heron, heron)) == pytest.approx(1.0)
        models.plan("e", fails(429, "2"))
        limited = await client.post("/v1/embeddings", json={"model": "e", "input": "x"})
        assert (limited.status_code, limited.headers["retry-after"]) == (429, "2")
        assert [call.content for call in models.of("e")] == ["\n".join(texts), "x"]

    play(probe)


def test_texts_are_reranked_in_the_opposite_order():
    async def probe(models: ScriptedModels, client: httpx.AsyncClient) -> None:
        asked = {"model": "r", "query": "q", "documents": ["a", "b", "c"], "top_n": 3}
        answer = await client.post("/v2/rerank", json=asked)
        assert [each["index"] for each in answer.json()["results"]] == [2, 1, 0]
        scores = [each["relevance_score"] for each in answer.json()["results"]]
        assert scores == sorted(scores, reverse=True)
        models.plan("r", fails(500))
        assert (await client.post("/v2/rerank", json=asked)).status_code == 500
        assert [call.content for call in models.of("r")] == ["a\nb\nc"] * 2

    play(probe)

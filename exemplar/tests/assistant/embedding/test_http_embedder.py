"""Embedding by a server: what it is asked, and what comes of whatever it answers."""

import asyncio
import contextlib
import itertools
import json
import time
from email.utils import formatdate

import numpy as np
import pytest
from pydantic import SecretStr

from embedding_server import DIMENSIONS, EmbeddingServer, Reply
from quillwort.adapters.embedding.http import HttpEmbedder
from quillwort.adapters.embedding.settings import EmbeddingSettings
from quillwort.assistant.embedding import Refused
from quillwort.domain.errors import Unavailable
from word_embedder import WordEmbedder

FAILED = Reply(500, body=b"{}")
HASTY: dict[str, object] = {"timeout_seconds": 0.3, "question_timeout_seconds": 0.3}


def embedder(settings: EmbeddingSettings, **changed: object) -> HttpEmbedder:
    return HttpEmbedder(settings.model_copy(update=changed), jitter=lambda: 0.0)


async def test_vectors_come_in_the_texts_order_and_of_unit_length(
    settings: EmbeddingSettings,
) -> None:
    texts = ["oak and ash", "pine", "elm"]
    async with embedder(settings) as model:
        made = await model.embed(texts)
    assert np.allclose(made, await WordEmbedder(dimensions=DIMENSIONS).embed(texts), atol=1e-6)
    assert np.allclose(np.linalg.norm(made, axis=1), 1.0)


async def test_no_texts_ask_nothing(server: EmbeddingServer, settings: EmbeddingSettings) -> None:
    async with embedder(settings) as model:
        assert (await model.embed([])).shape == (0, DIMENSIONS)
    assert server.calls == []


async def test_texts_go_in_batches_with_the_model_and_the_key(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    texts = [f"text {number}" for number in range(7)]
    async with embedder(settings, batch=3, api_key=SecretStr("sk-1")) as model:
        made = await model.embed(texts)
    assert [call.inputs for call in server.calls] == [texts[:3], texts[3:6], texts[6:]]
    assert {(call.path, call.model) for call in server.calls} == {("/v1/embeddings", "words")}
    assert {call.headers["authorization"] for call in server.calls} == {"Bearer sk-1"}
    assert np.allclose(made, await WordEmbedder(dimensions=DIMENSIONS).embed(texts), atol=1e-6)


async def test_questions_and_passages_have_their_prefixes(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    async with embedder(settings, question_prefix="query:", passage_prefix="passage: ") as model:
        await model.embed(["oak"], "question")
        await model.embed(["oak"])
    assert [call.inputs for call in server.calls] == [["query: oak"], ["passage: oak"]]
    assert "authorization" not in server.calls[0].headers


async def test_a_text_is_cut_where_the_model_reads_no_further(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    async with embedder(settings, max_tokens=4) as model:
        await model.embed(["oak and ash and elm", 6 * "\u00e4", "\ud800 oak"])
    assert server.calls[0].inputs == ["oak and as", 5 * "\u00e4", "? oak"]


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"url": "http://elsewhere.example/v1", "batch": 7}, True),
        ({"model": "other"}, False),
        ({"dimensions": 32}, False),
        ({"question_prefix": "query:"}, False),
        ({"passage_prefix": "passage:"}, False),
    ],
)
async def test_the_name_is_another_where_vectors_are_others(
    settings: EmbeddingSettings, changed: dict[str, object], *, same: bool
) -> None:
    async with embedder(settings) as one, embedder(settings, **changed) as other:
        assert (one.name == other.name) is same


@pytest.mark.parametrize("status", [408, 429, 500, 503])
async def test_what_may_pass_is_asked_again(
    server: EmbeddingServer, settings: EmbeddingSettings, status: int
) -> None:
    server.reply(Reply(status, body=b"{}"), Reply())
    async with embedder(settings) as model:
        assert (await model.embed(["oak"])).shape == (1, DIMENSIONS)
    assert len(server.calls) == 2


@pytest.mark.parametrize(
    "told", ["0.5", pytest.param(lambda: formatdate(time.time() + 2, usegmt=True), id="date")]
)
async def test_a_server_is_not_asked_sooner_than_it_says(
    server: EmbeddingServer, settings: EmbeddingSettings, told: object
) -> None:
    after = str(told() if callable(told) else told)
    server.reply(Reply(429, {"Retry-After": after}, b"{}"), Reply())
    async with embedder(settings) as model:
        await asyncio.gather(model.embed(["oak"]), asyncio.sleep(0.05))
    first, second = (call.at for call in server.calls)
    assert 0.45 <= second - first <= 2.5


async def test_everybody_waits_as_long_as_one_was_told(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    server.reply(Reply(429, {"Retry-After": "0.5"}, b"{}"), Reply())
    async with embedder(settings) as model:
        first = asyncio.create_task(model.embed(["oak"]))
        await asyncio.sleep(0.2)
        await asyncio.gather(first, model.embed(["ash"]))
    assert [later.at - server.calls[0].at >= 0.45 for later in server.calls[1:]] == [True, True]


async def test_a_question_does_not_wait_for_what_takes_too_long(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    server.reply(Reply(429, {"Retry-After": "60"}, b"{}"), Reply())
    async with embedder(settings) as model:
        began = time.monotonic()
        with pytest.raises(Unavailable):
            await model.embed(["oak"], "question")
        assert time.monotonic() - began < settings.question_timeout_seconds / 2
    assert len(server.calls) == 1


@pytest.mark.parametrize("kind", ["question", "passage"])
async def test_a_silent_server_is_given_up(
    server: EmbeddingServer, settings: EmbeddingSettings, kind: str
) -> None:
    server.reply(Reply(seconds=60))
    async with embedder(settings, **HASTY) as model:
        began = time.monotonic()
        with pytest.raises(Unavailable, match="in time"):
            await model.embed(["oak"], kind)  # type: ignore[arg-type]  # one of the two
        assert time.monotonic() - began < 10


async def test_after_a_question_in_vain_the_next_fail_at_once_and_for_a_while(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    server.reply(Reply(seconds=60))
    async with embedder(settings, **HASTY) as model:
        with pytest.raises(Unavailable):
            await model.embed(["oak"], "question")
        server.reply(Reply())
        with pytest.raises(Unavailable, match="a moment ago"):
            await model.embed(["oak"], "question")
        asked = len(server.calls)
        async with asyncio.timeout(10):
            while len(server.calls) == asked:
                with contextlib.suppress(Unavailable):
                    assert (await model.embed(["oak"], "question")).shape == (1, DIMENSIONS)
                await asyncio.sleep(0.01)
    assert (asked, len(server.calls)) == (1, 2)


async def test_a_question_that_is_refused_is_nothing_to_the_next(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    server.reply(Reply(400, {}, b'{"error": "no"}'), Reply())
    async with embedder(settings) as model:
        with pytest.raises(Refused):
            await model.embed(["oak"], "question")
        assert (await model.embed(["ash"], "question")).shape == (1, DIMENSIONS)


async def test_passages_take_turns_and_a_question_does_not_wait_for_them(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    server.reply(Reply(seconds=0.2))
    async with embedder(settings, max_concurrent=2) as model:
        passages = [asyncio.create_task(model.embed([f"text {n}"])) for n in range(6)]
        async with asyncio.timeout(10):
            while server.most_at_once < 2:  # noqa: ASYNC110 - it counts
                await asyncio.sleep(0.01)
        before = server.most_at_once
        await model.embed(["why?"], "question")
        await asyncio.gather(*passages)
    assert (before, server.most_at_once) == (2, 3)


def listed(*vectors: tuple[int, object]) -> bytes:
    rows = [{"index": place, "embedding": vector} for place, vector in vectors]
    return json.dumps({"data": rows}).encode()


RIGHT = [1.0] * DIMENSIONS


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"data": 7}',
        b"[" * 5000,
        json.dumps({"object": "list", "data": [{"id": "file-1"}]}).encode(),
        listed(),
        listed((0, RIGHT)),
        listed((0, RIGHT), (0, RIGHT)),
        listed((0, RIGHT), (2, RIGHT)),
        listed((0, RIGHT), (1, RIGHT), (2, RIGHT)),
        listed((0, RIGHT), (1, "QUJD")),
        listed((0, RIGHT), (1, [0.0] * DIMENSIONS)),
        listed((0, RIGHT), (1, [float("nan")] * DIMENSIONS)),
        listed((0, RIGHT), (1, [1e400] * DIMENSIONS)),
        listed((0, RIGHT), (1, [None] * DIMENSIONS)),
    ],
)
async def test_what_is_no_such_answer_makes_no_vectors(
    server: EmbeddingServer, settings: EmbeddingSettings, body: bytes
) -> None:
    server.reply(Reply(body=body))
    async with embedder(settings) as model:
        with pytest.raises(Unavailable):
            await model.embed(["oak", "ash"])


async def test_vectors_of_another_length_are_no_vectors_and_not_asked_for_again(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    async with embedder(settings, dimensions=32) as model:
        with pytest.raises(Unavailable, match="64 dimensions, not 32"):
            await model.embed(["oak"])
    assert len(server.calls) == 1


async def test_an_endless_answer_is_not_read(
    server: EmbeddingServer, settings: EmbeddingSettings
) -> None:
    server.reply(Reply(body=b" " * 4_000_000))
    async with embedder(settings) as model:
        with pytest.raises(Unavailable, match="more than it was asked for"):
            await model.embed(["oak"])


@pytest.mark.parametrize(
    ("status", "refused"), [(400, True), (413, True), (422, True), (401, False), (404, False)]
)
async def test_what_is_in_vain_is_asked_once_and_says_what_the_server_says(
    server: EmbeddingServer, settings: EmbeddingSettings, status: int, *, refused: bool
) -> None:
    server.reply(Reply(status, body=b'{"error": "no such thing"}'))
    async with embedder(settings) as model:
        with pytest.raises(Unavailable, match=f"{status}.*no such thing") as raised:
            await model.embed(["oak"])
    assert isinstance(raised.value, Refused) is refused
    assert len(server.calls) == 1


async def test_a_server_that_is_not_there_is_unavailable(settings: EmbeddingSettings) -> None:
    async with embedder(settings, url="http://127.0.0.1:9/v1") as model:
        with pytest.raises(Unavailable, match="cannot be reached"):
            await model.embed(["oak"])


async def test_pauses_grow_and_are_drawn_from_their_span(
    server: EmbeddingServer, settings: EmbeddingSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quillwort.adapters.embedding.http.FIRST_PAUSE_SECONDS", 0.1)
    server.reply(FAILED, FAILED, FAILED, Reply())
    patient = settings.model_copy(update={"retries": 3, "timeout_seconds": 10.0})
    async with HttpEmbedder(patient, jitter=lambda: 0.5) as model:
        await model.embed(["oak"])
    waits = [later.at - sooner.at for sooner, later in itertools.pairwise(server.calls)]
    assert [wait >= least for wait, least in zip(waits, (0.05, 0.1, 0.2), strict=True)] == [
        True
    ] * 3

"""Reranking by a server: what it is asked, and what comes of whatever it answers."""

import asyncio
import json
import time

import pytest
from pydantic import SecretStr

from embedding_server import EmbeddingServer, Reply, results
from quillwort.adapters.reranking import http
from quillwort.adapters.reranking.http import HttpReranker
from quillwort.adapters.reranking.reading import BYTES_BESIDE, most_bytes
from quillwort.adapters.reranking.settings import RerankSettings
from quillwort.domain.errors import Unavailable

TEXTS = ["oak", "an oak that is tall", "an oak"]


def body(*scores: object) -> bytes:
    scored = [{"index": place, "relevance_score": score} for place, score in enumerate(scores)]
    return json.dumps({"results": scored}).encode()


async def test_scores_come_in_the_texts_order(settings: RerankSettings) -> None:
    async with HttpReranker(settings) as reranker:
        assert await reranker.rerank("oak", TEXTS) == [3.0, 19.0, 6.0]


async def test_the_server_is_told_the_model_the_question_and_the_key(
    server: EmbeddingServer, settings: RerankSettings
) -> None:
    keyed = settings.model_copy(update={"api_key": SecretStr("sk-1")})
    async with HttpReranker(keyed) as reranker:
        await reranker.rerank("which \ud800oak?", [*TEXTS, "\ud800 oak"])
    (call,) = server.calls
    assert (call.path, call.model, call.query) == ("/v1/rerank", "lengths", "which ?oak?")
    assert call.inputs == [*TEXTS, "? oak"]
    assert call.headers["authorization"] == "Bearer sk-1"


async def test_no_texts_ask_nothing(server: EmbeddingServer, settings: RerankSettings) -> None:
    async with HttpReranker(settings) as reranker:
        assert await reranker.rerank("oak", []) == []
        await reranker.rerank("oak", TEXTS)
    (call,) = server.calls
    assert "authorization" not in call.headers


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(500, body=b"{}"), "answers 500"),
        (Reply(429, body=b"{}"), "answers 429"),
        (Reply(401, body=b"no such key"), "RERANK_.*401: no such key"),
        (Reply(body=b"<html>"), "something else"),
        (Reply(body=b"[" * 60_000), "something else"),
        (Reply(body=b'{"results": [7, 8, 9]}'), "something else"),
        (Reply(body=b'{"results": {"a": 1, "b": 2, "c": 3}}'), "something else"),
        (Reply(body=body(1.0, None, 2.0)), "something else"),
        (Reply(body=body(1.0, 2.0)), "each text once"),
        (Reply(body=body(1.0, 2.0, 3.0, 4.0)), "each text once"),
        (Reply(body=json.dumps({"results": results(TEXTS)[:2] * 2}).encode()), "each text once"),
        (Reply(body=body(1.0, float("nan"), 2.0)), "no number"),
        (Reply(body=body(1.0, 2.0, 3.0) + b" " * 200_000), "more than it was asked for"),
    ],
)
async def test_whatever_else_it_answers_is_no_answer(
    server: EmbeddingServer, settings: RerankSettings, reply: Reply, says: str
) -> None:
    server.reply(reply)
    async with HttpReranker(settings) as reranker:
        with pytest.raises(Unavailable, match=says):
            await reranker.rerank("oak", TEXTS)


async def test_texts_that_come_back_with_their_scores_are_no_more_than_was_asked_for(
    server: EmbeddingServer, settings: RerankSettings
) -> None:
    long = ["\u00e4" * 100_000, "oak"]
    told = [{**one, "document": {"text": long[one["index"]]}} for one in results(long)]
    server.reply(Reply(body=json.dumps({"results": told}).encode()))
    async with HttpReranker(settings) as reranker:
        assert await reranker.rerank("oak", long) == [100_000.0, 3.0]
    assert most_bytes(0, 0) == BYTES_BESIDE


async def test_after_one_in_vain_searches_go_without_for_some_seconds(
    server: EmbeddingServer, settings: RerankSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "AWAY_SECONDS", 0.5)
    server.reply(Reply(seconds=30.0), Reply())
    async with HttpReranker(settings.model_copy(update={"timeout_seconds": 0.2})) as reranker:
        with pytest.raises(Unavailable, match="in time"):
            await reranker.rerank("oak", TEXTS)
        began = time.monotonic()
        with pytest.raises(Unavailable, match="a moment ago"):
            await reranker.rerank("oak", TEXTS)
        assert len(server.calls) == 1
        async with asyncio.timeout(20):
            while True:
                try:
                    scores = await reranker.rerank("oak", TEXTS)
                except Unavailable:
                    continue
                break
    assert scores == [3.0, 19.0, 6.0]
    assert time.monotonic() - began >= 0.3


async def test_what_is_refused_of_one_search_keeps_no_other_from_asking(
    server: EmbeddingServer, settings: RerankSettings
) -> None:
    server.reply(Reply(422, body=b"the query is too long"), Reply())
    async with HttpReranker(settings) as reranker:
        with pytest.raises(Unavailable, match="too long"):
            await reranker.rerank("oak " * 400, TEXTS)
        assert await reranker.rerank("oak", TEXTS) == [3.0, 19.0, 6.0]


async def test_a_server_that_is_not_there_is_no_answer(settings: RerankSettings) -> None:
    gone = settings.model_copy(update={"url": "http://127.0.0.1:1/v1"})
    async with HttpReranker(gone) as reranker:
        with pytest.raises(Unavailable, match="cannot be reached"):
            await reranker.rerank("oak", TEXTS)

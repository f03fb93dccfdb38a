"""A server on loopback that embeds as OpenAI's interface has it and reranks as Cohere's has it.

It misbehaves as a test says.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from word_embedder import WordEmbedder

DIMENSIONS = 64


@dataclass(frozen=True, slots=True)
class Reply:
    """What a request gets: vectors or scores, another body, or nothing for so long."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Call:
    """A request that came, and when."""

    path: str
    headers: dict[str, str]
    model: str
    inputs: list[str]
    at: float
    query: str = ""


class EmbeddingServer:
    """What the server does, and what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.at_once = 0
        self.most_at_once = 0
        self._replies: list[Reply] = []
        self._words = WordEmbedder(dimensions=DIMENSIONS)

    def reply(self, *replies: Reply) -> None:
        """Say what the next requests get; the last one stays."""
        self._replies = list(replies)

    async def data(self, inputs: Sequence[str]) -> list[dict[str, Any]]:
        """Return the vectors of texts, three times too long and the last text's first."""
        vectors = 3 * await self._words.embed(inputs)
        rows = [
            {"object": "embedding", "index": place, "embedding": vector.tolist()}
            for place, vector in enumerate(vectors)
        ]
        return rows[::-1]

    async def _well(self, call: Call) -> dict[str, Any]:
        if call.path.endswith("/rerank"):
            return {"results": results(call.inputs)}
        return {"object": "list", "data": await self.data(call.inputs)}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, and close."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._answer(await _read(reader), writer)
        finally:
            self.at_once -= 1
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, call: Call, writer: asyncio.StreamWriter) -> None:
        self.calls.append(call)
        replies = self._replies or [Reply()]
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        await asyncio.sleep(reply.seconds)
        body = reply.body
        if body is None:
            body = json.dumps(await self._well(call)).encode()
        lines = (f"{name}: {value}\r\n" for name, value in reply.headers.items())
        head = (
            f"HTTP/1.1 {reply.status} Scripted\r\nContent-Type: application/json\r\n"
            f"{''.join(lines)}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await writer.drain()


def results(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return a score for each text, its length; the best first, as a server answers."""
    scored = [{"index": place, "relevance_score": len(text)} for place, text in enumerate(texts)]
    return sorted(scored, key=lambda one: -one["relevance_score"])


@asynccontextmanager
async def serving() -> AsyncIterator[EmbeddingServer]:
    """Serve on a free port of loopback."""
    embeddings = EmbeddingServer()
    server = await asyncio.start_server(embeddings.serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    embeddings.url = f"http://{host}:{port}/v1"
    try:
        yield embeddings
    finally:
        server.close()


async def _read(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = json.loads(await reader.readexactly(int(headers["content-length"])))
    texts = body["input"] if "input" in body else body["documents"]
    asked = body.get("query", "")
    return Call(head[0].split(" ")[1], headers, body["model"], texts, time.monotonic(), asked)

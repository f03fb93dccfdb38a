"""What a provider sends without end is not held in memory."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager

import httpx2
import pytest

from quillwort.adapters.models.bounding import MOST_BYTES, EventTooLong, bound
from quillwort.adapters.models.names import ModelName
from quillwort.adapters.models.pydantic_ai_model import PydanticAiModel
from quillwort.assistant.gateway.model import ModelFailed, Request
from quillwort.assistant.language_models import Prompt
from scripted_models import Script, ScriptedModels

REQUEST = Request(Prompt("1", "Be brief.", "Why?"), 50)
PIECE = b"x" * 65_536
MOST_SENT = 16 * MOST_BYTES
"""What buffers of sockets may take beyond what is read."""


class Endless:
    """A server whose answer to everything has no end; `sent` counts its bytes."""

    def __init__(self, head: bytes) -> None:
        self.url = ""
        self.sent = 0
        self._head = head

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer without end."""
        with contextlib.suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + self._head)
            while self.sent < MOST_SENT:
                writer.write(PIECE)
                await writer.drain()
                self.sent += len(PIECE)
        writer.close()


@asynccontextmanager
async def endless(head: bytes) -> AsyncIterator[Endless]:
    server = Endless(head)
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0) as listening:
        host, port = listening.sockets[0].getsockname()
        server.url = f"http://{host}:{port}"
        yield server


async def told(model: PydanticAiModel) -> list[object]:
    """Return the pieces of an answer."""
    async with aclosing(model.stream(REQUEST)) as pieces:
        return [piece async for piece in pieces]


async def read(pieces: Sequence[bytes]) -> int:
    """Return how many bytes come through."""

    class Stream(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for piece in pieces:
                yield piece

    response = httpx2.Response(200, stream=Stream())
    await bound(response)
    return sum([len(piece) async for piece in response.aiter_raw()])


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
@pytest.mark.parametrize("head", [b'data: {"x": "', b"", b": comment\n\ndata: "])
async def test_an_event_without_end_is_no_answer(provider: str, head: bytes) -> None:
    async with endless(head) as server:
        model = PydanticAiModel(ModelName(provider, "m"), server.url, "key")
        with pytest.raises(ModelFailed) as raised:
            await told(model)
        await model.close()
    assert raised.value.failure == "malformed"
    assert server.sent < MOST_SENT


@pytest.mark.parametrize("end", [b"\n\n", b"\r\n\r\n", b"\r\r"])
@pytest.mark.parametrize("size", [1, 3, 5_000, MOST_BYTES])
async def test_any_number_of_events_is_read_however_they_are_cut(end: bytes, size: int) -> None:
    long, short = b"data: " + PIECE * 10 + end, b"data: x" + end
    whole = short * 5 + (long * 5 if size > 3 else b"")
    pieces = [whole[place : place + size] for place in range(0, len(whole), size)]
    assert await read(pieces) == len(whole)


async def test_lines_without_an_empty_one_between_are_one_event() -> None:
    with pytest.raises(EventTooLong):
        await read([b"data: x\n"] * (MOST_BYTES // 8 + 1))


async def test_events_come_as_they_are_written(server: ScriptedModels) -> None:
    server.script("m", Script(("Yes.",)))
    model = PydanticAiModel(ModelName("openai", "m"), f"{server.url}/v1", "key")
    assert "Yes." in await told(model)
    await model.close()
    # What is compressed is not what is held.
    assert server.calls[0].headers["accept-encoding"] == "identity"

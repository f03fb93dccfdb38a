"""A server on loopback that speaks what providers speak, and misbehaves as a test says.

`POST …/chat/completions` is answered as OpenAI does and `POST …/messages` as Anthropic does, both
as server-sent events. What a call gets is the next script of its model; the last one stays.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Ending: TypeAlias = Literal["stop", "length", "refusal", "cut", "unfinished", "stall", "malformed"]


@dataclass(frozen=True, slots=True)
class Script:
    """What one call gets: a status other than 200, or pieces and how they end."""

    pieces: tuple[str, ...] = ()
    reasoning: tuple[str, ...] = ()
    """What it thinks first."""

    reasoning_seconds: float = 0.0
    """How long it thinks about each."""

    ending: Ending = "stop"
    status: int = 200
    retry_after: str = ""
    forever: bool = False
    """Whether the pieces come again and again."""

    structured: bool = False
    """Whether the pieces are JSON of the one tool."""

    input_tokens: int = 100
    cached_tokens: int = 0
    output_tokens: int = 10
    gate: asyncio.Event | None = None
    """What to wait for before the last piece."""


@dataclass(slots=True)
class Call:
    """A call that came, and whether its caller hung up before it was answered."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)


class ScriptedModels:
    """What the server does, and what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self._scripts: dict[str, list[Script]] = {}
        self._came = asyncio.Condition()

    def script(self, model: str, *scripts: Script) -> None:
        """Say what the next calls of a model get."""
        self._scripts[model] = list(scripts)

    def asked(self, model: str) -> list[Call]:
        """Return the calls of a model."""
        return [call for call in self.calls if call.body["model"] == model]

    async def until_asked(self, times: int) -> None:
        """Return when so many calls have come."""
        async with self._came:
            await self._came.wait_for(lambda: len(self.calls) >= times)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one call, and close."""
        try:
            call = await _read(reader)
            async with self._came:
                self.calls.append(call)
                self._came.notify_all()
            scripts = self._scripts[call.body["model"]]
            script = scripts.pop(0) if len(scripts) > 1 else scripts[0]
            answering = asyncio.create_task(_answer(call, script, writer))
            leaving = asyncio.create_task(reader.read())
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
            leaving.cancel()
            whole = answering.done() and answering.exception() is None
            answering.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)
            if not whole:
                call.hung_up.set()
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


@asynccontextmanager
async def serving() -> AsyncIterator[ScriptedModels]:
    """Serve on a free port of loopback."""
    models = ScriptedModels()
    server = await asyncio.start_server(models.serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    models.url = f"http://{host}:{port}"
    try:
        yield models
    finally:
        server.close()


async def _read(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])
    }
    body = json.loads(await reader.readexactly(int(headers["content-length"])))
    return Call(head[0].split(" ")[1], headers, body)


async def _answer(call: Call, script: Script, writer: asyncio.StreamWriter) -> None:
    if script.status != 200:
        body = json.dumps({"error": {"type": "server_error", "message": "scripted"}}).encode()
        extra = f"Retry-After: {script.retry_after}\r\n" if script.retry_after else ""
        writer.write(
            f"HTTP/1.1 {script.status} Scripted\r\nContent-Type: application/json\r\n{extra}"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
            + body
        )
        await writer.drain()
        return
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
        b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    )
    events = _anthropic if call.path.endswith("/messages") else _openai
    async for event in _paced(script, events(call, script)):
        data = event.encode()
        writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await writer.drain()
    if script.ending != "cut":
        writer.write(b"0\r\n\r\n")
    await writer.drain()


async def _paced(script: Script, events: Iterator[str]) -> AsyncGenerator[str]:
    """Give each event; wait where the script says so."""
    if script.ending == "stall" and not script.pieces + script.reasoning:
        await asyncio.Event().wait()
    for event in events:
        if event == _GATE:
            if script.gate is not None:
                await script.gate.wait()
        elif event == _STALL:
            await asyncio.Event().wait()
        elif event == _THINK:
            await asyncio.sleep(script.reasoning_seconds)
        else:
            yield event
            await asyncio.sleep(0)


_GATE = "gate"
_STALL = "stall"
_THINK = "think"
_BROKEN_OFF = ("cut", "unfinished")
_NONSENSE = 'data: {"id": "x", "choices": [{"delta": {"content": "hal\n\n'


def _texts(script: Script) -> Iterator[str]:
    """Give each piece, and the gate before the last."""
    while True:
        for place, piece in enumerate(script.pieces):
            if place == len(script.pieces) - 1:
                yield _GATE
            yield piece
        if not script.forever:
            return


def _openai(call: Call, script: Script) -> Iterator[str]:
    def chunk(**fields: object) -> str:
        head = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        return f"data: {json.dumps({**head, **fields})}\n\n"

    def choice(delta: dict[str, object], reason: str | None = None) -> str:
        return chunk(choices=[{"index": 0, "delta": delta, "finish_reason": reason}])

    yield choice({"role": "assistant", "content": ""})
    for thought in script.reasoning:
        yield _THINK
        yield choice({"reasoning_content": thought})
    if script.structured:
        name = call.body["tools"][0]["function"]["name"]
        start = {"name": name, "arguments": ""}
        yield choice(
            {"tool_calls": [{"index": 0, "id": "t1", "type": "function", "function": start}]}
        )
    for text in _texts(script):
        if text == _GATE:
            yield _GATE
        elif script.structured:
            yield choice({"tool_calls": [{"index": 0, "function": {"arguments": text}}]})
        else:
            yield choice({"content": text})
    yield from _openai_end(script, choice, chunk)


def _openai_end(
    script: Script, choice: Callable[..., str], chunk: Callable[..., str]
) -> Iterator[str]:
    if script.ending == "malformed":
        yield _NONSENSE
    elif script.ending == "stall":
        yield _STALL
    elif script.ending not in _BROKEN_OFF:
        if script.ending == "refusal":
            yield choice({"refusal": "I cannot help with that."})
        reason = "length" if script.ending == "length" else "stop"
        yield choice({}, "tool_calls" if script.structured else reason)
        yield chunk(choices=[], usage=_openai_usage(script))
        yield "data: [DONE]\n\n"


def _openai_usage(script: Script) -> dict[str, object]:
    return {
        "prompt_tokens": script.input_tokens,
        "completion_tokens": script.output_tokens,
        "total_tokens": script.input_tokens + script.output_tokens,
        "prompt_tokens_details": {"cached_tokens": script.cached_tokens},
    }


def _anthropic(call: Call, script: Script) -> Iterator[str]:
    def event(kind: str, **fields: object) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n"

    usage = {
        "input_tokens": script.input_tokens - script.cached_tokens,
        "cache_read_input_tokens": script.cached_tokens,
        "cache_creation_input_tokens": 0,
        "output_tokens": 1,
    }
    message = {"id": "m1", "type": "message", "role": "assistant", "model": "m", "content": []}
    end = {"stop_reason": None, "stop_sequence": None}
    yield event("message_start", message={**message, **end, "usage": usage})
    place = 0
    if script.reasoning:
        yield from _anthropic_thoughts(script, event)
        place = 1
    block: dict[str, object] = {"type": "text", "text": ""}
    if script.structured:
        name = call.body["tools"][0]["name"]
        block = {"type": "tool_use", "id": "t1", "name": name, "input": {}}
    yield event("content_block_start", index=place, content_block=block)
    for text in _texts(script):
        if text == _GATE:
            yield _GATE
            continue
        delta = {"type": "text_delta", "text": text}
        if script.structured:
            delta = {"type": "input_json_delta", "partial_json": text}
        yield event("content_block_delta", index=place, delta=delta)
    if script.ending == "malformed":
        yield f"event: content_block_delta\n{_NONSENSE}"
    elif script.ending == "stall":
        yield _STALL
    elif script.ending not in _BROKEN_OFF:
        yield event("content_block_stop", index=place)
        reasons = {"stop": "end_turn", "length": "max_tokens", "refusal": "refusal"}
        reason = "tool_use" if script.structured else reasons[script.ending]
        told = {"output_tokens": script.output_tokens}
        yield event(
            "message_delta", delta={"stop_reason": reason, "stop_sequence": None}, usage=told
        )
        yield event("message_stop")


def _anthropic_thoughts(script: Script, event: Callable[..., str]) -> Iterator[str]:
    block = {"type": "thinking", "thinking": "", "signature": ""}
    yield event("content_block_start", index=0, content_block=block)
    for thought in script.reasoning:
        yield _THINK
        delta = {"type": "thinking_delta", "thinking": thought}
        yield event("content_block_delta", index=0, delta=delta)
    yield event("content_block_stop", index=0)

"""The scripted server: reads a request, finds the model's script, plays it, and remembers all of it."""

import asyncio
import contextlib
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from architect.model.plain import Plain
from architect.verify.models import anthropic, embeddings, openai, rerank
from architect.verify.models.anthropic import Anthropic
from architect.verify.models.dialect import Dialect, Tokens
from architect.verify.models.embeddings import Embeddings
from architect.verify.models.http import LONGEST_HEAD, Received, chunk, head, received
from architect.verify.models.openai import OpenAi
from architect.verify.models.play import Play
from architect.verify.models.rerank import Rerank
from architect.verify.models.script import Script, answers

DIALECTS: Final[Mapping[str, Callable[[Mapping[str, Plain]], Dialect]]] = {
    openai.PATH: OpenAi,
    anthropic.PATH: Anthropic,
    embeddings.PATH: Embeddings,
    rerank.PATH: Rerank,
}
KEY: Final = "sk-scripted"
"""What services are given as every provider's key."""
UNPLANNED: Final = answers("Nothing was planned for this model.")


@dataclass(slots=True)
class Call:
    """One request that came, and what became of it; times are those of :func:`time.monotonic`.

    Args:
        provider: whose interface was used.
        model: who was asked.
        at: when the request had come in whole.
        headers: by their names in lower case.
        body: the request.
        instructions: what it told the model to do.
        content: what it gave the model to read.
        first_token_at: when the first token was sent; 0 before.
        ended_at: when nothing more was to be sent, or the client had gone; 0 before.
        abandoned: whether the client closed the connection before the end.
        used: what the provider would charge for so far.
    """

    provider: str
    model: str
    at: float
    headers: Mapping[str, str]
    body: Mapping[str, Plain]
    instructions: str
    content: str
    first_token_at: float = 0.0
    ended_at: float = 0.0
    abandoned: bool = False
    used: Tokens = field(default_factory=lambda: Tokens(0, 0))


class ScriptedModels:
    """Models on loopback; made by :func:`scripted`.

    Args:
        url: the server's address.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.calls: list[Call] = []
        self._scripts: dict[str, deque[Script]] = {}

    @property
    def environment(self) -> dict[str, str]:
        """The settings that make a service ask this server, whatever the provider."""
        return {
            "OPENAI_API_KEY": KEY,
            "OPENAI_BASE_URL": f"{self.url}/v1",
            "ANTHROPIC_API_KEY": KEY,
            "ANTHROPIC_BASE_URL": self.url,
        }

    def plan(self, model: str, *scripts: Script) -> None:
        """Have a model play these, a script a request; the last one stays."""
        self._scripts[model] = deque(scripts)

    def of(self, model: str, since: int = 0) -> list[Call]:
        """Return what a model was asked, leaving out the first ``since`` of all calls."""
        return [call for call in self.calls[since:] if call.model == model]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the one request of a connection."""
        lost = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError)
        with contextlib.suppress(*lost):
            await self._answer(await received(reader), reader, writer)
        writer.close()
        with contextlib.suppress(*lost):
            await writer.wait_closed()

    async def _answer(
        self, request: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        made = DIALECTS.get(request.path.partition("?")[0])
        body = json.loads(request.body) if request.body else {}
        if made is None or not isinstance(body, dict):
            writer.write(head(404, "application/json", {}) + chunk(b"{}") + chunk(b""))
            return
        dialect = made(body)
        call = Call(
            dialect.provider,
            dialect.model,
            time.monotonic(),
            request.headers,
            body,
            dialect.instructions(),
            dialect.content(),
        )
        self.calls.append(call)
        play = Play(self._next(dialect.model), dialect, len(request.body), reader, writer)
        try:
            await play.run(call)
        finally:
            call.ended_at = time.monotonic()

    def _next(self, model: str) -> Script:
        scripts = self._scripts.get(model)
        if not scripts:
            return UNPLANNED
        return scripts.popleft() if len(scripts) > 1 else scripts[0]


@contextlib.asynccontextmanager
async def scripted() -> AsyncIterator[ScriptedModels]:
    """Run the server on a loopback port for the length of the block."""
    holder: list[ScriptedModels] = []
    under_way: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        with contextlib.suppress(asyncio.CancelledError):
            await holder[0].serve(reader, writer)

    server = await asyncio.start_server(answer, "127.0.0.1", 0, limit=LONGEST_HEAD, backlog=512)
    try:
        holder.append(ScriptedModels(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"))
        yield holder[0]
    finally:
        server.close()
        for task in tuple(under_way):
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

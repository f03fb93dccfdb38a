"""A model asked through pydantic-ai, which speaks the providers' interfaces.

Everything of pydantic-ai is imported when a model is first asked, in a thread: it takes seconds,
which a service without a model's key should not pay, nor requests that are under way.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from quillwort.adapters.models.names import ModelName
from quillwort.assistant.gateway.model import Reasoning, Request, Usage

if TYPE_CHECKING:
    from quillwort.adapters.models.client import Client


class PydanticAiModel:
    """Implements `Model`; it holds connections from the first call until `close`."""

    def __init__(self, name: ModelName, base_url: str, key: str) -> None:
        self._name = name
        self._base_url = base_url
        self._key = key
        self._opening: asyncio.Task[Client] | None = None

    @property
    def name(self) -> str:
        """`provider:model`."""
        return str(self._name)

    async def stream(self, request: Request) -> AsyncGenerator[str | Reasoning | Usage]:
        """Write an answer; see `Model`.

        Raises:
            ModelFailed: as `Model` says.
        """
        client = await self.open()
        async with aclosing(client.stream(request)) as pieces:
            async for piece in pieces:
                yield piece

    async def open(self) -> "Client":
        """Return the client, made once: a call that gives up waiting for it does not stop that."""
        if self._opening is None:
            self._opening = asyncio.create_task(asyncio.to_thread(self._made))
        return await asyncio.shield(self._opening)

    async def close(self) -> None:
        """Let go of connections."""
        if self._opening is None:
            return
        await asyncio.wait({self._opening})
        if self._opening.exception() is None:
            await self._opening.result().close()

    def _made(self) -> "Client":
        from quillwort.adapters.models.client import Client  # noqa: PLC0415 - see the module

        return Client(self._name, self._base_url, self._key)

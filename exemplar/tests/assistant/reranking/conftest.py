"""A server that reranks, and the settings that lead there."""

from collections.abc import AsyncIterator

import pytest

from embedding_server import EmbeddingServer, serving
from quillwort.adapters.reranking.settings import RerankSettings


@pytest.fixture
async def server() -> AsyncIterator[EmbeddingServer]:
    async with serving() as server:
        yield server


@pytest.fixture
def settings(server: EmbeddingServer) -> RerankSettings:
    return RerankSettings(url=server.url, model="lengths", timeout_seconds=10.0)

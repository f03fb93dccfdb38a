"""A server that embeds, and the settings that lead there."""

from collections.abc import AsyncIterator

import pytest

from embedding_server import DIMENSIONS, EmbeddingServer, serving
from quillwort.adapters.embedding.settings import EmbeddingSettings


@pytest.fixture
async def server() -> AsyncIterator[EmbeddingServer]:
    async with serving() as server:
        yield server


@pytest.fixture
def settings(server: EmbeddingServer) -> EmbeddingSettings:
    return EmbeddingSettings(
        url=server.url,
        model="words",
        dimensions=DIMENSIONS,
        timeout_seconds=10.0,
        question_timeout_seconds=10.0,
        retries=1,
    )

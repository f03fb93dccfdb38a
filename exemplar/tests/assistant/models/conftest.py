"""A scripted server of models."""

from collections.abc import AsyncIterator

import pytest

from scripted_models import ScriptedModels, serving


@pytest.fixture
async def server() -> AsyncIterator[ScriptedModels]:
    async with serving() as server:
        yield server

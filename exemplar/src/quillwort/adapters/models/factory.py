"""Settings -> a gateway over the models that have a key."""

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from quillwort.adapters.models.names import ModelName
from quillwort.adapters.models.pydantic_ai_model import PydanticAiModel
from quillwort.adapters.models.settings import ModelSettings, ProviderSettings
from quillwort.assistant.gateway.completions import Completions
from quillwort.assistant.gateway.gateway import Gateway
from quillwort.assistant.gateway.ledger import Ledger
from quillwort.assistant.gateway.observer import Observer, Silent
from quillwort.assistant.gateway.reuse import Reuse
from quillwort.kit.settings import SettingsError


@asynccontextmanager
async def open_gateway(
    settings: ModelSettings,
    providers: ProviderSettings,
    ledger: Ledger,
    completions: Completions,
    observer: Observer | None = None,
    reuse: Reuse | None = None,
) -> AsyncIterator[Gateway]:
    """Open a gateway, and close its connections after.

    Raises:
        SettingsError: when a model has a key and the extra that asks it is not installed.
    """
    names = [name for name in settings.names if providers.offers(name)]
    for name in names:
        _check_installed(name)
    async with AsyncExitStack() as stack:
        models = [
            PydanticAiModel(name, providers.base_url(name.provider), providers.key(name.provider))
            for name in names
        ]
        for model in models:
            stack.push_async_callback(model.close)
        # The first answer should not wait for seconds of imports, nor should serving.
        warming = asyncio.gather(*(model.open() for model in models), return_exceptions=True)
        stack.push_async_callback(asyncio.wait, [warming])
        yield await stack.enter_async_context(
            Gateway(
                models,
                ledger,
                observer or Silent(),
                completions=completions if settings.cache == "exact" else None,
                reuse=reuse if settings.cache == "exact" else None,
                prices=settings.price_table,
                policy=settings.policy,
                budgets=settings.budgets,
            )
        )


def _check_installed(name: ModelName) -> None:
    client = "anthropic" if name.provider == "anthropic" else "openai"
    if None in (importlib.util.find_spec("pydantic_ai"), importlib.util.find_spec(client)):
        raise SettingsError(
            [f"MODEL_CHAIN: {name} needs the extra 'models': install requirements/models.txt"]
        )

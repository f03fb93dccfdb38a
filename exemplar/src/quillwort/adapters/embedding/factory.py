"""Settings -> the embedders of this process, and what counts tokens for them."""

import asyncio
import importlib.util
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import structlog

from quillwort.adapters.embedding.estimate import estimated_tokens
from quillwort.adapters.embedding.failures import Misconfigured
from quillwort.adapters.embedding.minilm import MiniLm, count_tokens
from quillwort.adapters.embedding.settings import EmbeddingSettings
from quillwort.assistant.embedding import Embedder, Refused
from quillwort.domain.errors import Unavailable
from quillwort.kit.settings import SettingsError

TRIED_SECONDS: Final = 10.0
"""How long a start waits for a server that dawdles."""

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def open_embedders(settings: EmbeddingSettings) -> AsyncIterator[tuple[Embedder, ...]]:
    """Open the embedder that the settings want, and behind it the built-in one.

    That one is always there, so that it serves on until what it embedded is embedded anew. Without
    an address it is the only one, and nothing is imported that speaks HTTP.

    Raises:
        SettingsError: when the extra is not installed, or the server says that the settings are
            wrong. One that does not answer stops nothing: searches go by keywords until it does.
    """
    if not settings.url:
        yield (MiniLm(),)
        return
    if importlib.util.find_spec("httpx2") is None:
        raise SettingsError(
            ["EMBEDDING_URL: needs the extra 'embedding': install requirements/embedding.txt"]
        )
    from quillwort.adapters.embedding.http import HttpEmbedder  # noqa: PLC0415 - see above

    async with HttpEmbedder(settings) as embedder:
        await _tried(embedder)
        yield embedder, MiniLm()


def counting(settings: EmbeddingSettings) -> Callable[[str], int]:
    """Return what counts a text's tokens where documents are cut."""
    return estimated_tokens if settings.url else count_tokens


async def _tried(embedder: Embedder) -> None:
    """Embed a word.

    Raises:
        SettingsError: when that shows settings that no text can be embedded with.
    """
    try:
        async with asyncio.timeout(TRIED_SECONDS):
            await embedder.embed(["word"])
    except (Misconfigured, Refused) as error:
        raise SettingsError([error.message]) from error
    except (Unavailable, TimeoutError) as error:
        _log.warning("the embedder does not answer yet", reason=str(error) or "silent")

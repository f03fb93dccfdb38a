"""Settings -> what puts found passages in another order, if anything does."""

import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from quillwort.adapters.reranking.settings import RerankSettings
from quillwort.assistant.reranking import Reranker
from quillwort.domain.errors import Unavailable
from quillwort.kit.settings import SettingsError

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def open_reranker(settings: RerankSettings) -> AsyncIterator[Reranker | None]:
    """Open the reranker that the settings want; without an address there is none.

    Raises:
        SettingsError: when the extra is not installed, or the server says that the settings are
            wrong. One that does not answer stops nothing: searches go without until it does.
    """
    if not settings.url:
        yield None
        return
    if importlib.util.find_spec("httpx2") is None:
        raise SettingsError(
            ["RERANK_URL: needs the extra 'embedding': install requirements/embedding.txt"]
        )
    from quillwort.adapters.reranking.http import HttpReranker  # noqa: PLC0415 - see above

    async with HttpReranker(settings) as reranker:
        await _tried(reranker)
        yield reranker


async def _tried(reranker: Reranker) -> None:
    """Rerank a word.

    Raises:
        SettingsError: when that shows settings that nothing can be reranked with.
    """
    from quillwort.adapters.reranking.http import Misconfigured  # noqa: PLC0415 - see above

    try:
        await reranker.rerank("word", ["word"])
    except Misconfigured as error:
        raise SettingsError([error.message]) from error
    except Unavailable as error:
        _log.warning("the reranker does not answer yet", reason=error.message)

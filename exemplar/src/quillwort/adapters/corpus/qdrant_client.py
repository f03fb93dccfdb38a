"""The client of Qdrant, and its failures in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from qdrant_client import AsyncQdrantClient
from qdrant_client.http.exceptions import ApiException

from quillwort.adapters.corpus.qdrant_settings import QdrantSettings
from quillwort.domain.errors import Unavailable

DIRECTORY: Final = Path(".local/qdrant")
"""Where the library's own small store is, for development."""


def open_client(settings: QdrantSettings) -> AsyncQdrantClient:
    """Return a client of the server that is set, or of the store of one's own under .local/.

    Raises:
        Unavailable: when that store is open in another process: it is for one at a time.
    """
    if not settings.url:
        return _own_store()
    return AsyncQdrantClient(
        url=settings.url,
        api_key=settings.api_key.get_secret_value() or None,
        timeout=settings.timeout_seconds,
        # It would ask the server while the process starts, which must start without it.
        check_compatibility=False,
    )


def _own_store() -> AsyncQdrantClient:
    try:
        return AsyncQdrantClient(path=str(DIRECTORY))
    except RuntimeError as error:
        if "already accessed" not in str(error):
            raise
        raise Unavailable(
            f"The store of vectors in {DIRECTORY} is open in another process: stop that one, or "
            "name a server by QDRANT_URL."
        ) from error


@contextmanager
def told() -> Iterator[None]:
    """Turn a failure of Qdrant into `Unavailable`."""
    try:
        yield
    except ApiException as error:
        raise Unavailable("The store of vectors does not answer.") from error

"""What the statuses of a server of embeddings mean."""

import math
import time
from email.utils import parsedate_to_datetime
from typing import Final

from quillwort.assistant.embedding import Refused
from quillwort.domain.errors import Unavailable

_SERVER_ERRORS: Final = 500
_LATER: Final = frozenset((408, 409, 425, 429))
"""Statuses of a client's error that mean: not now."""

_OURS: Final = frozenset((401, 402, 403, 404, 405))
"""Statuses that every text gets until the settings or the account are others."""

_TOLD_CHARACTERS: Final = 200


class Again(Unavailable):
    """It may go well the next time; `retry_after` is how many seconds the server wants."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Misconfigured(Unavailable):
    """No text is embedded with the settings as they are."""


def failed(status: int, retry_after: str | None, body: bytes) -> Unavailable:
    """Return what an answer that is no 200 means."""
    if status >= _SERVER_ERRORS or status in _LATER:
        return Again(f"The embedder answers {status}.", seconds_of(retry_after))
    said = " ".join(body.decode(errors="replace").split())[:_TOLD_CHARACTERS]
    if status in _OURS:
        return Misconfigured(f"EMBEDDING_*: the embedder answers {status}: {said}")
    return Refused(f"EMBEDDING_*: the embedder answers {status}: {said}")


def seconds_of(retry_after: str | None) -> float | None:
    """Return the seconds of a Retry-After: a number or a date (RFC 9110, 10.2.3); None without."""
    if not retry_after:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(retry_after).timestamp() - time.time()
        except ValueError:
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None

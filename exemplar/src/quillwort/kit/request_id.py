"""The id that ties a request's logs and its answer together."""

import os
import re
from contextvars import ContextVar
from typing import Final

current: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)
"""The id of the request that is being served, for every log line written meanwhile."""

_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")


def chosen(given: str | None) -> str:
    """Return the caller's id when it is harmless in a log line, else a fresh one."""
    if given is not None and _ACCEPTABLE.fullmatch(given):
        return given
    return os.urandom(16).hex()

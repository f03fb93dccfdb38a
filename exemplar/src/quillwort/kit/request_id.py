"""The id that ties a request's logs and its answer together."""

import os
import re

_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{1,128}")


def chosen(given: str | None) -> str:
    """Return the caller's id when it is harmless in a log line, else a fresh one."""
    if given is not None and _ACCEPTABLE.fullmatch(given):
        return given
    return os.urandom(16).hex()

"""The part of a query that every list shares."""

from collections.abc import Collection
from typing import Final

from quillwort.domain.errors import FieldError, InvalidInput

DEFAULT_LIMIT: Final = 20
MAX_LIMIT: Final = 100
MAX_CURSOR_LENGTH: Final = 2000


def check_page(limit: int, sort: str, offered: Collection[str]) -> None:
    """Hold a list's bounds: 1 <= `limit` <= `MAX_LIMIT`, and `sort` one of the offered.

    Raises:
        InvalidInput: naming what is out of bounds.
    """
    errors: list[FieldError] = []
    if not 1 <= limit <= MAX_LIMIT:
        errors.append(FieldError("limit", f"must be between 1 and {MAX_LIMIT}"))
    if sort not in offered:
        errors.append(FieldError("sort", f"must be one of {', '.join(offered)}"))
    if errors:
        raise InvalidInput(errors)

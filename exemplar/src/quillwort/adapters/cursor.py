"""Cursors: opaque to callers, but plain inside, since they grant nothing that a query would not."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.domain.paging import MAX_CURSOR_LENGTH

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place(Generic[T]):
    """A place in an order: after the row of this sort value and id."""

    value: T | None
    id: UUID


def written(sort: str, place: Place[object]) -> str:
    """Return the cursor for a place in the order `sort`."""
    value = None if place.value is None else str(place.value)
    plain = json.dumps([sort, value, place.id.hex], separators=(",", ":"))
    return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read(cursor: str, sort: str, parse: Callable[[str], T]) -> Place[T]:
    """Return the place that `written` put into the cursor.

    Raises:
        InvalidInput: when the cursor is malformed, or belongs to another order.
    """
    try:
        plain = json.loads(urlsafe_b64decode(cursor[:MAX_CURSOR_LENGTH] + "=" * (-len(cursor) % 4)))
        its_sort, value, key = plain
        place = Place(None if value is None else parse(value), UUID(hex=key))
    except (ValueError, TypeError, ArithmeticError, AttributeError, RecursionError) as error:
        raise InvalidInput([FieldError("cursor", "is not one that was given out")]) from error
    if its_sort != sort:
        raise InvalidInput([FieldError("cursor", f"belongs to the sort {its_sort}")])
    return place

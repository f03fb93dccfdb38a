"""Values that every part of the business shares."""

import enum
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Generic, TypeAlias, TypeVar
from uuid import UUID

T = TypeVar("T")

JsonValue: TypeAlias = str | int | float | bool | list["JsonValue"] | dict[str, "JsonValue"] | None
"""Whatever JSON can say."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is asking.

    `subject` names the caller, `owner` is what rows are owned by (the caller or their tenant),
    `scopes` is what they may do, `groups` which groups they belong to.
    """

    subject: str
    owner: str
    scopes: frozenset[str]
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items in order and, when more follow, the opaque cursor that continues after them."""

    items: tuple[T, ...]
    next_cursor: str | None


class Unset(enum.Enum):
    """The type of `UNSET`."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET
"""A field that a change leaves alone, as opposed to one that it sets to None."""


def kept(new: T | Unset, old: T) -> T:
    """Return `new`, or `old` when `new` is unset."""
    return old if new is UNSET else new


def utc_now() -> datetime:
    """Return the present moment in UTC, to the microsecond, as PostgreSQL keeps it."""
    return datetime.now(UTC)


def new_id() -> UUID:
    """Return a fresh UUID version 7 (RFC 9562, 5.7): ordered by time, indexes grow at one end."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)

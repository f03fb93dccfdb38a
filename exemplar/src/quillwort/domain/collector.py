"""Collector: the entity, its inputs and its rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, Self, TypeAlias, get_args
from uuid import UUID

from quillwort.domain.access import Access
from quillwort.domain.paging import DEFAULT_LIMIT, check_page
from quillwort.domain.rules import EMAIL, Plain, Rule, Text, check
from quillwort.domain.values import UNSET, Principal, Unset, kept, new_id

ACCESS: Final = Access("collectors")

CollectorSort: TypeAlias = Literal["created_at", "-created_at", "name", "-name"]
"""The offered orders; `-` is descending."""

SORTS: Final[tuple[CollectorSort, ...]] = get_args(CollectorSort)

RULES: Final[Mapping[str, Rule]] = {
    "name": Text(min_length=1, max_length=200),
    "email": Text(max_length=254, pattern=EMAIL),
    "active": Plain(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCollector:
    """What a caller says of a collector to be made.

    Raises:
        InvalidInput: when a rule is broken.
    """

    name: str
    email: str
    active: bool = True

    def __post_init__(self) -> None:
        """Hold the rules."""
        check(self, RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorChange:
    """What a caller changes; fields left unset stay, None clears an optional one.

    Raises:
        InvalidInput: when a rule is broken.
    """

    name: str | Unset = UNSET
    email: str | Unset = UNSET
    active: bool | Unset = UNSET

    def __post_init__(self) -> None:
        """Hold the rules."""
        check(self, RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorQuery:
    """Which collectors a caller wants to see, in which order, how many.

    Filters left None do not filter; bounds are inclusive; all given filters must hold.

    Raises:
        InvalidInput: when `limit` or `sort` is out of bounds.
    """

    email: str | None = None
    active: bool | None = None
    sort: CollectorSort = "-created_at"
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None

    def __post_init__(self) -> None:
        """Hold the bounds."""
        check_page(self.limit, self.sort, SORTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """A collector as it is stored."""

    id: UUID
    owner_id: str
    version: int
    created_at: datetime
    updated_at: datetime
    name: str
    email: str
    active: bool

    @classmethod
    def make(cls, principal: Principal, new: NewCollector, now: datetime) -> Self:
        """Return a collector with a fresh id, in its first version."""
        return cls(
            id=new_id(),
            owner_id=principal.owner,
            version=1,
            created_at=now,
            updated_at=now,
            name=new.name,
            email=new.email,
            active=new.active,
        )

    def changed(self, change: CollectorChange, now: datetime) -> Self:
        """Return the next version, with the change applied."""
        return replace(
            self,
            version=self.version + 1,
            updated_at=now,
            name=kept(change.name, self.name),
            email=kept(change.email, self.email),
            active=kept(change.active, self.active),
        )

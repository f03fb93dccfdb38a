"""Lists by keyset: a page begins after a row, so the thousandth costs what the first does."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from quillwort.adapters import cursor as cursors
from quillwort.adapters.sqlite.file import Row
from quillwort.domain.values import Page


class Query(Protocol):
    """What every list query says besides its filters."""

    @property
    def sort(self) -> str:
        """The column to order by, with `-` before it for descending."""

    @property
    def limit(self) -> int:
        """How many items at most."""

    @property
    def cursor(self) -> str | None:
        """Where to begin; None for the beginning."""


class Item(Protocol):
    """What every listed item has."""

    @property
    def id(self) -> UUID:
        """The key that makes every order total."""


ItemT = TypeVar("ItemT", bound=Item)


@dataclass(frozen=True, slots=True)
class Sort:
    """A column that is never null, and how the file keeps what a cursor has of it."""

    column: str
    kept: Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Listing(Generic[ItemT]):
    """A list statement in parts: `filters` and `sorts` are all that callers can choose from.

    `filters` maps a name to its condition, in which :name stands for the value.
    """

    select: str
    filters: Mapping[str, str]
    sorts: Mapping[str, Sort]
    to: Callable[[Row], ItemT]

    def page(
        self, connection: sqlite3.Connection, query: Query, given: Mapping[str, object | None]
    ) -> Page[ItemT]:
        """Return the page that `query` asks for, by those `given` filters that are not None.

        Raises:
            InvalidInput: when the cursor was not given out for this sort.
        """
        descending = query.sort.startswith("-")
        sort = self.sorts[query.sort.removeprefix("-")]
        parameters = {name: value for name, value in given.items() if value is not None}
        conditions = [self.filters[name] for name in parameters]
        if query.cursor is not None:
            place = cursors.read(query.cursor, query.sort, sort.kept)
            sign = "<" if descending else ">"
            conditions.append(f"({sort.column}, id) {sign} (:after, :after_id)")
            parameters |= {"after": place.value, "after_id": place.id.bytes}
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        direction = "DESC" if descending else "ASC"
        order = f" ORDER BY {sort.column} {direction}, id {direction} LIMIT :limit"
        rows = connection.execute(
            self.select + where + order, parameters | {"limit": query.limit + 1}
        ).fetchall()
        items = tuple(map(self.to, rows[: query.limit]))
        if len(rows) <= query.limit:
            return Page(items, None)
        last = cursors.Place(getattr(items[-1], sort.column), items[-1].id)
        return Page(items, cursors.written(query.sort, last))


def kept_moment(moment: datetime) -> str:
    """Return a time as text whose order is that of time: in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> str:
    """Return the time that str() of a datetime wrote, as it is kept.

    Raises:
        ValueError: when it is none, or says no offset.
    """
    parsed = datetime.fromisoformat(text)
    if parsed.tzinfo is None:
        raise ValueError(text)
    return kept_moment(parsed)

"""Lists by keyset: a page begins after a row, so the thousandth costs what the first does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, LiteralString, Protocol, TypeVar
from uuid import UUID

from quillwort.adapters import cursor as cursors
from quillwort.adapters.postgresql.database import Database, Row
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

_EACH: Final = """\
SELECT found.* FROM unnest(%({each})s::text[]) AS one CROSS JOIN LATERAL (
{statement}
) AS found
ORDER BY {order} LIMIT %(limit)s"""


@dataclass(frozen=True, slots=True)
class Sort:
    """A column as SQL writes it: how a cursor gives its values back, and whether it may be null.

    Nulls come last ascending and first descending, so that one index serves both directions.
    """

    column: LiteralString
    parse: Callable[[str], object]
    nullable: bool = False

    def after(self, *, descending: bool, null: bool) -> LiteralString:
        """Return the condition for what follows %(after)s, %(after_id)s; `null`: %(after)s is."""
        column = self.column
        if not self.nullable:
            sign: LiteralString = "<" if descending else ">"
            return f"({column}, id) {sign} (%(after)s, %(after_id)s)"
        if descending and null:
            return f"({column} IS NOT NULL OR ({column} IS NULL AND id < %(after_id)s))"
        if descending:
            return f"({column}, id) < (%(after)s, %(after_id)s)"
        if null:
            return f"({column} IS NULL AND id > %(after_id)s)"
        return f"(({column}, id) > (%(after)s, %(after_id)s) OR {column} IS NULL)"

    def order(self, *, descending: bool) -> LiteralString:
        """Return the ORDER BY list."""
        direction: LiteralString = "DESC" if descending else "ASC"
        return f"{self.column} {direction}, id {direction}"


@dataclass(frozen=True, slots=True)
class Listing(Generic[ItemT]):
    """A list statement in parts: `filters` and `sorts` are all that callers can choose from.

    `filters` maps a name to its condition, in which %(name)s stands for the value. The value of the
    one that `each` names is an array, and in its condition `one` stands for one of its values: an
    index gives the rows of one in order, and those of several only together with all between them.
    """

    select: LiteralString
    filters: Mapping[str, LiteralString]
    sorts: Mapping[str, Sort]
    to: Callable[[Row], ItemT]
    each: LiteralString = ""

    async def page(
        self, database: Database, query: Query, given: Mapping[str, object | None]
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
            place = cursors.read(query.cursor, query.sort, sort.parse)
            conditions.append(sort.after(descending=descending, null=place.value is None))
            parameters |= {"after": place.value, "after_id": place.id}
        parameters["limit"] = query.limit + 1
        where: LiteralString = " WHERE " + " AND ".join(conditions) if conditions else ""
        order = sort.order(descending=descending)
        statement = f"{self.select}{where} ORDER BY {order} LIMIT %(limit)s"
        if self.each in parameters:
            statement = _EACH.format(each=self.each, statement=statement, order=order)
        rows = await database.many(statement, parameters, self.to)
        if len(rows) <= query.limit:
            return Page(rows, None)
        items = rows[: query.limit]
        last = cursors.Place(getattr(items[-1], sort.column.strip('"')), items[-1].id)
        return Page(items, cursors.written(query.sort, last))


def moment(text: str) -> datetime:
    """Return the time that str() of a datetime wrote.

    Raises:
        ValueError: when it is none, or says no offset.
    """
    parsed = datetime.fromisoformat(text)
    if parsed.tzinfo is None:
        raise ValueError(text)
    return parsed

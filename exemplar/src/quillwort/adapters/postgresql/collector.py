"""Collectors in PostgreSQL."""

from collections.abc import Mapping
from typing import Final, LiteralString
from uuid import UUID

from quillwort.adapters.postgresql.database import Constraints, Database, Row
from quillwort.adapters.postgresql.paging import Listing, Sort, moment
from quillwort.domain.collector import Collector, CollectorQuery
from quillwort.domain.values import Page

SELECT: Final = """\
SELECT id, owner_id, version, created_at, updated_at, name, email, active
FROM collectors"""

GET: Final = f"""{SELECT}
WHERE id = %(id)s AND (%(owner)s::text IS NULL OR owner_id = %(owner)s)"""

INSERT: Final = """\
INSERT INTO collectors (
    id, owner_id, version, created_at, updated_at, name, email, active
) VALUES (
    %(id)s, %(owner_id)s, %(version)s, %(created_at)s, %(updated_at)s, %(name)s, %(email)s,
    %(active)s
)"""

UPDATE: Final = """\
UPDATE collectors SET
    version = %(version)s,
    updated_at = %(updated_at)s,
    name = %(name)s,
    email = %(email)s,
    active = %(active)s
WHERE id = %(id)s AND version = %(expected_version)s"""

DELETE: Final = """\
DELETE FROM collectors
WHERE id = %(id)s
  AND (%(owner)s::text IS NULL OR owner_id = %(owner)s)
  AND (%(expected_version)s::bigint IS NULL OR version = %(expected_version)s)"""

CONSTRAINTS: Final = Constraints(kind="collector", unique={"collectors_email_key": "email"})

FILTERS: Final[Mapping[str, LiteralString]] = {
    "owner": "owner_id = %(owner)s",
    "email": "email = %(email)s",
    "active": "active = %(active)s",
}

SORTS: Final[Mapping[str, Sort]] = {
    "created_at": Sort("created_at", moment),
    "name": Sort("name", str),
}


class PostgresqlCollectors:
    """The `CollectorRepository` over PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, collector: Collector) -> None:
        """Insert the row."""
        await self._database.count(INSERT, _parameters(collector), CONSTRAINTS)

    async def get(self, collector_id: UUID, owner: str | None) -> Collector | None:
        """Return the row of the key."""
        return await self._database.one(GET, {"id": collector_id, "owner": owner}, _collector)

    async def list(self, query: CollectorQuery, owner: str | None) -> Page[Collector]:
        """Return the rows that every given filter holds for."""
        given = {"owner": owner, "email": query.email, "active": query.active}
        return await LISTING.page(self._database, query, given)

    async def replace(self, collector: Collector, expected_version: int) -> bool:
        """Update the row, if it still has that version."""
        parameters = _parameters(collector) | {"expected_version": expected_version}
        return await self._database.count(UPDATE, parameters, CONSTRAINTS) == 1

    async def remove(
        self, collector_id: UUID, owner: str | None, expected_version: int | None
    ) -> bool:
        """Delete the row, if it still has that version."""
        parameters = {"id": collector_id, "owner": owner, "expected_version": expected_version}
        return await self._database.count(DELETE, parameters, CONSTRAINTS) == 1


def _parameters(collector: Collector) -> dict[str, object]:
    return {
        "id": collector.id,
        "owner_id": collector.owner_id,
        "version": collector.version,
        "created_at": collector.created_at,
        "updated_at": collector.updated_at,
        "name": collector.name,
        "email": collector.email,
        "active": collector.active,
    }


def _collector(row: Row) -> Collector:
    (id_, owner_id, version, created_at, updated_at, name, email, active) = row
    return Collector(
        id=id_,
        owner_id=owner_id,
        version=version,
        created_at=created_at,
        updated_at=updated_at,
        name=name,
        email=email,
        active=active,
    )


LISTING: Final = Listing(SELECT, FILTERS, SORTS, _collector)

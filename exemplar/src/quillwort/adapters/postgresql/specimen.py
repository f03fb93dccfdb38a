"""Specimens in PostgreSQL."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from quillwort.adapters.postgresql.database import Constraints, Database, Row
from quillwort.adapters.postgresql.paging import Listing, Sort, moment
from quillwort.domain.specimen import Specimen, SpecimenPreservation, SpecimenQuery, SpecimenStatus
from quillwort.domain.values import Page

SELECT: Final = """\
SELECT id, owner_id, version, created_at, updated_at, status, catalogue_number, taxon, notes,
       sheet_count, elevation_metres, mass_grams, appraised_value, currency, fragile, collected_on,
       examined_at, accession_key, contact_email, image_url, preservation, collector_id, attributes
FROM specimens"""

GET: Final = f"""{SELECT}
WHERE id = %(id)s AND (%(owner)s::text IS NULL OR owner_id = %(owner)s)"""

INSERT: Final = """\
INSERT INTO specimens (
    id, owner_id, version, created_at, updated_at, status, catalogue_number, taxon, notes,
    sheet_count, elevation_metres, mass_grams, appraised_value, currency, fragile, collected_on,
    examined_at, accession_key, contact_email, image_url, preservation, collector_id, attributes
) VALUES (
    %(id)s, %(owner_id)s, %(version)s, %(created_at)s, %(updated_at)s, %(status)s,
    %(catalogue_number)s, %(taxon)s, %(notes)s, %(sheet_count)s, %(elevation_metres)s,
    %(mass_grams)s, %(appraised_value)s, %(currency)s, %(fragile)s, %(collected_on)s,
    %(examined_at)s, %(accession_key)s, %(contact_email)s, %(image_url)s, %(preservation)s,
    %(collector_id)s, %(attributes)s
)"""

UPDATE: Final = """\
UPDATE specimens SET
    version = %(version)s,
    updated_at = %(updated_at)s,
    status = %(status)s,
    catalogue_number = %(catalogue_number)s,
    taxon = %(taxon)s,
    notes = %(notes)s,
    sheet_count = %(sheet_count)s,
    elevation_metres = %(elevation_metres)s,
    mass_grams = %(mass_grams)s,
    appraised_value = %(appraised_value)s,
    currency = %(currency)s,
    fragile = %(fragile)s,
    collected_on = %(collected_on)s,
    examined_at = %(examined_at)s,
    accession_key = %(accession_key)s,
    contact_email = %(contact_email)s,
    image_url = %(image_url)s,
    preservation = %(preservation)s,
    collector_id = %(collector_id)s,
    attributes = %(attributes)s
WHERE id = %(id)s AND version = %(expected_version)s"""

DELETE: Final = """\
DELETE FROM specimens
WHERE id = %(id)s
  AND (%(owner)s::text IS NULL OR owner_id = %(owner)s)
  AND (%(expected_version)s::bigint IS NULL OR version = %(expected_version)s)"""

CONSTRAINTS: Final = Constraints(
    kind="specimen",
    unique={"specimens_catalogue_number_key": "catalogue_number"},
    references={"specimens_collector_id_fkey": "collector_id"},
)

FILTERS: Final[Mapping[str, LiteralString]] = {
    "owner": "owner_id = %(owner)s",
    "catalogue_number": "catalogue_number = %(catalogue_number)s",
    "taxon": "taxon = %(taxon)s",
    "collected_on_from": "collected_on >= %(collected_on_from)s",
    "collected_on_to": "collected_on <= %(collected_on_to)s",
    "preservation": "preservation = %(preservation)s",
    "collector_id": "collector_id = %(collector_id)s",
    "status": "status = %(status)s",
}

SORTS: Final[Mapping[str, Sort]] = {
    "created_at": Sort("created_at", moment),
    "catalogue_number": Sort("catalogue_number", str),
    "taxon": Sort("taxon", str),
    "collected_on": Sort("collected_on", date.fromisoformat),
    "appraised_value": Sort("appraised_value", Decimal, nullable=True),
}


class PostgresqlSpecimens:
    """The `SpecimenRepository` over PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, specimen: Specimen) -> None:
        """Insert the row."""
        await self._database.count(INSERT, _parameters(specimen), CONSTRAINTS)

    async def get(self, specimen_id: UUID, owner: str | None) -> Specimen | None:
        """Return the row of the key."""
        return await self._database.one(GET, {"id": specimen_id, "owner": owner}, _specimen)

    async def list(self, query: SpecimenQuery, owner: str | None) -> Page[Specimen]:
        """Return the rows that every given filter holds for."""
        given = {
            "owner": owner,
            "catalogue_number": query.catalogue_number,
            "taxon": query.taxon,
            "collected_on_from": query.collected_on_from,
            "collected_on_to": query.collected_on_to,
            "preservation": query.preservation,
            "collector_id": query.collector_id,
            "status": query.status,
        }
        return await LISTING.page(self._database, query, given)

    async def replace(self, specimen: Specimen, expected_version: int) -> bool:
        """Update the row, if it still has that version."""
        parameters = _parameters(specimen) | {"expected_version": expected_version}
        return await self._database.count(UPDATE, parameters, CONSTRAINTS) == 1

    async def remove(
        self, specimen_id: UUID, owner: str | None, expected_version: int | None
    ) -> bool:
        """Delete the row, if it still has that version."""
        parameters = {"id": specimen_id, "owner": owner, "expected_version": expected_version}
        return await self._database.count(DELETE, parameters, CONSTRAINTS) == 1


def _parameters(specimen: Specimen) -> dict[str, object]:
    return {
        "id": specimen.id,
        "owner_id": specimen.owner_id,
        "version": specimen.version,
        "created_at": specimen.created_at,
        "updated_at": specimen.updated_at,
        "status": specimen.status,
        "catalogue_number": specimen.catalogue_number,
        "taxon": specimen.taxon,
        "notes": specimen.notes,
        "sheet_count": specimen.sheet_count,
        "elevation_metres": specimen.elevation_metres,
        "mass_grams": specimen.mass_grams,
        "appraised_value": specimen.appraised_value,
        "currency": specimen.currency,
        "fragile": specimen.fragile,
        "collected_on": specimen.collected_on,
        "examined_at": specimen.examined_at,
        "accession_key": specimen.accession_key,
        "contact_email": specimen.contact_email,
        "image_url": specimen.image_url,
        "preservation": specimen.preservation,
        "collector_id": specimen.collector_id,
        "attributes": None if specimen.attributes is None else Jsonb(specimen.attributes),
    }


def _specimen(row: Row) -> Specimen:
    (
        id_,
        owner_id,
        version,
        created_at,
        updated_at,
        status,
        catalogue_number,
        taxon,
        notes,
        sheet_count,
        elevation_metres,
        mass_grams,
        appraised_value,
        currency,
        fragile,
        collected_on,
        examined_at,
        accession_key,
        contact_email,
        image_url,
        preservation,
        collector_id,
        attributes,
    ) = row
    return Specimen(
        id=id_,
        owner_id=owner_id,
        version=version,
        created_at=created_at,
        updated_at=updated_at,
        status=SpecimenStatus(status),
        catalogue_number=catalogue_number,
        taxon=taxon,
        notes=notes,
        sheet_count=sheet_count,
        elevation_metres=elevation_metres,
        mass_grams=mass_grams,
        appraised_value=appraised_value,
        currency=currency,
        fragile=fragile,
        collected_on=collected_on,
        examined_at=examined_at,
        accession_key=accession_key,
        contact_email=contact_email,
        image_url=image_url,
        preservation=SpecimenPreservation(preservation),
        collector_id=collector_id,
        attributes=attributes,
    )


LISTING: Final = Listing(SELECT, FILTERS, SORTS, _specimen)

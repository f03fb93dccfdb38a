"""What there is to know of specimens to test them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from example import Example, Filter, Walk
from examples import collector
from quillwort.adapters.postgresql import specimen as postgresql
from quillwort.domain.specimen import (
    ACCESS,
    RULES,
    NewSpecimen,
    Specimen,
    SpecimenChange,
    SpecimenPreservation,
    SpecimenQuery,
)
from quillwort.domain.specimen_service import SpecimenService


def values(number: int) -> dict[str, object]:
    """Return a valid value for every field but references; the number makes it unique."""
    return {
        "catalogue_number": f"AB-{number}",
        "taxon": "Taxon",
        "notes": "Notes",
        "sheet_count": 1,
        "elevation_metres": 1.5,
        "mass_grams": Decimal("1.500"),
        "appraised_value": Decimal("1.50"),
        "currency": "EUR",
        "fragile": False,
        "collected_on": date(2026, 1, 31),
        "examined_at": datetime(2026, 1, 31, 12, tzinfo=UTC),
        "accession_key": UUID("01890a5d-ac96-774b-bcce-b302099a8057"),
        "contact_email": "somebody@example.com",
        "image_url": "https://example.com/",
        "preservation": SpecimenPreservation.PRESSED,
        "attributes": {"key": "value"},
    }


EXAMPLE: Final = Example(
    kind="specimen",
    plural="specimens",
    owned=True,
    access=ACCESS,
    rules=RULES,
    entity=Specimen,
    new=NewSpecimen,
    change=SpecimenChange,
    query=SpecimenQuery,
    service=SpecimenService,
    repository=postgresql.PostgresqlSpecimens,
    constraints=postgresql.CONSTRAINTS,
    postgresql_sorts=postgresql.SORTS,
    values=values,
    other={
        "catalogue_number": "ZY-0",
        "taxon": "Other",
        "notes": "Other",
        "sheet_count": 2,
        "elevation_metres": 2.5,
        "mass_grams": Decimal("2.500"),
        "appraised_value": Decimal("2.50"),
        "currency": "USD",
        "fragile": True,
        "collected_on": date(2026, 2, 28),
        "examined_at": datetime(2026, 2, 28, 12, tzinfo=UTC),
        "accession_key": UUID("01890a5d-ac96-774b-bcce-b302099a8058"),
        "contact_email": "other@example.com",
        "image_url": "https://example.com/other",
        "preservation": SpecimenPreservation.DRIED,
        "attributes": [1, None, "other"],
    },
    broken={
        "catalogue_number": "",
        "taxon": "",
        "notes": "x" * 10001,
        "sheet_count": 0,
        "elevation_metres": -501.0,
        "mass_grams": Decimal(-1),
        "appraised_value": Decimal(-1),
        "currency": "",
        "contact_email": "x",
        "image_url": "x",
    },
    required={"catalogue_number", "taxon", "collected_on", "collector_id"},
    defaults={
        "sheet_count": 1,
        "currency": "EUR",
        "fragile": False,
        "preservation": SpecimenPreservation.PRESSED,
    },
    nullable=(
        "notes",
        "elevation_metres",
        "mass_grams",
        "appraised_value",
        "examined_at",
        "accession_key",
        "contact_email",
        "image_url",
        "attributes",
    ),
    unique=("catalogue_number",),
    references={"collector_id": collector.EXAMPLE},
    filters={
        "catalogue_number": Filter("catalogue_number"),
        "taxon": Filter("taxon"),
        "collected_on_from": Filter("collected_on", "lower"),
        "collected_on_to": Filter("collected_on", "upper"),
        "preservation": Filter("preservation"),
        "collector_id": Filter("collector_id"),
        "status": Filter("status"),
    },
    sorts=("created_at", "catalogue_number", "taxon", "collected_on", "appraised_value"),
    walks=(
        Walk((), "catalogue", "catalogued"),
        Walk(("catalogue",), "lend", "on_loan"),
        Walk(("catalogue", "lend"), "take_back", "catalogued"),
        Walk((), "withdraw", "withdrawn"),
        Walk(("catalogue",), "catalogue", None),
        Walk((), "lend", None),
        Walk((), "take_back", None),
        Walk(("withdraw",), "withdraw", None),
    ),
)

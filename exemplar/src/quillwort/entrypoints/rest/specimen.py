"""Specimens over REST."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any, Final, NotRequired
from uuid import UUID

from fastapi import FastAPI, Request, Response
from pydantic import JsonValue, with_config
from typing_extensions import TypedDict

from quillwort.domain.specimen import (
    RULES,
    NewSpecimen,
    Specimen,
    SpecimenChange,
    SpecimenPreservation,
    SpecimenQuery,
    SpecimenSort,
    SpecimenStatus,
)
from quillwort.domain.specimen_service import SpecimenService
from quillwort.entrypoints.rest.answer import (
    CHANGES,
    CREATES,
    DELETES,
    IF_MATCH,
    LISTS,
    MOVES,
    READS,
    JsonAnswer,
    expected_version,
)
from quillwort.entrypoints.rest.body import JSON, MERGE_PATCH, JsonBody
from quillwort.entrypoints.rest.identity import principal
from quillwort.entrypoints.rest.query import Cursor, Limit, QueryString
from quillwort.entrypoints.rest.schema import INPUT, Day, Instant, default, ruled


@with_config(INPUT)
class NewSpecimenBody(TypedDict):
    """What it takes to make a specimen."""

    catalogue_number: Annotated[str, ruled(RULES["catalogue_number"])]
    taxon: Annotated[str, ruled(RULES["taxon"])]
    notes: NotRequired[Annotated[str, ruled(RULES["notes"])] | None]
    sheet_count: NotRequired[Annotated[int, ruled(RULES["sheet_count"]), default(value=1)]]
    elevation_metres: NotRequired[Annotated[float, ruled(RULES["elevation_metres"])] | None]
    mass_grams: NotRequired[Annotated[Decimal, ruled(RULES["mass_grams"])] | None]
    appraised_value: NotRequired[Annotated[Decimal, ruled(RULES["appraised_value"])] | None]
    currency: NotRequired[Annotated[str, ruled(RULES["currency"]), default(value="EUR")]]
    fragile: NotRequired[Annotated[bool, default(value=False)]]
    collected_on: Day
    examined_at: NotRequired[Instant | None]
    accession_key: NotRequired[UUID | None]
    contact_email: NotRequired[Annotated[str, ruled(RULES["contact_email"])] | None]
    image_url: NotRequired[Annotated[str, ruled(RULES["image_url"])] | None]
    preservation: NotRequired[Annotated[SpecimenPreservation, default(value="pressed")]]
    collector_id: UUID
    attributes: NotRequired[JsonValue | None]


@with_config(INPUT)
class SpecimenChangeBody(TypedDict):
    """What can be changed: an absent field stays, null clears it."""

    catalogue_number: NotRequired[Annotated[str, ruled(RULES["catalogue_number"])]]
    taxon: NotRequired[Annotated[str, ruled(RULES["taxon"])]]
    notes: NotRequired[Annotated[str, ruled(RULES["notes"])] | None]
    sheet_count: NotRequired[Annotated[int, ruled(RULES["sheet_count"])]]
    elevation_metres: NotRequired[Annotated[float, ruled(RULES["elevation_metres"])] | None]
    mass_grams: NotRequired[Annotated[Decimal, ruled(RULES["mass_grams"])] | None]
    appraised_value: NotRequired[Annotated[Decimal, ruled(RULES["appraised_value"])] | None]
    currency: NotRequired[Annotated[str, ruled(RULES["currency"])]]
    fragile: NotRequired[bool]
    collected_on: NotRequired[Day]
    examined_at: NotRequired[Instant | None]
    accession_key: NotRequired[UUID | None]
    contact_email: NotRequired[Annotated[str, ruled(RULES["contact_email"])] | None]
    image_url: NotRequired[Annotated[str, ruled(RULES["image_url"])] | None]
    preservation: NotRequired[SpecimenPreservation]
    collector_id: NotRequired[UUID]
    attributes: NotRequired[JsonValue | None]


@with_config(INPUT)
class SpecimenQueryString(TypedDict):
    """How to choose specimens; bounds are inclusive."""

    catalogue_number: NotRequired[Annotated[str, ruled(RULES["catalogue_number"])]]
    taxon: NotRequired[Annotated[str, ruled(RULES["taxon"])]]
    collected_on_from: NotRequired[Day]
    collected_on_to: NotRequired[Day]
    preservation: NotRequired[SpecimenPreservation]
    collector_id: NotRequired[UUID]
    status: NotRequired[SpecimenStatus]
    sort: NotRequired[Annotated[SpecimenSort, default(value="-created_at")]]
    limit: NotRequired[Limit]
    cursor: NotRequired[Cursor]


class SpecimenBody(TypedDict):
    """A specimen."""

    id: UUID
    owner_id: str
    version: int
    created_at: datetime
    updated_at: datetime
    status: SpecimenStatus
    catalogue_number: str
    taxon: str
    notes: str | None
    sheet_count: int
    elevation_metres: float | None
    mass_grams: Decimal | None
    appraised_value: Decimal | None
    currency: str
    fragile: bool
    collected_on: date
    examined_at: datetime | None
    accession_key: UUID | None
    contact_email: str | None
    image_url: str | None
    preservation: SpecimenPreservation
    collector_id: UUID
    attributes: JsonValue


class SpecimenPage(TypedDict):
    """Some specimens in order, and the cursor for what follows."""

    items: Sequence[SpecimenBody]
    next_cursor: str | None


EXAMPLE: Final[dict[str, Any]] = {
    "catalogue_number": "AB-1",
    "taxon": "Taxon",
    "notes": "Notes",
    "sheet_count": 1,
    "elevation_metres": 1.5,
    "mass_grams": "1.500",
    "appraised_value": "1.50",
    "currency": "EUR",
    "fragile": False,
    "collected_on": "2026-01-31",
    "examined_at": "2026-01-31T12:00:00Z",
    "accession_key": "01890a5d-ac96-774b-bcce-b302099a8057",
    "contact_email": "somebody@example.com",
    "image_url": "https://example.com/",
    "preservation": "pressed",
    "collector_id": "01890a5d-ac96-774b-bcce-b302099a8057",
    "attributes": {"key": "value"},
}
CHANGE_EXAMPLE: Final[dict[str, Any]] = {"catalogue_number": "AB-1"}

NEW: Final = JsonBody(NewSpecimenBody, EXAMPLE, JSON)
CHANGE: Final = JsonBody(SpecimenChangeBody, CHANGE_EXAMPLE, MERGE_PATCH, JSON)
QUERY: Final = QueryString(SpecimenQueryString)
ONE: Final = JsonAnswer(SpecimenBody)
PAGE: Final = JsonAnswer(SpecimenPage)


class SpecimenRoutes:
    """The routes of specimens."""

    def __init__(self, specimens: SpecimenService) -> None:
        self._specimens = specimens

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve these."""
        app.add_api_route(
            "/v1/specimens",
            self.create,
            tags=["specimens"],
            methods=["POST"],
            operation_id="create_specimen",
            status_code=HTTPStatus.CREATED,
            response_model=SpecimenBody,
            responses=CREATES,
            openapi_extra=NEW.documented(),
        )
        app.add_api_route(
            "/v1/specimens",
            self.list,
            tags=["specimens"],
            methods=["GET"],
            operation_id="list_specimens",
            response_model=SpecimenPage,
            responses=LISTS,
            openapi_extra=QUERY.documented(),
        )
        app.add_api_route(
            "/v1/specimens/{specimen_id}",
            self.get,
            tags=["specimens"],
            methods=["GET"],
            operation_id="get_specimen",
            response_model=SpecimenBody,
            responses=READS,
        )
        app.add_api_route(
            "/v1/specimens/{specimen_id}",
            self.update,
            tags=["specimens"],
            methods=["PATCH"],
            operation_id="update_specimen",
            response_model=SpecimenBody,
            responses=CHANGES,
            openapi_extra=CHANGE.documented() | IF_MATCH,
        )
        app.add_api_route(
            "/v1/specimens/{specimen_id}",
            self.delete,
            tags=["specimens"],
            methods=["DELETE"],
            operation_id="delete_specimen",
            status_code=HTTPStatus.NO_CONTENT,
            responses=DELETES,
            openapi_extra=IF_MATCH,
        )
        app.add_api_route(
            "/v1/specimens/{specimen_id}/catalogue",
            self.catalogue,
            tags=["specimens"],
            methods=["POST"],
            operation_id="catalogue_specimen",
            response_model=SpecimenBody,
            responses=MOVES,
            openapi_extra=IF_MATCH,
        )
        app.add_api_route(
            "/v1/specimens/{specimen_id}/lend",
            self.lend,
            tags=["specimens"],
            methods=["POST"],
            operation_id="lend_specimen",
            response_model=SpecimenBody,
            responses=MOVES,
            openapi_extra=IF_MATCH,
        )
        app.add_api_route(
            "/v1/specimens/{specimen_id}/take_back",
            self.take_back,
            tags=["specimens"],
            methods=["POST"],
            operation_id="take_back_specimen",
            response_model=SpecimenBody,
            responses=MOVES,
            openapi_extra=IF_MATCH,
        )
        app.add_api_route(
            "/v1/specimens/{specimen_id}/withdraw",
            self.withdraw,
            tags=["specimens"],
            methods=["POST"],
            operation_id="withdraw_specimen",
            response_model=SpecimenBody,
            responses=MOVES,
            openapi_extra=IF_MATCH,
        )

    async def create(self, request: Request) -> Response:
        """Make a specimen."""
        body = await NEW.read(request)
        specimen = await self._specimens.create(principal(request), NewSpecimen(**body))
        return ONE.created(_body(specimen), specimen.version, f"/v1/specimens/{specimen.id}")

    async def list(self, request: Request) -> Response:
        """List specimens."""
        query = SpecimenQuery(**QUERY.read(request))
        page = await self._specimens.list(principal(request), query)
        items = [_body(specimen) for specimen in page.items]
        return PAGE.plain({"items": items, "next_cursor": page.next_cursor})

    async def get(self, request: Request, specimen_id: UUID) -> Response:
        """Show a specimen."""
        specimen = await self._specimens.get(principal(request), specimen_id)
        return ONE.versioned(_body(specimen), specimen.version)

    async def update(self, request: Request, specimen_id: UUID) -> Response:
        """Change a specimen: an absent field stays, null clears it."""
        change = SpecimenChange(**await CHANGE.read(request))
        specimen = await self._specimens.update(
            principal(request), specimen_id, change, expected_version(request)
        )
        return ONE.versioned(_body(specimen), specimen.version)

    async def delete(self, request: Request, specimen_id: UUID) -> Response:
        """Forget a specimen."""
        await self._specimens.delete(principal(request), specimen_id, expected_version(request))
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def catalogue(self, request: Request, specimen_id: UUID) -> Response:
        """Take a specimen to catalogued.

        Allowed from draft.
        """
        specimen = await self._specimens.catalogue(
            principal(request), specimen_id, expected_version(request)
        )
        return ONE.versioned(_body(specimen), specimen.version)

    async def lend(self, request: Request, specimen_id: UUID) -> Response:
        """Take a specimen to on_loan.

        Allowed from catalogued.
        """
        specimen = await self._specimens.lend(
            principal(request), specimen_id, expected_version(request)
        )
        return ONE.versioned(_body(specimen), specimen.version)

    async def take_back(self, request: Request, specimen_id: UUID) -> Response:
        """Take a specimen to catalogued.

        Allowed from on_loan.
        """
        specimen = await self._specimens.take_back(
            principal(request), specimen_id, expected_version(request)
        )
        return ONE.versioned(_body(specimen), specimen.version)

    async def withdraw(self, request: Request, specimen_id: UUID) -> Response:
        """Take a specimen to withdrawn.

        Allowed from draft or catalogued.
        """
        specimen = await self._specimens.withdraw(
            principal(request), specimen_id, expected_version(request)
        )
        return ONE.versioned(_body(specimen), specimen.version)


def _body(specimen: Specimen) -> SpecimenBody:
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
        "attributes": specimen.attributes,
    }

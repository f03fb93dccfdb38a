"""Specimens over gRPC: parse, call the service, map."""

from typing import Final

import grpc
from google.protobuf.empty_pb2 import Empty as Nothing
from google.protobuf.field_mask_pb2 import FieldMask

from quillwort.domain.specimen import (
    SORTS,
    NewSpecimen,
    Specimen,
    SpecimenChange,
    SpecimenPreservation,
    SpecimenQuery,
    SpecimenStatus,
)
from quillwort.domain.specimen_service import SpecimenService
from quillwort.entrypoints.grpc.interceptors.base import CallContext
from quillwort.entrypoints.grpc.interceptors.identity import current_principal
from quillwort.entrypoints.grpc.messages.conversion import (
    EnumCodes,
    exact,
    present,
    read_day,
    read_json,
    read_moment,
    read_uuid,
    same,
    write_day,
    write_decimal,
    write_json,
    write_moment,
)
from quillwort.entrypoints.grpc.messages.reading import (
    ChangeReader,
    ListReader,
    MessageReader,
    expected_version,
    read_id,
)
from quillwort.v1 import specimen_pb2 as pb
from quillwort.v1 import specimen_pb2_grpc as rpc

PRESERVATION_CODES: Final = EnumCodes(
    (pb.SPECIMEN_PRESERVATION_PRESSED, SpecimenPreservation.PRESSED),
    (pb.SPECIMEN_PRESERVATION_DRIED, SpecimenPreservation.DRIED),
    (pb.SPECIMEN_PRESERVATION_SPIRIT, SpecimenPreservation.SPIRIT),
    (pb.SPECIMEN_PRESERVATION_FROZEN, SpecimenPreservation.FROZEN),
)

STATUS_CODES: Final = EnumCodes(
    (pb.SPECIMEN_STATUS_DRAFT, SpecimenStatus.DRAFT),
    (pb.SPECIMEN_STATUS_CATALOGUED, SpecimenStatus.CATALOGUED),
    (pb.SPECIMEN_STATUS_ON_LOAN, SpecimenStatus.ON_LOAN),
    (pb.SPECIMEN_STATUS_WITHDRAWN, SpecimenStatus.WITHDRAWN),
)


class SpecimenServicer(rpc.SpecimenServiceServicer):
    """Serves `quillwort.v1.SpecimenService`."""

    name: Final = pb.DESCRIPTOR.services_by_name["SpecimenService"].full_name

    def __init__(self, service: SpecimenService) -> None:
        self._service = service

    def add_to(self, server: grpc.aio.Server) -> None:
        """Have the server serve this."""
        rpc.add_SpecimenServiceServicer_to_server(self, server)

    async def CreateSpecimen(
        self, request: pb.CreateSpecimenRequest, context: CallContext
    ) -> pb.Specimen:
        """Make a specimen."""
        new = read_new(request.specimen)
        return write(await self._service.create(current_principal(), new))

    async def GetSpecimen(
        self, request: pb.GetSpecimenRequest, context: CallContext
    ) -> pb.Specimen:
        """Return a specimen."""
        return write(await self._service.get(current_principal(), read_id(request.id)))

    async def ListSpecimens(
        self, request: pb.ListSpecimensRequest, context: CallContext
    ) -> pb.ListSpecimensResponse:
        """Return one page of specimens."""
        with ListReader(request, SpecimenQuery) as read:
            query = SpecimenQuery(
                catalogue_number=read.optional("catalogue_number", request.catalogue_number, same),
                taxon=read.optional("taxon", request.taxon, same),
                collected_on_from=read.optional(
                    "collected_on_from", request.collected_on_from, read_day
                ),
                collected_on_to=read.optional("collected_on_to", request.collected_on_to, read_day),
                preservation=read.optional(
                    "preservation", request.preservation, PRESERVATION_CODES.read
                ),
                collector_id=read.optional("collector_id", request.collector_id, read_uuid),
                status=read.optional("status", request.status, STATUS_CODES.read),
                sort=read.order(request.order_by, SORTS),
                limit=read.page_size(request.page_size),
                cursor=read.page_token(request.page_token),
            )
            page = await self._service.list(current_principal(), query)
        return pb.ListSpecimensResponse(
            specimens=map(write, page.items), next_page_token=page.next_cursor or ""
        )

    async def UpdateSpecimen(
        self, request: pb.UpdateSpecimenRequest, context: CallContext
    ) -> pb.Specimen:
        """Change the named fields of a specimen."""
        change = read_change(request.specimen, request.update_mask)
        return write(
            await self._service.update(
                current_principal(), read_id(request.id), change, expected_version(request)
            )
        )

    async def DeleteSpecimen(
        self, request: pb.DeleteSpecimenRequest, context: CallContext
    ) -> Nothing:
        """Forget a specimen."""
        await self._service.delete(
            current_principal(), read_id(request.id), expected_version(request)
        )
        return Nothing()

    async def CatalogueSpecimen(
        self, request: pb.CatalogueSpecimenRequest, context: CallContext
    ) -> pb.Specimen:
        """Take a specimen to catalogued."""
        return write(
            await self._service.catalogue(
                current_principal(), read_id(request.id), expected_version(request)
            )
        )

    async def LendSpecimen(
        self, request: pb.LendSpecimenRequest, context: CallContext
    ) -> pb.Specimen:
        """Take a specimen to on_loan."""
        return write(
            await self._service.lend(
                current_principal(), read_id(request.id), expected_version(request)
            )
        )

    async def TakeBackSpecimen(
        self, request: pb.TakeBackSpecimenRequest, context: CallContext
    ) -> pb.Specimen:
        """Take a specimen to catalogued."""
        return write(
            await self._service.take_back(
                current_principal(), read_id(request.id), expected_version(request)
            )
        )

    async def WithdrawSpecimen(
        self, request: pb.WithdrawSpecimenRequest, context: CallContext
    ) -> pb.Specimen:
        """Take a specimen to withdrawn."""
        return write(
            await self._service.withdraw(
                current_principal(), read_id(request.id), expected_version(request)
            )
        )


def read_new(message: pb.Specimen) -> NewSpecimen:
    """Return what the message says of a specimen to be made.

    Fields 1 to 9 are not read.

    Raises:
        InvalidInput: naming every field that is missing, unreadable or breaks a rule.
    """
    with MessageReader(message, NewSpecimen, "specimen") as read:
        return NewSpecimen(
            catalogue_number=read.required("catalogue_number", message.catalogue_number, same),
            taxon=read.required("taxon", message.taxon, same),
            notes=read.optional("notes", message.notes, same),
            sheet_count=read.defaulted("sheet_count", message.sheet_count, same),
            elevation_metres=read.optional("elevation_metres", message.elevation_metres, same),
            mass_grams=read.optional("mass_grams", message.mass_grams, exact(3)),
            appraised_value=read.optional("appraised_value", message.appraised_value, exact(2)),
            currency=read.defaulted("currency", message.currency, same),
            fragile=read.defaulted("fragile", message.fragile, same),
            collected_on=read.required("collected_on", message.collected_on, read_day),
            examined_at=read.optional("examined_at", message.examined_at, read_moment),
            accession_key=read.optional("accession_key", message.accession_key, read_uuid),
            contact_email=read.optional("contact_email", message.contact_email, same),
            image_url=read.optional("image_url", message.image_url, same),
            preservation=read.defaulted(
                "preservation", message.preservation, PRESERVATION_CODES.read
            ),
            collector_id=read.required("collector_id", message.collector_id, read_uuid),
            attributes=read.optional("attributes", message.attributes, read_json),
        )


def read_change(message: pb.Specimen, mask: FieldMask) -> SpecimenChange:
    """Return the change that the message makes to the fields in the mask.

    Raises:
        InvalidInput: naming every field that is unreadable or breaks a rule, and a wrong mask.
    """
    with ChangeReader(message, SpecimenChange, "specimen", mask) as read:
        return SpecimenChange(
            catalogue_number=read.changed("catalogue_number", message.catalogue_number, same),
            taxon=read.changed("taxon", message.taxon, same),
            notes=read.clearable("notes", message.notes, same),
            sheet_count=read.changed("sheet_count", message.sheet_count, same),
            elevation_metres=read.clearable("elevation_metres", message.elevation_metres, same),
            mass_grams=read.clearable("mass_grams", message.mass_grams, exact(3)),
            appraised_value=read.clearable("appraised_value", message.appraised_value, exact(2)),
            currency=read.changed("currency", message.currency, same),
            fragile=read.changed("fragile", message.fragile, same),
            collected_on=read.changed("collected_on", message.collected_on, read_day),
            examined_at=read.clearable("examined_at", message.examined_at, read_moment),
            accession_key=read.clearable("accession_key", message.accession_key, read_uuid),
            contact_email=read.clearable("contact_email", message.contact_email, same),
            image_url=read.clearable("image_url", message.image_url, same),
            preservation=read.changed(
                "preservation", message.preservation, PRESERVATION_CODES.read
            ),
            collector_id=read.changed("collector_id", message.collector_id, read_uuid),
            attributes=read.clearable("attributes", message.attributes, read_json),
        )


def write(stored: Specimen) -> pb.Specimen:
    """Return a specimen as a message."""
    return pb.Specimen(
        id=str(stored.id),
        owner_id=stored.owner_id,
        version=stored.version,
        created_at=write_moment(stored.created_at),
        updated_at=write_moment(stored.updated_at),
        status=STATUS_CODES.write(stored.status),
        catalogue_number=stored.catalogue_number,
        taxon=stored.taxon,
        notes=stored.notes,
        sheet_count=stored.sheet_count,
        elevation_metres=stored.elevation_metres,
        mass_grams=present(write_decimal, stored.mass_grams),
        appraised_value=present(write_decimal, stored.appraised_value),
        currency=stored.currency,
        fragile=stored.fragile,
        collected_on=write_day(stored.collected_on),
        examined_at=present(write_moment, stored.examined_at),
        accession_key=present(str, stored.accession_key),
        contact_email=stored.contact_email,
        image_url=stored.image_url,
        preservation=PRESERVATION_CODES.write(stored.preservation),
        collector_id=str(stored.collector_id),
        attributes=write_json(stored.attributes),
    )

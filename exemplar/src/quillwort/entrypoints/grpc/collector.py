"""Collectors over gRPC: parse, call the service, map."""

from typing import Final

import grpc
from google.protobuf.empty_pb2 import Empty as Nothing
from google.protobuf.field_mask_pb2 import FieldMask

from quillwort.domain.collector import (
    SORTS,
    Collector,
    CollectorChange,
    CollectorQuery,
    NewCollector,
)
from quillwort.domain.collector_service import CollectorService
from quillwort.entrypoints.grpc.interceptors.base import CallContext
from quillwort.entrypoints.grpc.interceptors.identity import current_principal
from quillwort.entrypoints.grpc.messages.conversion import same, write_moment
from quillwort.entrypoints.grpc.messages.reading import (
    ChangeReader,
    ListReader,
    MessageReader,
    expected_version,
    read_id,
)
from quillwort.v1 import collector_pb2 as pb
from quillwort.v1 import collector_pb2_grpc as rpc


class CollectorServicer(rpc.CollectorServiceServicer):
    """Serves `quillwort.v1.CollectorService`."""

    name: Final = pb.DESCRIPTOR.services_by_name["CollectorService"].full_name

    def __init__(self, service: CollectorService) -> None:
        self._service = service

    def add_to(self, server: grpc.aio.Server) -> None:
        """Have the server serve this."""
        rpc.add_CollectorServiceServicer_to_server(self, server)

    async def CreateCollector(
        self, request: pb.CreateCollectorRequest, context: CallContext
    ) -> pb.Collector:
        """Make a collector."""
        new = read_new(request.collector)
        return write(await self._service.create(current_principal(), new))

    async def GetCollector(
        self, request: pb.GetCollectorRequest, context: CallContext
    ) -> pb.Collector:
        """Return a collector."""
        return write(await self._service.get(current_principal(), read_id(request.id)))

    async def ListCollectors(
        self, request: pb.ListCollectorsRequest, context: CallContext
    ) -> pb.ListCollectorsResponse:
        """Return one page of collectors."""
        with ListReader(request, CollectorQuery) as read:
            query = CollectorQuery(
                email=read.optional("email", request.email, same),
                active=read.optional("active", request.active, same),
                sort=read.order(request.order_by, SORTS),
                limit=read.page_size(request.page_size),
                cursor=read.page_token(request.page_token),
            )
            page = await self._service.list(current_principal(), query)
        return pb.ListCollectorsResponse(
            collectors=map(write, page.items), next_page_token=page.next_cursor or ""
        )

    async def UpdateCollector(
        self, request: pb.UpdateCollectorRequest, context: CallContext
    ) -> pb.Collector:
        """Change the named fields of a collector."""
        change = read_change(request.collector, request.update_mask)
        return write(
            await self._service.update(
                current_principal(), read_id(request.id), change, expected_version(request)
            )
        )

    async def DeleteCollector(
        self, request: pb.DeleteCollectorRequest, context: CallContext
    ) -> Nothing:
        """Forget a collector."""
        await self._service.delete(
            current_principal(), read_id(request.id), expected_version(request)
        )
        return Nothing()


def read_new(message: pb.Collector) -> NewCollector:
    """Return what the message says of a collector to be made.

    Fields 1 to 9 are not read.

    Raises:
        InvalidInput: naming every field that is missing, unreadable or breaks a rule.
    """
    with MessageReader(message, NewCollector, "collector") as read:
        return NewCollector(
            name=read.required("name", message.name, same),
            email=read.required("email", message.email, same),
            active=read.defaulted("active", message.active, same),
        )


def read_change(message: pb.Collector, mask: FieldMask) -> CollectorChange:
    """Return the change that the message makes to the fields in the mask.

    Raises:
        InvalidInput: naming every field that is unreadable or breaks a rule, and a wrong mask.
    """
    with ChangeReader(message, CollectorChange, "collector", mask) as read:
        return CollectorChange(
            name=read.changed("name", message.name, same),
            email=read.changed("email", message.email, same),
            active=read.changed("active", message.active, same),
        )


def write(stored: Collector) -> pb.Collector:
    """Return a collector as a message."""
    return pb.Collector(
        id=str(stored.id),
        owner_id=stored.owner_id,
        version=stored.version,
        created_at=write_moment(stored.created_at),
        updated_at=write_moment(stored.updated_at),
        name=stored.name,
        email=stored.email,
        active=stored.active,
    )

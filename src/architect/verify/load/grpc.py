"""Operations by gRPC; messages are those of the server's reflection, made ready before they are sent."""

from collections.abc import Mapping

import grpc
import grpc.aio
from google.protobuf import json_format
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from architect.model.entity import Entity
from architect.model.naming import pascal_case, plural, snake_case
from architect.model.plain import Plain
from architect.verify.dynamic_grpc import DynamicGrpc
from architect.verify.grpc_door import encoded
from architect.verify.load.http import ANSWER_SECONDS, Failed
from architect.verify.load.rest import PAGE
from architect.verify.payloads import Body


class GrpcWire:
    """Calls methods over one channel.

    Args:
        client: a client that has read the server's reflection.
        token: whose calls they are.
    """

    def __init__(self, client: DynamicGrpc, token: str) -> None:
        self._client = client
        self._metadata = (("authorization", f"Bearer {token}"),)
        self._calls: dict[str, grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]] = {}
        self._pages: dict[str, bytes] = {}

    def creation(self, entity: Entity, body: Body) -> bytes:
        """Return the request that creates a row."""
        sent: Body = {snake_case(entity.name): encoded(entity, body)}
        return self._message(entity, f"Create{pascal_case(entity.name)}", sent).SerializeToString()

    def change(self, entity: Entity, body: Body) -> bytes:
        """Return what :meth:`update` sends, all but the row's id."""
        sent: Body = {snake_case(entity.name): encoded(entity, body)}
        message = self._message(entity, f"Update{pascal_case(entity.name)}", sent)
        message.update_mask.paths.extend(body)  # type: ignore[attr-defined] # a field of the server's own message
        return message.SerializeToString()

    async def create(self, entity: Entity, creation: bytes) -> str:
        """Create a row and return its id.

        Raises:
            Failed: as all of these do, when the status is not OK.
        """
        name = f"Create{pascal_case(entity.name)}"
        made = GetMessageClass(self._method(entity, name).output_type).FromString(
            await self._call(entity, name, creation)
        )
        return str(json_format.MessageToDict(made)["id"])

    async def get(self, entity: Entity, row: str) -> None:
        """Read a row."""
        await self._call(entity, f"Get{pascal_case(entity.name)}", _id(row))

    async def list(self, entity: Entity) -> None:
        """Read the first page."""
        name = f"List{pascal_case(plural(entity.name))}"
        if name not in self._pages:
            self._pages[name] = self._message(entity, name, {"page_size": PAGE}).SerializeToString()
        await self._call(entity, name, self._pages[name])

    async def update(self, entity: Entity, row: str, change: bytes) -> None:
        """Change a row."""
        # Messages that are written one after another are read as one.
        await self._call(entity, f"Update{pascal_case(entity.name)}", _id(row) + change)

    def _message(self, entity: Entity, name: str, body: Mapping[str, Plain]) -> Message:
        made = GetMessageClass(self._method(entity, name).input_type)()
        json_format.ParseDict(dict(body), made)
        return made

    def _method(self, entity: Entity, name: str) -> MethodDescriptor:
        return self._client.method(f"{pascal_case(entity.name)}Service", name)

    async def _call(self, entity: Entity, name: str, request: bytes) -> bytes:
        if name not in self._calls:
            described = self._method(entity, name)
            where = f"/{described.containing_service.full_name}/{name}"
            self._calls[name] = self._client.channel.unary_unary(where)
        try:
            return bytes(await self._calls[name](request, metadata=self._metadata, timeout=ANSWER_SECONDS))
        except grpc.aio.AioRpcError as error:
            said = f"gRPC {error.code().name}: {(error.details() or '')[:80]}"
            raise Failed(said) from error


def _id(row: str) -> bytes:
    key = row.encode()
    return b"\x0a" + bytes([len(key)]) + key  # field 1, a string: `id` of every request for one row

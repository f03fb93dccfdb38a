"""A gRPC client that learns every message from the server's reflection, as a stranger would."""

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import grpc
from google.protobuf import json_format
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.descriptor_pool import Default, DescriptorPool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status
from grpc_health.v1 import health_pb2
from grpc_reflection.v1alpha import reflection_pb2

from architect.model.plain import Plain

SECONDS: Final = 10.0
"""How long a call may take when nobody says otherwise."""
_DETAILS: Final = "grpc-status-details-bin"
_REFLECTION: Final = "grpc.reflection."
_HEALTH: Final = "grpc.health."
_KINDS: Final = error_details_pb2.DESCRIPTOR.message_types_by_name


class NoSuchMethodError(Exception):
    """The server's reflection knows no such service or method."""


@dataclass(frozen=True, slots=True)
class Reply:
    """How a call ended.

    Args:
        code: its status.
        message: what the status says, empty when it is OK.
        body: the answer with the protos' field names, empty unless the status is OK.
        details: the status' details by the short name of their type (``BadRequest``).
        metadata: initial and trailing metadata together, text only.
        raw: everything the server said, as text, to search for what it must not say.
    """

    code: grpc.StatusCode
    message: str = ""
    body: dict[str, Plain] = field(default_factory=dict)
    details: Mapping[str, dict[str, Plain]] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    raw: str = ""

    def __str__(self) -> str:
        """Return the status in one line, for a message."""
        told = ", ".join(f"{name} {content}" for name, content in self.details.items())
        return " ".join(part for part in (self.code.name, self.message, told and f"[{told}]") if part)


class DynamicGrpc:
    """Calls methods by name; made by :func:`connected`.

    Args:
        channel: an open channel.
        pool: descriptors of everything that the server serves.
        services: by full name, without health and reflection.
    """

    def __init__(
        self, channel: grpc.aio.Channel, pool: DescriptorPool, services: Mapping[str, ServiceDescriptor]
    ) -> None:
        self.channel = channel
        self.pool = pool
        self.services = services

    def method(self, service: str, name: str) -> MethodDescriptor:
        """Return a method of a service.

        Args:
            service: full name, or its last part.
            name: of the method.

        Raises:
            NoSuchMethodError: the server has none of that name.
        """
        for full_name, described in self.services.items():
            if service in (full_name, full_name.rpartition(".")[2]) and name in described.methods_by_name:
                return described.methods_by_name[name]
        message = f"reflection lists no {service}/{name}"
        raise NoSuchMethodError(message)

    async def call(
        self,
        method: MethodDescriptor,
        body: Mapping[str, Plain],
        *,
        metadata: Sequence[tuple[str, str | bytes]] = (),
        mask: Sequence[str] | None = None,
        seconds: float = SECONDS,
    ) -> Reply:
        """Call a unary method and return how it ended, whatever the status.

        Args:
            method: what to call.
            body: the request with the protos' field names.
            metadata: keys in lower case.
            mask: paths of the request's ``update_mask``, sent as they are.
            seconds: the deadline.

        Raises:
            ValueError: the body does not fit the request.
        """
        request = GetMessageClass(method.input_type)()
        try:
            json_format.ParseDict(dict(body), request)
        except json_format.ParseError as error:
            raise ValueError(str(error)) from error
        for path in mask or ():
            request.update_mask.paths.append(path)  # type: ignore[attr-defined] # a field of the server's own message
        return await self.call_raw(method, request.SerializeToString(), metadata=metadata, seconds=seconds)

    async def call_raw(
        self,
        method: MethodDescriptor,
        request: bytes,
        *,
        metadata: Sequence[tuple[str, str | bytes]] = (),
        seconds: float = SECONDS,
    ) -> Reply:
        """Call a unary method with bytes, which may be no message at all."""
        name = f"/{method.containing_service.full_name}/{method.name}"
        return await self.call_path(
            name, request, metadata=metadata, seconds=seconds, answers=GetMessageClass(method.output_type)
        )

    async def call_path(
        self,
        path: str,
        request: bytes = b"",
        *,
        metadata: Sequence[tuple[str, str | bytes]] = (),
        seconds: float = SECONDS,
        answers: type[Message] | None = None,
    ) -> Reply:
        """Call ``/package.Service/Method``, which need not exist."""
        unary: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = self.channel.unary_unary(path)
        call = unary(request, metadata=tuple(metadata), timeout=seconds)
        try:
            answer = bytes(await call)
        except grpc.aio.AioRpcError as error:
            return failed(error)
        told = _text(await call.initial_metadata()) | _text(await call.trailing_metadata())
        body = _body(answers, answer) if answers is not None else {}
        return Reply(grpc.StatusCode.OK, body=body, metadata=told, raw=f"{told} {body}")

    async def health(self, service: str = "") -> str:
        """Return what health says of a service (``SERVING``), or the name of the status it fails with."""
        request = health_pb2.HealthCheckRequest(service=service)
        check: grpc.aio.UnaryUnaryMultiCallable[
            health_pb2.HealthCheckRequest, health_pb2.HealthCheckResponse
        ] = self.channel.unary_unary(
            "/grpc.health.v1.Health/Check",
            request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
            response_deserializer=health_pb2.HealthCheckResponse.FromString,
        )
        try:
            answer = await check(request, timeout=SECONDS)
        except grpc.aio.AioRpcError as error:
            return error.code().name
        name: str = health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)
        return name


@contextlib.asynccontextmanager
async def connected(target: str) -> AsyncIterator[DynamicGrpc]:
    """Open a channel and read the server's reflection; the channel ends with the block.

    Raises:
        grpc.aio.AioRpcError: nothing answers there, or it has no reflection.
    """
    options = [("grpc.enable_http_proxy", 0), ("grpc.max_receive_message_length", -1)]
    options += [("grpc.use_local_subchannel_pool", 1)]
    async with grpc.aio.insecure_channel(target, options=options) as channel:
        names = await _listed(channel)
        pool = DescriptorPool()
        known: set[str] = set()
        for name in names:
            request = reflection_pb2.ServerReflectionRequest(file_containing_symbol=name)
            await _learn(channel, request, pool, known)
        services = {name: pool.FindServiceByName(name) for name in names}
        yield DynamicGrpc(channel, pool, services)


async def _listed(channel: grpc.aio.Channel) -> list[str]:
    request = reflection_pb2.ServerReflectionRequest(list_services="*")
    answer = await _asked(channel, request)
    names = [service.name for service in answer.list_services_response.service]
    return sorted(name for name in names if not name.startswith((_REFLECTION, _HEALTH)))


async def _learn(
    channel: grpc.aio.Channel,
    request: reflection_pb2.ServerReflectionRequest,
    pool: DescriptorPool,
    known: set[str],
) -> None:
    """Put a file and, before it, all that it imports into the pool."""
    answer = await _asked(channel, request)
    files = [
        FileDescriptorProto.FromString(each) for each in answer.file_descriptor_response.file_descriptor_proto
    ]
    by_name = {file.name: file for file in files}

    async def add(file: FileDescriptorProto) -> None:
        if file.name in known:
            return
        known.add(file.name)
        for needed in file.dependency:
            if needed in by_name:
                await add(by_name[needed])
            elif needed not in known:
                await _import(channel, needed, pool, known)
        pool.AddSerializedFile(file.SerializeToString())

    for file in files:
        await add(file)


async def _import(channel: grpc.aio.Channel, name: str, pool: DescriptorPool, known: set[str]) -> None:
    try:
        standard = Default().FindFileByName(name)
    except KeyError:
        request = reflection_pb2.ServerReflectionRequest(file_by_filename=name)
        await _learn(channel, request, pool, known)
        return
    for needed in standard.dependencies:
        if needed.name not in known:
            await _import(channel, needed.name, pool, known)
    known.add(name)
    pool.AddSerializedFile(standard.serialized_pb)


async def _asked(
    channel: grpc.aio.Channel, request: reflection_pb2.ServerReflectionRequest
) -> reflection_pb2.ServerReflectionResponse:
    ask: grpc.aio.StreamStreamMultiCallable[
        reflection_pb2.ServerReflectionRequest, reflection_pb2.ServerReflectionResponse
    ] = channel.stream_stream(
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
        response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
    )
    async for answer in ask(iter([request]), timeout=SECONDS):
        return answer
    return reflection_pb2.ServerReflectionResponse()


def failed(error: grpc.aio.AioRpcError) -> Reply:
    """Return the reply that an error status tells of."""
    details: dict[str, dict[str, Plain]] = {}
    for key, value in error.trailing_metadata() or ():
        if key == _DETAILS and isinstance(value, bytes):
            details |= _unpacked(Status.FromString(value))
    told = _text(error.initial_metadata()) | _text(error.trailing_metadata())
    message = error.details() or ""
    return Reply(error.code(), message, {}, details, told, f"{message} {details} {told}")


def _unpacked(status: Status) -> dict[str, dict[str, Plain]]:
    found: dict[str, dict[str, Plain]] = {}
    for packed in status.details:
        kind = packed.type_url.rpartition(".")[2]
        if kind in _KINDS:
            message = GetMessageClass(_KINDS[kind])()
            packed.Unpack(message)
            found[kind] = plain(message)
    return found


def _body(kind: type[Message], answer: bytes) -> dict[str, Plain]:
    return plain(kind.FromString(answer))


def plain(message: Message) -> dict[str, Plain]:
    """Return a message with the protos' field names."""
    told: dict[str, Plain] = json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    return told


def _text(metadata: object) -> dict[str, str]:
    pairs = metadata if isinstance(metadata, grpc.aio.Metadata) else ()
    return {key: value for key, value in pairs if isinstance(value, str)}

"""What the gRPC tests share: callers with names, a service to play with, a server that serves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeAlias, TypeVar

import grpc
import pytest
from google.longrunning.operations_proto_pb2 import GetOperationRequest, Operation
from google.protobuf.message import Message
from grpc_status import rpc_status

from quillwort.domain.errors import Unauthenticated
from quillwort.domain.values import Principal
from quillwort.entrypoints.grpc.interceptors.identity import current_principal
from quillwort.entrypoints.grpc.server import GrpcServer, Service
from quillwort.kit.health import Health, Ping
from quillwort.kit.identity import Verifier

M = TypeVar("M", bound=Message)

Metadata: TypeAlias = tuple[tuple[str, str], ...]
Lines: TypeAlias = asyncio.Queue[dict[str, Any]]
Behaviour: TypeAlias = Callable[[str], Awaitable[str]]
Streaming: TypeAlias = Callable[[GetOperationRequest, object], AsyncIterator[Operation]]

GROUP: Final = "group:"


class NamedVerifier:
    """Believes every caller who says a name, scopes and groups: `Bearer name scope group:name`."""

    scheme: Mapping[str, str] | None = None

    async def verify(self, authorization: str | None, peer: str) -> Principal:
        """Return the caller."""
        del peer
        words = (authorization or "").split()
        if len(words) < 2 or words[0] != "Bearer":
            raise Unauthenticated("Who are you?")
        groups = frozenset(word.removeprefix(GROUP) for word in words[2:] if GROUP in word)
        return Principal(words[1], words[1], frozenset(words[2:]), groups)


def bearer(name: str, *scopes: str) -> Metadata:
    """Return the metadata of a caller of that name with those scopes."""
    return (("authorization", " ".join(("Bearer", name, *scopes))),)


ALICE: Final = bearer("alice")


async def failure(call: Awaitable[object]) -> grpc.aio.AioRpcError:
    """Return the error that the call ends with."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return caught.value


def details(error: grpc.aio.AioRpcError, kind: type[M]) -> list[M]:
    """Return the details of that kind in the error's status."""
    status = rpc_status.from_call(error)
    found = []
    for detail in status.details if status else ():
        message = kind()
        if detail.Unpack(message):
            found.append(message)
    return found


async def _echo(name: str) -> str:
    return name


@dataclass
class Operations:
    """A service that any project has the messages of; what it does is for the test to say."""

    behaviour: Behaviour = _echo
    streaming: Streaming | None = None
    callers: list[str] = field(default_factory=list)
    name: str = "google.longrunning.Operations"

    def add_to(self, server: grpc.aio.Server) -> None:
        """Have the server serve it, with streaming methods besides those it describes."""
        handlers = {
            "GetOperation": grpc.unary_unary_rpc_method_handler(
                self._get, GetOperationRequest.FromString, Operation.SerializeToString
            ),
            "StreamOperation": grpc.unary_stream_rpc_method_handler(
                self.streaming or self._stream,
                GetOperationRequest.FromString,
                Operation.SerializeToString,
            ),
            "CollectOperation": grpc.stream_unary_rpc_method_handler(
                self._collect, GetOperationRequest.FromString, Operation.SerializeToString
            ),
        }
        server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler(self.name, handlers),)
        )

    async def _get(self, request: GetOperationRequest, _: object) -> Operation:
        self.callers.append(current_principal().subject)
        return Operation(name=await self.behaviour(request.name))

    async def _stream(self, request: GetOperationRequest, _: object) -> AsyncIterator[Operation]:
        self.callers.append(current_principal().subject)
        for _ in range(2):
            yield Operation(name=await self.behaviour(request.name))

    async def _collect(self, requests: AsyncIterator[GetOperationRequest], _: object) -> Operation:
        self.callers.append(current_principal().subject)
        names = [await self.behaviour(request.name) async for request in requests]
        return Operation(name=" ".join(names))


@dataclass
class Serving:
    """A server that serves."""

    server: GrpcServer
    port: int
    health: Health
    channel: grpc.aio.Channel

    def get_operation(
        self, name: str = "x", metadata: Metadata = ALICE, **options: Any
    ) -> "grpc.aio.UnaryUnaryCall[GetOperationRequest, Operation]":
        """Call `Operations/GetOperation`."""
        invoke = self.channel.unary_unary(
            "/google.longrunning.Operations/GetOperation",
            GetOperationRequest.SerializeToString,
            Operation.FromString,
        )
        request = GetOperationRequest(name=name)
        return invoke(request, metadata=metadata, **options)

    def stream_operation(
        self, name: str = "x", metadata: Metadata = ALICE, **options: Any
    ) -> "grpc.aio.UnaryStreamCall[GetOperationRequest, Operation]":
        """Call `Operations/StreamOperation`, whose answers stream."""
        invoke = self.channel.unary_stream(
            "/google.longrunning.Operations/StreamOperation",
            GetOperationRequest.SerializeToString,
            Operation.FromString,
        )
        request = GetOperationRequest(name=name)
        return invoke(request, metadata=metadata, **options)

    def collect_operation(
        self, *requests: bytes, metadata: Metadata = ALICE, **options: Any
    ) -> "grpc.aio.StreamUnaryCall[bytes, Operation]":
        """Call `Operations/CollectOperation`, whose requests stream."""
        invoke: grpc.aio.StreamUnaryMultiCallable[bytes, Operation] = self.channel.stream_unary(
            "/google.longrunning.Operations/CollectOperation",
            response_deserializer=Operation.FromString,
        )
        return invoke(iter(requests), metadata=metadata, **options)


class Serve(Protocol):
    """Starts a server of some services, and stops it after the test."""

    async def __call__(
        self,
        *services: Service,
        verifier: Verifier | None = None,
        requests: int = 1000,
        pings: Mapping[str, Ping] | None = None,
        **settings: object,
    ) -> Serving:
        """Return it, serving."""

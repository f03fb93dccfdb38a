"""Methods that stream, called as a stranger would: answers that come one by one, requests in pieces."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field

import grpc
from google.protobuf import json_format
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from architect.model.plain import Plain
from architect.verify.dynamic_grpc import SECONDS, DynamicGrpc, Reply, failed, plain
from architect.verify.payloads import Body

Metadata = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Streamed:
    """All that a call told.

    Args:
        reply: how it ended; its body is empty.
        messages: the answers in their order, with the protos' field names.
    """

    reply: Reply
    messages: list[Body] = field(default_factory=list)


def begun(
    client: DynamicGrpc,
    method: MethodDescriptor,
    body: Mapping[str, Plain],
    metadata: Metadata = (),
    seconds: float = SECONDS,
) -> "grpc.aio.UnaryStreamCall[bytes, bytes]":
    """Call a method whose answers stream, and return the call, which is still under way.

    Raises:
        ValueError: the body does not fit the request.
    """
    unary: grpc.aio.UnaryStreamMultiCallable[bytes, bytes] = client.channel.unary_stream(_path(method))
    return unary(_encoded(method, body), metadata=metadata, timeout=seconds)


async def answers(
    client: DynamicGrpc,
    method: MethodDescriptor,
    body: Mapping[str, Plain],
    metadata: Metadata = (),
    seconds: float = SECONDS,
) -> Streamed:
    """Call a method whose answers stream, and return all of them, whatever the status.

    Raises:
        ValueError: the body does not fit the request.
    """
    kind = GetMessageClass(method.output_type)
    told: list[Body] = []
    call = begun(client, method, body, metadata, seconds)
    try:
        async for answer in call:
            told.append(plain(kind.FromString(answer)))  # noqa: PERF401 - what came before an error counts
    except grpc.aio.AioRpcError as error:
        return Streamed(failed(error), told)
    return Streamed(Reply(grpc.StatusCode.OK), told)


async def sent(
    client: DynamicGrpc,
    method: MethodDescriptor,
    bodies: AsyncIterator[Body],
    metadata: Metadata = (),
    seconds: float = SECONDS,
) -> Reply:
    """Call a method that takes a stream, and return how it ended, which may be before the stream does.

    Raises:
        ValueError: a body does not fit the request.
    """

    async def encoded() -> AsyncIterator[bytes]:
        async for body in bodies:
            yield _encoded(method, body)

    stream: grpc.aio.StreamUnaryMultiCallable[bytes, bytes] = client.channel.stream_unary(_path(method))
    try:
        answer = bytes(await stream(encoded(), metadata=metadata, timeout=seconds))
    except grpc.aio.AioRpcError as error:
        return failed(error)
    kind: type[Message] = GetMessageClass(method.output_type)
    return Reply(grpc.StatusCode.OK, body=plain(kind.FromString(answer)))


async def each(bodies: Iterable[Body]) -> AsyncIterator[Body]:
    """Yield bodies that are at hand."""
    for body in bodies:
        yield body


def _encoded(method: MethodDescriptor, body: Mapping[str, Plain]) -> bytes:
    request = GetMessageClass(method.input_type)()
    try:
        json_format.ParseDict(dict(body), request)
    except json_format.ParseError as error:
        raise ValueError(str(error)) from error
    return request.SerializeToString()


def _path(method: MethodDescriptor) -> str:
    return f"/{method.containing_service.full_name}/{method.name}"

"""Calls a gRPC method by name, learning its messages from the server's reflection.

    python -m quillwort.entrypoints.grpc.call TARGET METHOD JSON

TARGET is host:port, METHOD is package.Service/Method, JSON the request: '{"page_size": 5}'. Without
a method it lists those that the server has. Answers are JSON on standard output, as they come where
they stream. An error status is JSON on standard error and exit status 1; what cannot be asked is
one line and 2.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf import json_format
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2  # noqa: F401 - makes the details of a status readable
from google.rpc.status_pb2 import Status
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)
from grpc_status import rpc_status


class UsageError(Exception):
    """What was asked cannot be asked; the message is one line."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """A call as the command line says it; `timeout` is in seconds."""

    target: str
    method: str
    request: str
    metadata: tuple[tuple[str, str], ...]
    timeout: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the call that the command line describes and return the exit status."""
    asked = _arguments(arguments)
    with grpc.insecure_channel(asked.target) as channel:
        try:
            for answer in _answers(channel, asked):
                print(answer, flush=True)
        except UsageError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
        except grpc.RpcError as error:
            print(_told(error), file=sys.stderr)
            return 1
    return 0


def _answers(channel: grpc.Channel, asked: Arguments) -> Iterator[str]:
    database = ProtoReflectionDescriptorDatabase(channel)
    pool = DescriptorPool(database)
    if not asked.method:
        services = (pool.FindServiceByName(name) for name in sorted(database.get_services()))
        yield from (
            f"{service.full_name}/{method.name}"
            for service in services
            for method in service.methods
        )
        return
    method = _method(pool, asked.method)
    request = _request(method, asked.request)
    answer_class = GetMessageClass(method.output_type)
    make: Any = channel.unary_stream if method.server_streaming else channel.unary_unary
    invoke = make(
        f"/{method.containing_service.full_name}/{method.name}",
        request_serializer=type(request).SerializeToString,
        response_deserializer=answer_class.FromString,
    )
    answer = invoke(request, timeout=asked.timeout, metadata=asked.metadata)
    yield from map(_json, answer if method.server_streaming else (answer,))


def _json(message: Message) -> str:
    return json_format.MessageToJson(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )


def _method(pool: DescriptorPool, name: str) -> MethodDescriptor:
    service_name, _, method_name = name.replace("/", ".").rpartition(".")
    try:
        service = pool.FindServiceByName(service_name)
    except KeyError as error:
        raise UsageError(f"the server has no service {service_name}") from error
    method = service.methods_by_name.get(method_name)
    if method is None:
        offered = ", ".join(service.methods_by_name)
        raise UsageError(f"{service_name} has no method {method_name}; it has {offered}")
    if method.client_streaming:
        raise UsageError(f"{name} takes a stream, and this sends one message only")
    return method


def _request(method: MethodDescriptor, text: str) -> Message:
    try:
        return json_format.Parse(text, GetMessageClass(method.input_type)())
    except json_format.ParseError as error:
        said = " ".join(str(error).split())
        raise UsageError(f"this is no {method.input_type.full_name}: {said}") from error


def _told(error: grpc.RpcError) -> str:
    if not isinstance(error, grpc.Call):
        return str(error)
    told: dict[str, object] = {"code": error.code().name, "message": error.details() or ""}
    status = rpc_status.from_call(error)
    if status is not None:
        told["details"] = _details(status)
    return json.dumps(told, indent=2)


def _details(status: Status) -> list[object]:
    details: list[object] = []
    for detail in status.details:
        try:
            details.append(json_format.MessageToDict(detail, preserving_proto_field_name=True))
        except TypeError:  # a detail of a kind that is not known here
            details.append({"@type": detail.type_url})
    return details


def _arguments(arguments: Sequence[str] | None) -> Arguments:
    parser = argparse.ArgumentParser(
        prog="python -m quillwort.entrypoints.grpc.call", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("target", metavar="HOST:PORT")
    parser.add_argument("method", nargs="?", default="", metavar="PACKAGE.SERVICE/METHOD")
    parser.add_argument("request", nargs="?", default="{}", metavar="JSON")
    parser.add_argument("--token", default="", help="sent as a bearer token")
    parser.add_argument(
        "--metadata", action="append", default=[], metavar="KEY=VALUE", help="may be repeated"
    )
    parser.add_argument("--timeout", type=float, default=10.0, metavar="SECONDS")
    given = parser.parse_args(arguments)
    bearer = [("authorization", f"Bearer {given.token}")] if given.token else []
    pairs = [pair.partition("=") for pair in given.metadata]
    return Arguments(
        target=given.target,
        method=given.method,
        request=given.request,
        metadata=(*bearer, *((key.lower(), value) for key, _, value in pairs)),
        timeout=given.timeout,
    )


if __name__ == "__main__":
    sys.exit(main())

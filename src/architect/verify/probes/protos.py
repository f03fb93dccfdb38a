"""The protos of a project: documented, and what the server really serves."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from google.protobuf.descriptor import Descriptor, ServiceDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.process import clean_environment, run
from architect.verify.scene import Scene

_SECONDS: Final = 30.0


async def protos_served(scene: Scene) -> list[Finding]:
    """The server serves what ``proto/`` describes, field by field, and every name there is commented."""
    notes = Notes(
        "protos_served", "make the stubs anew from proto/ (`make proto`), and comment what is public"
    )
    compiled = await _compiled(scene.subject.directory / "proto", scene.service.log.path.parent)
    pool = DescriptorPool()
    for file in compiled.file:
        pool.AddSerializedFile(file.SerializeToString())
    described = {
        f"{file.package}.{service.name}"
        for file in compiled.file
        for service in file.service
        if not file.name.startswith("google/")
    }
    served = scene.grpc.client.services
    notes.expect(
        holds=described == set(served),
        message="the services of proto/ are not those that reflection lists",
        where="proto/",
        seen=f"described {sorted(described)}, served {sorted(served)}",
    )
    for name in sorted(described & set(served)):
        wanted, given = set(_shape(pool.FindServiceByName(name))), set(_shape(served[name]))
        notes.expect(
            holds=wanted == given,
            message="what is served differs from what proto/ describes",
            where=f"gRPC {name}",
            seen=sorted(wanted ^ given),
        )
    for file in compiled.file:
        if not file.name.startswith("google/"):
            bare = list(_uncommented(file))
            notes.expect(
                holds=not bare,
                message="names without a comment",
                where=f"proto/{file.name}",
                seen=", ".join(bare),
            )
    return notes.findings


async def _compiled(root: Path, place: Path) -> FileDescriptorSet:
    out = place / "protos.bin"
    files = _files(root)
    done = await run(
        [
            *(sys.executable, "-m", "grpc_tools.protoc", "--proto_path=.", "--include_imports"),
            *("--include_source_info", f"--descriptor_set_out={out}", *files),
        ],
        directory=root,
        environment=clean_environment(),
        within=_SECONDS,
    )
    if done.status != 0:
        message = f"protoc: {done.output.strip()[-400:]}"
        raise RuntimeError(message)
    return FileDescriptorSet.FromString(out.read_bytes())


def _files(root: Path) -> list[str]:
    return [str(file.relative_to(root)) for file in sorted(root.rglob("*.proto"))]


def _shape(service: ServiceDescriptor) -> Iterator[str]:
    for method in service.methods:
        yield f"{service.full_name}/{method.name}"
        for message in (method.input_type, method.output_type):
            yield from _fields(message, set())


def _fields(message: Descriptor, seen: set[str]) -> Iterator[str]:
    if message.full_name in seen or message.full_name.startswith("google."):
        return
    seen.add(message.full_name)
    for field in message.fields:
        yield f"{message.full_name}.{field.name} = {field.number} ({field.type})"
        if field.message_type is not None:
            yield from _fields(field.message_type, seen)
        if field.enum_type is not None:
            yield from (f"{field.enum_type.full_name}.{v.name} = {v.number}" for v in field.enum_type.values)


def _uncommented(file: FileDescriptorProto) -> Iterator[str]:
    """Yield names without a leading comment; a path is that of descriptor.proto's numbered fields."""
    commented = {tuple(each.path) for each in file.source_code_info.location if each.leading_comments.strip()}
    named: dict[tuple[int, ...], str] = {}
    for number, message in enumerate(file.message_type):
        named[4, number] = message.name
        named |= {
            (4, number, 2, at): f"{message.name}.{field.name}" for at, field in enumerate(message.field)
        }
    for number, service in enumerate(file.service):
        named[6, number] = service.name
        named |= {(6, number, 2, at): f"{service.name}/{each.name}" for at, each in enumerate(service.method)}
    for number, enum in enumerate(file.enum_type):
        named[5, number] = enum.name
        named |= {(5, number, 2, at): f"{enum.name}.{value.name}" for at, value in enumerate(enum.value)}
    yield from (name for path, name in named.items() if path not in commented)

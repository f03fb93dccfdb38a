"""protobuf files -> the Python modules and type stubs that ``make proto`` makes of them."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import grpc_tools
from google.protobuf.compiler.plugin_pb2 import CodeGeneratorRequest, CodeGeneratorResponse
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from grpc_tools import protoc
from mypy_protobuf.main import Descriptors, GRPCType, generate_mypy_grpc_stubs, generate_mypy_stubs

_WELL_KNOWN: Final = "_proto"
"""Where grpc_tools keeps the protos of google.protobuf."""


def stubs(protos: Mapping[str, str]) -> dict[str, str]:
    """Return the generated modules by path below ``src/``.

    protoc runs in this process, and so do the generators of type stubs, whose start as programs would
    cost most of the time that a build may take.

    Args:
        protos: proto files by path below ``proto/``.

    Raises:
        RuntimeError: protoc refuses a file, which is a mistake of a template.
    """
    if not protos:
        return {}
    with tempfile.TemporaryDirectory(prefix="architect-") as name:
        source, target = Path(name, "proto"), Path(name, "src")
        target.mkdir()
        for path, text in protos.items():
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_text(text, encoding="utf-8")
        description = Path(name, "description")
        _protoc(source, target, description, sorted(protos))
        made = {
            path.relative_to(target).as_posix(): path.read_text(encoding="utf-8")
            for path in target.rglob("*.py")
        }
        return made | dict(_typed(description.read_bytes(), sorted(protos)))


def _protoc(source: Path, target: Path, description: Path, names: list[str]) -> None:
    status = protoc.main(
        [
            "protoc",
            f"--proto_path={source}",
            f"--proto_path={Path(grpc_tools.__file__).parent / _WELL_KNOWN}",
            f"--python_out={target}",
            f"--grpc_python_out={target}",
            f"--descriptor_set_out={description}",
            "--include_imports",
            "--include_source_info",
            *names,
        ]
    )
    if status != 0:
        message = f"protoc refused {', '.join(names)}"
        raise RuntimeError(message)


def _typed(description: bytes, names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the type stubs, as the plugins ``mypy`` and ``mypy_grpc`` (only_async) of protoc make them."""
    files = FileDescriptorSet.FromString(description).file
    for name in names:
        # A request a file, as protoc makes them for generators that do not say otherwise.
        request = CodeGeneratorRequest(file_to_generate=[name], proto_file=files)
        response = CodeGeneratorResponse()
        options = {
            "quiet": True,
            "readable_stubs": False,
            "relax_strict_optional_primitives": False,
            "use_default_deprecation_warnings": False,
            "generate_concrete_servicer_stubs": False,
        }
        generate_mypy_stubs(Descriptors(request), response, **options)
        generate_mypy_grpc_stubs(Descriptors(request), response, **options, grpc_type=GRPCType.ASYNC)
        yield from ((file.name, file.content) for file in response.file)

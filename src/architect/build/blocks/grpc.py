"""grpc: grpc.aio over the service layer, in the same event loop."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import Port, Probe
from architect.build.contributions.documents import AgentCommand, AgentRule, Caller
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import (
    Dependency,
    DevelopmentDependency,
    GeneratedPath,
    LintException,
    ThirdParty,
    TypeException,
)
from architect.build.contributions.python import ROUTES, Import, Routes, Section, ServerPart
from architect.build.scene import Scene
from architect.build.slots import Contribution

_EVERYWHERE = "0.0.0.0"  # noqa: S104 - other services call from other machines


def _contribute(scene: Scene) -> Iterator[Contribution]:
    yield from _packages()
    yield _variables()
    yield from _documents(scene)
    yield Port("grpc", 50051, 50051, "kubernetes.io/h2c")
    yield Probe(
        20,
        # Health over gRPC says what readiness says: a database that is away must not restart the process.
        live="tcpSocket:\n  port: grpc",
        ready="grpc:\n  port: 50051",
        image="import os, socket; socket.create_connection(('127.0.0.1',"
        " int(os.environ.get('GRPC_PORT', '50051'))), 2).close()",
        compose="import grpc; from grpc_health.v1 import health_pb2 as pb, health_pb2_grpc as rpc;"
        " assert rpc.HealthStub(grpc.insecure_channel('127.0.0.1:50051'))"
        ".Check(pb.HealthCheckRequest(), timeout=2).status == 1",
    )
    yield Section("grpc", "entrypoints.grpc.settings", "GrpcSettings")
    yield Import("from quillwort.entrypoints.grpc.server import build_server")
    for entity in scene.by_plural:
        yield Import(f"from quillwort.entrypoints.grpc.{entity.module} import {entity.name}Servicer")
        yield Routes("grpc", f"{entity.name}Servicer(parts.services.{entity.plural})")
    yield ServerPart(
        name="grpc",
        mode="grpc",
        function="grpc_server",
        title="gRPC",
        made_of="grpc.aio",
        lines=(
            "return build_server(",
            f"    [{ROUTES}],",
            "    verifier=parts.verifier,",
            "    limiter=parts.limiter,",
            "    health=parts.health,",
            "    settings=parts.settings.grpc,",
            *(("    around=[CallMetrics(parts.call_durations)],",) if scene.choices.metrics else ()),
            ")",
        ),
    )


def _documents(scene: Scene) -> Iterator[Contribution]:
    yield Caller(20, "services", "Other services", "gRPC")
    yield AgentCommand(
        50,
        "make proto",
        "the stubs in `src/quillwort/v1`, after a change in `proto/`",
        linted="protos, and that the stubs are up to date",
    )
    yield AgentRule(70, "Numbers in `proto/` are never reused or moved.")
    if scene.choices.rest:
        yield AgentRule(
            20, "REST and gRPC do the same: a change of one is a change of both, and of the tests of both."
        )


def _variables() -> VariableGroup:
    return VariableGroup(
        30,
        "gRPC",
        (
            Variable("GRPC_HOST", "127.0.0.1", "the address that gRPC listens on", machine=_EVERYWHERE),
            Variable("GRPC_PORT", "50051", "its port; 0 takes a free one", machine="50051"),
            Variable("GRPC_MAX_MESSAGE_BYTES", "1048576", "larger messages are refused"),
            Variable("GRPC_MAX_METADATA_BYTES", "16384", "larger metadata are refused"),
            Variable(
                "GRPC_MAX_CONCURRENT_STREAMS",
                "1000",
                "calls at once on one connection; a burst beyond may fail",
            ),
            Variable(
                "GRPC_MAX_CONCURRENT_CALLS",
                "1000",
                "calls at once in all; more are refused with RESOURCE_EXHAUSTED",
            ),
            Variable(
                "GRPC_MAX_DEADLINE_SECONDS", "30", "the deadline of a call that names none, or a longer one"
            ),
            Variable("GRPC_MAX_STREAM_SECONDS", "120", "the same, of a call whose messages stream"),
            Variable("GRPC_KEEPALIVE_SECONDS", "60", "how often an idle connection is tried"),
            Variable("GRPC_KEEPALIVE_TIMEOUT_SECONDS", "20", "how long the answer may take"),
            Variable("GRPC_MIN_PING_INTERVAL_SECONDS", "30", "callers that ping more often are cut off"),
            Variable(
                "GRPC_MAX_CONNECTION_AGE_SECONDS",
                "1800",
                "when callers are asked to connect again, and find new replicas",
            ),
            Variable("GRPC_HEALTH_INTERVAL_SECONDS", "5", "how often health watches are brought up to date"),
        ),
    )


def _packages() -> Iterator[Contribution]:
    for requirement in (
        "googleapis-common-protos>=1.72",
        "grpcio>=1.76",
        "grpcio-health-checking>=1.76",
        "grpcio-reflection>=1.76",
        "grpcio-status>=1.76",
        "protobuf>=6.33",
    ):
        yield Dependency(requirement)
    for name in (
        "buf-bin",
        "grpcio-tools",
        "mypy-protobuf",
        "types-grpcio",
        "types-grpcio-health-checking",
        "types-grpcio-reflection",
        "types-grpcio-status",
        "types-protobuf",
    ):
        yield DevelopmentDependency(name)
    yield GeneratedPath("src/quillwort/v1", "generated by protoc")
    yield ThirdParty("grpc", "tests/grpc is no module of that name")
    yield TypeException("google.rpc.*", "follow_untyped_imports = true", "typed, but without the marker")
    yield LintException(
        "src/quillwort/entrypoints/grpc/*",
        (("ARG002", "gRPC passes a context to every method"), ("N802", "the contract names the methods")),
    )
    yield LintException("src/quillwort/entrypoints/grpc/call.py", (("T201", "a command speaks by printing"),))


BLOCKS.add(
    "grpc",
    Block(
        title="gRPC",
        selected=lambda choices: choices.grpc,
        files=(
            "buf.yaml",
            "make/grpc.mk",
            "src/quillwort/entrypoints/grpc/*.py",
            "src/quillwort/entrypoints/grpc/interceptors/*.py",
            "src/quillwort/entrypoints/grpc/messages/*.py",
            "src/quillwort/v1/__init__.py",
            "tests/grpc/conftest.py",
            "tests/grpc/test_call.py",
            "tests/grpc/test_conversion.py",
            "tests/grpc/test_health_checks.py",
            "tests/grpc/test_interceptors.py",
            "tests/grpc/test_reading.py",
            "tests/grpc/test_server.py",
            "tests/grpc_*",
            "tests/grpc_examples/__init__.py",
        ),
        templates=(
            "proto/quillwort/v1/specimen.proto",
            "src/quillwort/entrypoints/grpc/specimen.py",
            "tests/grpc/test_specimen.py",
            "tests/grpc_examples/specimen.py",
        ),
        contribute=_contribute,
    ),
)

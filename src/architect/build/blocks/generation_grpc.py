"""generation_grpc: what language models took for a caller, by day, over gRPC."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.python import Import, Routes
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Import("from quillwort.entrypoints.grpc.assistant.usage import UsageServicer")
    yield Routes("grpc", "UsageServicer(parts.usage)")


BLOCKS.add(
    "generation_grpc",
    Block(
        title="Usage of language models over gRPC",
        selected=lambda choices: choices.language_model and choices.grpc,
        files=(
            "proto/quillwort/v1/assistant_usage.proto",
            "src/quillwort/entrypoints/grpc/assistant/usage.py",
            "tests/grpc/usage/test_usage_grpc.py",
        ),
        contribute=_contribute,
    ),
)

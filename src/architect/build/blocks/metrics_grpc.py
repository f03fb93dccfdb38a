"""metrics_grpc: calls timed by their method, and a port for the metrics of a process without REST."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import Port, Scrape
from architect.build.contributions.python import Import, Part, Resource, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(scene: Scene) -> Iterator[Contribution]:
    yield Import("from quillwort.entrypoints.metrics.calls import CallDurations, CallMetrics")
    yield Import("from quillwort.entrypoints.metrics.port import open_port")
    yield Part("call_durations", "CallDurations", "CallDurations(metrics)")
    yield Section("metrics_port", "entrypoints.metrics.port", "MetricsPortSettings")
    yield Resource(
        "metrics_port",
        ("await stack.enter_async_context(open_port(metrics, settings.metrics_port))",),
        place=20,
    )
    if not scene.choices.rest:
        yield Port("metrics", 9464, 9464, "http")
        yield Scrape(9464)


BLOCKS.add(
    "metrics_grpc",
    Block(
        title="Metrics of calls",
        selected=lambda choices: choices.metrics and choices.grpc,
        files=(
            "src/quillwort/entrypoints/metrics/calls.py",
            "src/quillwort/entrypoints/metrics/port.py",
            "deploy/grafana/calls.json",
            "tests/grpc/test_metrics.py",
            "tests/grpc/test_metrics_port.py",
        ),
        contribute=_contribute,
    ),
)

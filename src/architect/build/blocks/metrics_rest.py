"""metrics_rest: requests timed by the template of their route, and GET /metrics."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import Scrape
from architect.build.contributions.python import Import, Part, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Import("from quillwort.entrypoints.metrics.requests import RequestDurations, RequestMetrics")
    yield Part("request_durations", "RequestDurations", "RequestDurations(metrics)")
    yield Scrape(8000)
    yield Section("metrics", "kit.metrics", "MetricsSettings")


BLOCKS.add(
    "metrics_rest",
    Block(
        title="Metrics of requests",
        selected=lambda choices: choices.metrics and choices.rest,
        files=(
            "src/quillwort/entrypoints/metrics/requests.py",
            "deploy/grafana/requests.json",
            "tests/api/test_metrics.py",
        ),
        contribute=_contribute,
    ),
)

"""metrics: counters and durations for Prometheus, and dashboards that show them."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.packaging import Dependency
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Dependency("prometheus-client>=0.23")


BLOCKS.add(
    "metrics",
    Block(title="Metrics", selected=lambda choices: choices.metrics, contribute=_contribute),
)

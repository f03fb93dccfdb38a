"""metrics_assistant: searches, answers and documents counted and timed."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.python import Import, Resource
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Import("from quillwort.adapters.metrics.assistant import AssistantMetrics")
    yield Resource("assistant_metrics", ("assistant_metrics = AssistantMetrics(metrics)",), place=20)


BLOCKS.add(
    "metrics_assistant",
    Block(
        title="Metrics of the assistant",
        selected=lambda choices: choices.metrics and choices.assistant,
        files=(
            "src/quillwort/adapters/metrics/__init__.py",
            "src/quillwort/adapters/metrics/assistant.py",
            "deploy/grafana/assistant.json",
            "tests/assistant/metrics/test_assistant_metrics.py",
        ),
        contribute=_contribute,
    ),
)

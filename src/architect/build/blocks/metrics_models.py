"""metrics_models: tokens, money, attempts and cache hits of language models."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.python import Import, Resource
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Import("from quillwort.adapters.metrics.models import ModelMetrics")
    # The gateway is given it.
    yield Resource("model_metrics", ("model_metrics = ModelMetrics(metrics)",), place=20)


BLOCKS.add(
    "metrics_models",
    Block(
        title="Metrics of language models",
        selected=lambda choices: choices.metrics and choices.language_model,
        files=(
            "src/quillwort/adapters/metrics/models.py",
            "deploy/grafana/models.json",
            "tests/assistant/metrics/test_model_metrics.py",
        ),
        contribute=_contribute,
    ),
)

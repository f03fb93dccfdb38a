"""metrics_models: tokens, money, attempts and cache hits of language models."""

from architect.build.block import BLOCKS, Block

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
    ),
)

"""metrics_compose: Prometheus and Grafana beside the service in Compose, for those who start them."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "metrics_compose",
    Block(
        title="Prometheus and Grafana in Compose",
        selected=lambda choices: choices.metrics and choices.deployment in {"kubernetes", "compose"},
        files=("deploy/observability/compose.yaml", "deploy/observability/grafana/*"),
    ),
)

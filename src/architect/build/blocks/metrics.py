"""metrics: counters and durations for Prometheus, and dashboards that show them."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.choices import Choices
from architect.build.contributions.documents import Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import Dependency
from architect.build.contributions.python import Import, Part, Resource
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(scene: Scene) -> Iterator[Contribution]:
    yield Dependency("prometheus-client>=0.23")
    yield Operation(25, "Metrics", _told(scene.choices))
    yield VariableGroup(25, "Metrics", tuple(_variables(scene.choices)))
    yield Import("from quillwort.kit.metrics import Metrics")
    # Before whatever is observed.
    yield Resource("metrics", ("metrics = Metrics()",), place=10)
    yield Part("metrics", "Metrics", "metrics")


def _told(choices: Choices) -> str:
    rest = (
        "`GET /metrics` answers in Prometheus' text format, without a token: keep the path from the outside,"
        " or turn it off by `METRICS_ENABLED=false`."
    )
    grpc = "`METRICS_PORT` answers `GET /metrics` in Prometheus' text format; keep it from the outside."
    both = f"{rest} A process of gRPC alone answers on `METRICS_PORT`."
    where = (both if choices.grpc else rest) if choices.rest else grpc
    timed = " and ".join(
        [
            *(["requests by the template of their route"] if choices.rest else []),
            *(["calls by their method"] if choices.grpc else []),
        ]
    )
    own = (
        " Searches, their best scores, answers, first tokens, documents and what waits are counted besides"
        f"{', and tokens and money of each language model' if choices.language_model else ''}."
        if choices.assistant
        else ""
    )
    return f"{where} It times {timed}.{own} `deploy/grafana` has dashboards{_shown(choices)}."


def _shown(choices: Choices) -> str:
    if choices.deployment == "vm":
        return ""
    started = "docker compose --file compose.yaml --file deploy/observability/compose.yaml up"
    return f"; `{started}` starts Prometheus and Grafana, once `GRAFANA_PASSWORD` is set, with them in it"


def _variables(choices: Choices) -> Iterator[Variable]:
    if choices.rest:
        yield Variable("METRICS_ENABLED", "true", "whether `GET /metrics` answers")
    if choices.grpc and choices.rest:
        yield Variable("METRICS_HOST", "127.0.0.1", "the address of `METRICS_PORT`")
        yield Variable(
            "METRICS_PORT", "0", "a port for the metrics alone, for a process of gRPC alone; 0 has none"
        )
    elif choices.grpc:
        yield Variable("METRICS_HOST", "127.0.0.1", "the address of `METRICS_PORT`", machine="127.0.0.1")
        yield Variable(
            "METRICS_PORT",
            "0",
            "the port of the metrics; 0 has none",
            production="fixed",
            value="9464",
            machine="9464",
        )


BLOCKS.add(
    "metrics",
    Block(
        title="Metrics",
        selected=lambda choices: choices.metrics,
        files=(
            "src/quillwort/entrypoints/metrics/__init__.py",
            "src/quillwort/kit/metrics.py",
            "tests/dashboards.py",
            "tests/unit/test_metrics.py",
        ),
        contribute=_contribute,
    ),
)

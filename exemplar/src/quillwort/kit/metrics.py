"""What this process counts and times, told to Prometheus in its text format."""

from collections.abc import Sequence
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    REGISTRY,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from pydantic_settings import SettingsConfigDict

from quillwort.kit.settings import Section

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4

SECONDS: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0)
"""Upper bounds that durations are counted below: from a read by key to a long stream."""


class MetricsSettings(Section):
    """METRICS_*: whether GET /metrics answers."""

    model_config = SettingsConfigDict(env_prefix="METRICS_")

    enabled: bool = True


class Metrics:
    """The metrics of one process object, which two of them in one interpreter do not share."""

    def __init__(self) -> None:
        # A series more for each of them, for the sake of a format that is not told here.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # the library's own omission
        self.registry: Final = type(REGISTRY)()
        # The library's own has memory, processor time and garbage of the interpreter, and no more.
        self.registry.register(REGISTRY)

    def told(self) -> bytes:
        """Return everything that is counted now, in the text format of `CONTENT_TYPE`."""
        return generate_latest(self.registry)


class Durations:
    """Seconds by some labels.

    A label takes values of a bounded set alone: the template of a route, never a path. The child
    of each set of values is looked up once, which is most of what Prometheus' client costs.
    """

    def __init__(
        self,
        metrics: Metrics,
        name: str,
        says: str,
        labels: Sequence[str],
        bounds: Sequence[float] = SECONDS,
    ) -> None:
        self._histogram = Histogram(name, says, labels, registry=metrics.registry, buckets=bounds)
        self._children: dict[tuple[str, ...], Histogram] = {}

    def observe(self, seconds: float, *values: str) -> None:
        """Count one that took so long, under these values of the labels."""
        child = self._children.get(values)
        if child is None:
            child = self._histogram.labels(*values) if values else self._histogram
            self._children[values] = child
        child.observe(seconds)


class Counts:
    """How often, or how much, by some labels whose values are of a bounded set."""

    def __init__(self, metrics: Metrics, name: str, says: str, labels: Sequence[str]) -> None:
        self._counter = Counter(name, says, labels, registry=metrics.registry)
        self._children: dict[tuple[str, ...], Counter] = {}

    def add(self, amount: float, *values: str) -> None:
        """Add so much, not below 0, under these values of the labels."""
        child = self._children.get(values)
        if child is None:
            child = self._counter.labels(*values) if values else self._counter
            self._children[values] = child
        child.inc(amount)

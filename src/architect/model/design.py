"""Brief + all Decisions + the sizing + the components and links; what a project is built from."""

from dataclasses import dataclass

from architect.model.brief import Brief
from architect.model.decision import Decision
from architect.model.fact import Figure


@dataclass(frozen=True, slots=True)
class Sizing:
    """Capacity and cost, each figure with its source.

    Rates are per second at peak, times in milliseconds, memory in MiB, money in US dollars a month.
    """

    replicas: int
    workers_per_replica: int
    pool_size_per_replica: int
    cpu_millicores: int
    memory_mebibytes: int
    database_connections: int
    rate_limit_requests: int
    rate_limit_window_seconds: int
    predicted_p50_ms: float
    predicted_p95_ms: float
    predicted_p99_ms: float
    saturation_requests_per_second: float
    utilisation: float
    monthly_usd: float
    figures: tuple[Figure, ...] = ()
    """Every number above again, with formula and inputs, and the ones they were computed from."""


@dataclass(frozen=True, slots=True)
class Component:
    """A box of the diagram: ``kind`` is person, system, service, database, cache, broker or external."""

    name: str
    kind: str
    technology: str
    description: str


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow of the diagram, by component names."""

    source: str
    target: str
    protocol: str
    description: str


@dataclass(frozen=True, slots=True)
class Design:
    """A whole design. ``brief`` is complete: what was unknown is assumed in it."""

    brief: Brief
    decisions: tuple[Decision, ...]
    sizing: Sizing
    components: tuple[Component, ...]
    links: tuple[Link, ...]
    warnings: tuple[str, ...] = ()
    """What the brief asks that contradicts itself or cannot be met, each with what would mend it."""

    def decision(self, name: str) -> Decision:
        """Return the decision of that name.

        Raises:
            KeyError: there is no such decision.
        """
        for each in self.decisions:
            if each.name == name:
                return each
        raise KeyError(name)

    def chosen(self, name: str) -> str | None:
        """Return the name of the option chosen in the decision of that name; None where none was made."""
        return next((each.choice for each in self.decisions if each.name == name), None)

    def choice(self, name: str) -> str:
        """Return the name of the option chosen in the decision of that name."""
        return self.decision(name).choice

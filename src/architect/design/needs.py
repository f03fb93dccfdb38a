"""What a complete brief asks for, flat and checked: the numbers that every decision reads."""

from dataclasses import dataclass

from architect.design.assistant import Assistant, read_assistant
from architect.design.checked import number, text, values
from architect.model.brief import Brief, Integration, Service
from architect.model.entity import Entity


@dataclass(frozen=True, slots=True)
class Needs:
    """Rates per second at the peak, shares 0..1, latency in ms, availability in percent, USD a month."""

    rate: float
    read_share: float
    users: float
    percentile: float
    latency_ms: float
    availability: float
    records: float
    gigabytes: float
    retention_days: float
    regions: int
    cloud: str
    developers: float
    budget: float | None
    multi_tenant: bool
    personal_data: bool
    regimes: tuple[str, ...]
    knows: frozenset[str]
    avoid: frozenset[str]
    interfaces: frozenset[str]
    calls: tuple[str, ...]
    services: int
    workflows: int
    entities: tuple[Entity, ...]
    integrations: tuple[Integration, ...]
    references: int
    filters: int
    emits: bool
    streaming: bool
    assistant: Assistant | None

    @property
    def writes(self) -> float:
        """Writes per second at the peak."""
        return self.rate * (1 - self.read_share)

    @property
    def reads(self) -> float:
        """Reads per second at the peak."""
        return self.rate * self.read_share

    @property
    def internal_callers(self) -> int:
        """Other programs known to call this one: the other services, gRPC systems, whoever asked for gRPC."""
        others = self.services - 1 + sum(each.kind == "grpc" for each in self.integrations)
        return max(others, 1 if "grpc" in self.interfaces else 0)

    @property
    def events(self) -> bool:
        """Whether anybody is to be told of changes."""
        return "events" in self.interfaces or self.emits

    def has(self, *kinds: str) -> bool:
        """Return whether a system of one of these kinds is there already."""
        return any(each.kind in kinds for each in self.integrations)

    def runs(self, product: str) -> bool:
        """Return whether this product is there already."""
        return any(each.product == product for each in self.integrations)


def read_needs(brief: Brief) -> Needs:
    """Return the flat needs of a complete brief.

    Raises:
        InputError: a number cannot be (a negative rate, a share above 1, ...).
    """
    services = brief.services or (Service(),)
    entities = tuple(fact.value for service in services for fact in service.entities)
    streaming = brief.assistant.streaming
    budget = brief.budget.infrastructure_usd_per_month
    return Needs(
        rate=number(brief, "load.requests_per_second", least=0, above=True),
        read_share=number(brief, "load.read_share", least=0, most=1),
        users=number(brief, "load.concurrent_users", least=0),
        percentile=number(brief, "load.latency.percentile", least=1, most=99.999),
        latency_ms=number(brief, "load.latency.milliseconds", least=0, above=True),
        availability=number(brief, "load.availability", least=0, most=100, above=True),
        records=number(brief, "data.records", least=0),
        gigabytes=number(brief, "data.gigabytes", least=0),
        retention_days=number(brief, "data.retention_days", least=0),
        regions=int(number(brief, "deployment.regions", least=1)),
        cloud=text(brief.deployment.cloud),
        developers=number(brief, "team.developers", least=1),
        budget=None if budget is None else number(brief, "budget.infrastructure_usd_per_month", least=0),
        multi_tenant=text(brief.security.tenancy) == "multi",
        personal_data=bool(brief.security.personal_data and brief.security.personal_data.value),
        regimes=values(brief.security.compliance),
        knows=frozenset(values(brief.team.knows)),
        avoid=frozenset(values(brief.avoid)),
        interfaces=frozenset(fact.value for service in services for fact in service.interfaces),
        calls=tuple(fact.value for service in services for fact in service.calls),
        services=len(services),
        workflows=len(brief.workflows),
        entities=entities,
        integrations=tuple(fact.value for fact in brief.integrations),
        references=sum(fact.value.kind == "reference" for entity in entities for fact in entity.fields),
        filters=sum(len({*entity.filters, *entity.sorts}) for entity in entities),
        emits=any(entity.emits for entity in entities),
        streaming=bool(streaming and streaming.value),
        assistant=read_assistant(brief),
    )

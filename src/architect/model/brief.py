"""What is wanted, normalised. Field names and nesting are those of ``architect.yaml``."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Final, Literal, TypeVar

from architect.model.entity import Entity
from architect.model.fact import Fact

Intent = Literal["build", "question", "review"]
Interface = Literal["rest", "grpc", "events"]
Target = Literal["kubernetes", "compose", "vm", "serverless"]
Authentication = Literal["jwt", "oidc", "api_key", "mtls", "none"]
Tenancy = Literal["single", "multi"]
Task = Literal["question_answering", "chat", "search", "summarise", "extract", "classify"]
Format = Literal["text", "markdown", "html", "pdf", "docx", "scan"]
Access = Literal["everyone", "groups", "owner"]
DataStays = Literal["anywhere", "eu", "own_servers"]
Retrieval = Literal["hybrid_convex", "hybrid_rrf", "keyword", "dense"]


@dataclass(frozen=True, slots=True)
class Latency:
    """A latency target: ``percentile`` in percent (95 for p95), ``milliseconds``."""

    percentile: Fact[float] | None = None
    milliseconds: Fact[float] | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """Traffic: peak requests per second, share of reads (0..1), users at once, availability in percent."""

    requests_per_second: Fact[float] | None = None
    read_share: Fact[float] | None = None
    concurrent_users: Fact[int] | None = None
    latency: Latency = field(default_factory=Latency)
    availability: Fact[float] | None = None


@dataclass(frozen=True, slots=True)
class Data:
    """What is kept: records, gigabytes (decimal), days."""

    records: Fact[int] | None = None
    gigabytes: Fact[float] | None = None
    retention_days: Fact[int] | None = None


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where it runs: kubernetes, compose, vm or serverless; the cloud's short name; number of regions."""

    target: Fact[Target] | None = None
    cloud: Fact[str] | None = None
    regions: Fact[int] | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """Who builds and runs it, and which products they know."""

    developers: Fact[int] | None = None
    knows: tuple[Fact[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """Spending limits in US dollars a month."""

    infrastructure_usd_per_month: Fact[float] | None = None
    llm_usd_per_month: Fact[float] | None = None


@dataclass(frozen=True, slots=True)
class Security:
    """Authentication schemes, tenancy, personal data, compliance regimes (gdpr, hipaa, pci_dss, ...)."""

    authentication: tuple[Fact[Authentication], ...] = ()
    tenancy: Fact[Tenancy] | None = None
    personal_data: Fact[bool] | None = None
    compliance: tuple[Fact[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Prefer:
    """Products wished for, lower case, in their vendors' spelling without spaces; a way of retrieval."""

    framework: Fact[str] | None = None
    database: Fact[str] | None = None
    cache: Fact[str] | None = None
    broker: Fact[str] | None = None
    vector_store: Fact[str] | None = None
    retrieval: Fact[Retrieval] | None = None
    embedding_model: Fact[str] | None = None
    language_model: Fact[str] | None = None
    answer_cache: Fact[str] | None = None


@dataclass(frozen=True, slots=True)
class Integration:
    """An outside system: what it is for, how it is reached (http, grpc, events, sso, ...), whose it is."""

    name: str
    kind: str
    product: str


@dataclass(frozen=True, slots=True)
class Service:
    """One deployable service: its interfaces, the entities it stores, the services it calls."""

    name: Fact[str] | None = None
    interfaces: tuple[Fact[Interface], ...] = ()
    entities: tuple[Fact[Entity], ...] = ()
    calls: tuple[Fact[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Assistant:
    """The language-model part, when one is asked for.

    ``gigabytes`` (decimal) are of the documents' plain text, where they are known; ``languages`` are
    two-letter codes, or ``many``; ``changes_per_day`` are documents added or changed; ``access`` says who
    may see a document; ``data_stays`` says how far its text may travel; ``quality`` is the share (0..1) of
    answers that must be right.
    """

    tasks: tuple[Fact[Task], ...] = ()
    documents: Fact[int] | None = None
    pages_per_document: Fact[float] | None = None
    gigabytes: Fact[float] | None = None
    formats: tuple[Fact[Format], ...] = ()
    languages: tuple[Fact[str], ...] = ()
    changes_per_day: Fact[float] | None = None
    searchable_within_minutes: Fact[float] | None = None
    questions_per_day: Fact[float] | None = None
    streaming: Fact[bool] | None = None
    first_token_milliseconds: Fact[float] | None = None
    answer_milliseconds: Fact[float] | None = None
    access: Fact[Access] | None = None
    data_stays: Fact[DataStays] | None = None
    quality: Fact[float] | None = None


@dataclass(frozen=True, slots=True)
class WorkflowStep:
    """One step of a saga: the service that acts, what it does, what undoes it."""

    service: str
    action: str
    compensation: str | None = None


@dataclass(frozen=True, slots=True)
class Workflow:
    """A saga: ordered steps, each with its compensation."""

    name: str
    steps: tuple[WorkflowStep, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything known of a wish; what is unknown is ``None`` or empty."""

    intent: Fact[Intent] | None = None
    name: Fact[str] | None = None
    purpose: Fact[str] | None = None
    load: Load = field(default_factory=Load)
    data: Data = field(default_factory=Data)
    deployment: Deployment = field(default_factory=Deployment)
    team: Team = field(default_factory=Team)
    budget: Budget = field(default_factory=Budget)
    security: Security = field(default_factory=Security)
    prefer: Prefer = field(default_factory=Prefer)
    avoid: tuple[Fact[str], ...] = ()
    integrations: tuple[Fact[Integration], ...] = ()
    services: tuple[Service, ...] = ()
    workflows: tuple[Fact[Workflow], ...] = ()
    assistant: Assistant = field(default_factory=Assistant)
    unread: tuple[str, ...] = ()
    """Sentences of the text that no rule understood, so that nobody believes they were."""

    def at(self, path: str) -> object:
        """Return what stands at a dotted path such as ``load.latency.milliseconds``.

        ``services[].interfaces`` gives the facts of all services together.

        Raises:
            AttributeError: the path names no field of the brief.
        """
        if path.startswith(EACH_SERVICE):
            name = path.removeprefix(EACH_SERVICE)
            return tuple(fact for service in self.services for fact in getattr(service, name))
        node: object = self
        for step in path.split("."):
            node = getattr(node, step)
        return node

    def number(self, path: str) -> float | None:
        """Return the number at a path, or ``None`` when unknown.

        Raises:
            TypeError: the path holds something other than a number.
        """
        fact = self.at(path)
        if fact is None:
            return None
        if isinstance(fact, Fact) and isinstance(fact.value, int | float):
            return float(fact.value)
        message = f"{path} holds no number"
        raise TypeError(message)

    def put(self, path: str, value: object) -> "Brief":
        """Return a copy with ``value`` (a Fact, a tuple of Facts, or None) at a dotted path.

        Nothing (an empty tuple, None) makes it unknown; ``services[].interfaces`` goes into every service.
        """
        if path.startswith(EACH_SERVICE):
            name = path.removeprefix(EACH_SERVICE)
            services = tuple(_put(service, [name], value) for service in self.services or (Service(),))
            return replace(self, services=services)
        return _put(self, path.split("."), value)

    def facts(self) -> Iterator[tuple[str, Fact[object]]]:
        """Yield every (dotted path, fact) outside lists of services, in field order."""
        yield from _facts(self, "")


EACH_SERVICE: Final = "services[]."
"""How a path names a field of every service."""

Node = TypeVar("Node")


def _put(node: Node, steps: list[str], value: object) -> Node:
    if not is_dataclass(node) or isinstance(node, type):
        message = f"cannot descend into {type(node).__name__} for {'.'.join(steps)}"
        raise TypeError(message)
    head, *rest = steps
    held = getattr(node, head)
    inner = _put(held, rest, value) if rest else value or (() if isinstance(held, tuple) else None)
    return replace(node, **{head: inner})


def _facts(node: object, prefix: str) -> Iterator[tuple[str, Fact[object]]]:
    if isinstance(node, Fact):
        yield prefix, node
    elif isinstance(node, tuple):
        for item in node:
            yield from _facts(item, prefix)
    elif is_dataclass(node) and not isinstance(node, Entity | Service):
        for each in fields(node):
            yield from _facts(getattr(node, each.name), f"{prefix}.{each.name}" if prefix else each.name)

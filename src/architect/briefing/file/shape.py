"""The shape of architect.yaml as pydantic models; the published JSON Schema comes from them."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from architect.model.brief import (
    Access,
    Authentication,
    DataStays,
    Format,
    Intent,
    Interface,
    Retrieval,
    Target,
    Task,
    Tenancy,
)
from architect.model.entity import FIELD_KINDS, FieldKind

NAME: Final = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
_SNAKE: Final = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
_CAMEL: Final = r"^[A-Z][A-Za-z0-9]*$"
LANGUAGE: Final = r"^([a-z]{2}|many)$"
SHORT_FIELD: Final = rf"^(({'|'.join(FIELD_KINDS)})\??|-> ?[A-Z][A-Za-z0-9]*\??)$"
"""A field in one word: a kind or "-> Entity", with "?" when it may be left out."""

Kebab = Annotated[str, Field(pattern=NAME, max_length=63)]
Product = Annotated[str, Field(min_length=1, max_length=60)]
Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0, le=1e12)]


class Shape(BaseModel):
    """A mapping without unknown keys, whose values have exactly the types given."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LatencyShape(Shape):
    """A latency target."""

    percentile: Annotated[float, Field(ge=50, lt=100)] | None = Field(
        None, description="in percent: 95 for p95"
    )
    milliseconds: Annotated[float, Field(gt=0, le=600_000)] | None = None


class LoadShape(Shape):
    """Traffic at peak."""

    requests_per_second: Annotated[float, Field(gt=0, le=1e9)] | None = Field(None, description="at peak")
    read_share: Share | None = Field(None, description="of all requests, 0 to 1")
    concurrent_users: Annotated[int, Field(ge=0, le=10**10)] | None = Field(
        None, description="at once, not in total"
    )
    latency: LatencyShape | None = None
    availability: Annotated[float, Field(ge=50, lt=100)] | None = Field(None, description="in percent: 99.9")


class DataShape(Shape):
    """What is kept."""

    records: Annotated[int, Field(ge=0, le=10**15)] | None = None
    gigabytes: Annotated[float, Field(ge=0, le=1e9)] | None = Field(None, description="1000 to the terabyte")
    retention_days: Annotated[int, Field(ge=1, le=100_000)] | None = None


class DeploymentShape(Shape):
    """Where it runs."""

    target: Target | None = None
    cloud: Product | None = Field(None, description="its short name: aws, azure, gcp, hetzner")
    regions: Annotated[int, Field(ge=1, le=100)] | None = None


class TeamShape(Shape):
    """Who builds and runs it."""

    developers: Annotated[int, Field(ge=1, le=100_000)] | None = None
    knows: list[Product] | None = Field(None, description="products they know")


class BudgetShape(Shape):
    """Spending limits in US dollars a month."""

    infrastructure_usd_per_month: Amount | None = None
    llm_usd_per_month: Amount | None = None


class SecurityShape(Shape):
    """Who may do what, and which rules apply."""

    authentication: list[Authentication] | None = None
    tenancy: Tenancy | None = None
    personal_data: bool | None = None
    compliance: list[Product] | None = Field(None, description="gdpr, hipaa, pci_dss, soc2, iso27001, ...")


class PreferShape(Shape):
    """Products wished for; a wish wins over the tool's own choice."""

    framework: Product | None = None
    database: Product | None = None
    cache: Product | None = None
    broker: Product | None = None
    vector_store: Product | None = None
    retrieval: Retrieval | None = Field(None, description="how an assistant finds passages")
    embedding_model: Product | None = None
    language_model: Product | None = None
    answer_cache: Product | None = Field(None, description="none, exact or semantic_guarded")


class IntegrationShape(Shape):
    """An outside system."""

    name: Annotated[str, Field(min_length=1, max_length=60, description="what it is for")]
    kind: Annotated[
        str, Field(min_length=1, max_length=40, description="how it is reached: http, grpc, events, sso")
    ]
    product: Annotated[str, Field(max_length=60)] = ""


class FieldShape(Shape):
    """A typed field of an entity, in its long form."""

    kind: FieldKind
    required: bool = True
    unique: bool = False
    default: str | int | float | bool | None = None
    min_length: Annotated[int, Field(ge=0, le=1_000_000, description="string, text: characters")] | None = (
        None
    )
    max_length: Annotated[int, Field(ge=1, le=1_000_000, description="string, text: characters")] | None = (
        None
    )
    pattern: (
        Annotated[str, Field(max_length=500, description="string: a regular expression for the whole value")]
        | None
    ) = None
    minimum: Annotated[float, Field(description="integer, float, decimal, money")] | None = None
    maximum: Annotated[float, Field(description="integer, float, decimal, money")] | None = None
    max_digits: Annotated[int, Field(ge=1, le=100, description="decimal: digits in all")] | None = None
    decimal_places: (
        Annotated[int, Field(ge=0, le=50, description="decimal: digits behind the point")] | None
    ) = None
    choices: (
        Annotated[
            list[Annotated[str, Field(pattern=_SNAKE)]],
            Field(min_length=1, max_length=100, description="enum"),
        ]
        | None
    ) = None
    references: (
        Annotated[str, Field(pattern=_CAMEL, description="reference: an entity of the same service")] | None
    ) = None
    description: Annotated[str, Field(max_length=500)] = ""


class TransitionShape(Shape):
    """A change of state: from any of these states to that one."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)

    sources: Annotated[list[str], Field(alias="from", min_length=1, max_length=50)]
    target: Annotated[str, Field(alias="to")]


class StatesShape(Shape):
    """The life of an entity: its status, which only transitions change."""

    initial: Annotated[str, Field(pattern=_SNAKE)]
    names: Annotated[list[Annotated[str, Field(pattern=_SNAKE)]], Field(max_length=50)] | None = Field(
        None, description="all states in order; left out, those that the transitions name"
    )
    transitions: dict[Annotated[str, Field(pattern=_SNAKE)], TransitionShape]


class EntityShape(Shape):
    """A thing to store. Every entity has id, version, created_at and updated_at besides."""

    description: Annotated[str, Field(max_length=500)] = ""
    owned: bool | None = Field(None, description="only its owner (or an admin) sees a row")
    fields: dict[Annotated[str, Field(pattern=_SNAKE)], FieldShape]
    states: StatesShape | None = None
    emits: list[Annotated[str, Field(min_length=1, max_length=80)]] | None = None
    filters: list[str] | None = Field(
        None, description="fields a list can be narrowed by; each costs an index"
    )
    sorts: list[str] | None = Field(None, description="fields a list can be ordered by; created_at always is")


class ServiceShape(Shape):
    """One deployable service."""

    name: Kebab | None = None
    interfaces: list[Interface] | None = None
    entities: dict[Annotated[str, Field(pattern=_CAMEL)], EntityShape] | None = None
    calls: list[Kebab] | None = None


class StepShape(Shape):
    """One step of a saga, and what undoes it."""

    service: Kebab
    action: Annotated[str, Field(min_length=1, max_length=120)]
    compensation: Annotated[str, Field(min_length=1, max_length=120)] | None = None


class WorkflowShape(Shape):
    """A saga."""

    name: Kebab
    steps: Annotated[list[StepShape], Field(min_length=1, max_length=50)]


class AssistantShape(Shape):
    """The language-model part."""

    tasks: list[Task] | None = None
    documents: Annotated[int, Field(ge=0, le=10**12)] | None = None
    pages_per_document: Annotated[float, Field(gt=0, le=1e6)] | None = None
    gigabytes: Annotated[float, Field(gt=0, le=1e9)] | None = Field(None, description="of their plain text")
    formats: list[Format] | None = None
    languages: list[Annotated[str, Field(pattern=LANGUAGE)]] | None = Field(
        None, description="of the documents: two letters each, or many"
    )
    changes_per_day: Annotated[float, Field(ge=0, le=1e12)] | None = Field(
        None, description="documents added or changed"
    )
    searchable_within_minutes: Annotated[float, Field(gt=0, le=1e6)] | None = Field(
        None, description="from a change until it is found"
    )
    questions_per_day: Annotated[float, Field(ge=0, le=1e12)] | None = None
    streaming: bool | None = None
    first_token_milliseconds: Annotated[float, Field(gt=0, le=600_000)] | None = None
    answer_milliseconds: Annotated[float, Field(gt=0, le=600_000)] | None = Field(
        None, description="until the whole answer is there"
    )
    access: Access | None = Field(None, description="who may see a document")
    data_stays: DataStays | None = Field(None, description="how far the documents' text may travel")
    quality: Share | None = Field(None, description="share of the answers that must be right, 0 to 1")


class DocumentShape(Shape):
    """What is wanted of a backend. Whatever is left out is unknown, and is asked or assumed."""

    intent: Intent | None = None
    name: Kebab | None = None
    purpose: Annotated[str, Field(max_length=1000)] | None = None
    load: LoadShape | None = None
    data: DataShape | None = None
    deployment: DeploymentShape | None = None
    team: TeamShape | None = None
    budget: BudgetShape | None = None
    security: SecurityShape | None = None
    prefer: PreferShape | None = None
    avoid: list[Product] | None = None
    integrations: list[IntegrationShape] | None = None
    services: Annotated[list[ServiceShape], Field(max_length=40)] | None = None
    workflows: list[WorkflowShape] | None = None
    assistant: AssistantShape | None = None


_SHORT: Final = {
    "type": "string",
    "pattern": SHORT_FIELD,
    "description": "a kind, or -> Entity; with ? when it may be left out",
}


def schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of architect.yaml, short forms of fields included."""
    described = DocumentShape.model_json_schema(by_alias=True)
    fields = described["$defs"]["EntityShape"]["properties"]["fields"]
    for name, values in fields.get("patternProperties", {}).items():
        fields["patternProperties"][name] = {"anyOf": [_SHORT, values]}
    described.pop("title", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "architect.yaml", **described}


if __name__ == "__main__":
    import json
    import sys

    sys.stdout.write(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n")

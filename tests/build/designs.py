"""Briefs and designs for the tests of this folder, by hand."""

from dataclasses import replace
from typing import TypeVar

from architect.model.brief import Brief, Service
from architect.model.decision import Decision, Option
from architect.model.design import Design, Sizing
from architect.model.entity import Entity, Field, States, Transition
from architect.model.fact import Fact

T = TypeVar("T")

SIZING = Sizing(
    replicas=2,
    workers_per_replica=1,
    pool_size_per_replica=10,
    cpu_millicores=500,
    memory_mebibytes=512,
    database_connections=60,
    rate_limit_requests=600,
    rate_limit_window_seconds=60,
    predicted_p50_ms=4.0,
    predicted_p95_ms=12.0,
    predicted_p99_ms=20.0,
    saturation_requests_per_second=900.0,
    utilisation=0.3,
    monthly_usd=180.0,
)


def fact(value: T) -> Fact[T]:
    return Fact(value, "stated", "the test says so")


def entity(
    name: str,
    *fields: Field,
    owned: bool = True,
    states: States | None = None,
    filters: tuple[str, ...] = (),
    sorts: tuple[str, ...] = (),
) -> Entity:
    return Entity(
        name=name,
        fields=tuple(fact(field) for field in fields),
        owned=fact(owned),
        states=fact(states) if states else None,
        filters=filters,
        sorts=sorts,
    )


def decision(name: str, choice: str) -> Decision:
    option = Option(choice, choice, (), ())
    return Decision(name, name, "", (option,), choice, (), (), "lint: it is clean")


def design(name: str, *entities: Entity, purpose: str = "", **chosen: str) -> Design:
    """A design of one service of these entities; ``chosen`` names decisions and their choices."""
    brief = Brief(
        name=fact(name),
        purpose=fact(purpose) if purpose else None,
        services=(Service(name=fact(name), entities=tuple(fact(one) for one in entities)),),
    )
    choices = {
        "interface_style": "both",
        "framework": "fastapi",
        "datastore": "postgresql",
        "identity": "jwt",
        "rate_limiting": "redis",
        "deployment": "kubernetes",
    } | chosen
    decisions = tuple(decision(each, choice) for each, choice in choices.items())
    return Design(brief, decisions, SIZING, (), ())


SPECIMEN = entity(
    "Specimen",
    Field(
        "catalogue_number",
        "string",
        unique=True,
        min_length=4,
        max_length=32,
        pattern=r"^[A-Z]{2,4}-[0-9]{1,27}$",
    ),
    Field("taxon", "string"),
    Field("notes", "text", required=False),
    Field("sheet_count", "integer", minimum=1, maximum=999, default=1),
    Field("elevation_metres", "float", required=False, minimum=-500, maximum=9000),
    Field("mass_grams", "decimal", required=False, max_digits=12, decimal_places=3, minimum=0),
    Field("appraised_value", "money", required=False, minimum=0),
    Field("fragile", "boolean", default=False),
    Field("collected_on", "date"),
    Field("examined_at", "datetime", required=False),
    Field("accession_key", "uuid", required=False),
    Field("contact_email", "email", required=False),
    Field("image_url", "url", required=False),
    Field("preservation", "enum", choices=("pressed", "dried", "spirit", "frozen"), default="pressed"),
    Field("collector", "reference", references="Collector"),
    Field("attributes", "json", required=False),
    states=States(
        ("draft", "catalogued", "on_loan", "withdrawn"),
        "draft",
        (
            Transition("catalogue", ("draft",), "catalogued"),
            Transition("lend", ("catalogued",), "on_loan"),
            Transition("take_back", ("on_loan",), "catalogued"),
            Transition("withdraw", ("draft", "catalogued"), "withdrawn"),
        ),
    ),
    filters=("catalogue_number", "taxon", "collected_on", "preservation", "collector"),
    sorts=("catalogue_number", "taxon", "collected_on", "appraised_value"),
)

COLLECTOR = entity(
    "Collector",
    Field("name", "string"),
    Field("email", "email", unique=True),
    Field("active", "boolean", default=True),
    filters=("email", "active"),
    sorts=("name",),
)

EXEMPLAR = design(
    "quillwort",
    SPECIMEN,
    COLLECTOR,
    purpose="Keep a herbarium's specimens and the people who collected them.",
)


def without(known: Design, name: str) -> Design:
    return replace(known, decisions=tuple(each for each in known.decisions if each.name != name))

"""Briefs for the tests of this folder, by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from architect.design.case import Case, provider_of
from architect.design.engine import choices, design
from architect.design.needs import read_needs
from architect.design.paths import told
from architect.design.tables import Tables, shipped
from architect.model.brief import Brief, Service
from architect.model.decision import Option
from architect.model.entity import Entity, Field, States, Transition
from architect.model.fact import Fact

STATED = "the test says so"

T = TypeVar("T")
Value = float | str | bool | Sequence[str]


def fact(value: T) -> Fact[T]:
    return Fact(value, "stated", STATED)


def brief(values: Mapping[str, Value] | None = None, **services: tuple[Entity, ...]) -> Brief:
    """A brief of plain values by path, and services with their entities by name."""
    made = Brief(
        services=tuple(
            Service(name=fact(name), entities=tuple(fact(one) for one in entities))
            for name, entities in services.items()
        )
    )
    for path, value in (values or {}).items():
        made = made.put(path, fact(value) if isinstance(value, bool) else told(path, value, STATED))
    return made


OWNED = fact(value=True)

CUSTOMER = Entity(
    "Customer",
    (fact(Field("name", "string")), fact(Field("email", "email", unique=True))),
    owned=OWNED,
    filters=("email",),
    sorts=("name",),
)
ORDER = Entity(
    "Order",
    (fact(Field("customer", "reference", references="Customer")), fact(Field("total", "money"))),
    owned=OWNED,
    states=fact(States(("placed", "paid"), "placed", (Transition("pay", ("placed",), "paid"),))),
    filters=("customer", "status"),
    sorts=("total",),
)

DEMO_VALUES: Mapping[str, Value] = {
    "prefer.framework": "fastapi",
    "prefer.database": "postgresql",
    "services[].interfaces": ("rest", "grpc"),
    "load.requests_per_second": 200.0,
    "load.latency.percentile": 95.0,
    "load.latency.milliseconds": 300.0,
    "security.authentication": ("jwt",),
    "deployment.target": "kubernetes",
}
DEMO = replace(brief(DEMO_VALUES, shop=(CUSTOMER, ORDER)), name=fact("shop"))
EMPTY = Brief()


def case_of(known: Brief, tables: Tables | None = None, **chosen: str) -> Case:
    """The case of a whole brief with the engine's choices, some of them replaced."""
    constants = tables or shipped()
    settled = design(known, constants)
    needs = read_needs(settled.brief)
    made = {decision.name: decision.choice for decision in settled.decisions} | chosen
    return Case(settled.brief, needs, constants, provider_of(needs.cloud, constants), made)


def option(known: Brief, decision: str, name: str) -> Option:
    """One option as it was weighed for a brief."""
    return next(each for each in design(known).decision(decision).options if each.name == name)


def choice(decision: str, values: Mapping[str, Value] | None = None, **services: tuple[Entity, ...]) -> str:
    """What is chosen for a brief of plain values."""
    return choices(brief(values, **services))[decision]

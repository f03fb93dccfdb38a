"""Briefs and designs for the tests of this folder, by hand."""

from architect.model.brief import Brief, Deployment, Load, Security, Service
from architect.model.decision import Decision, Option
from architect.model.design import Design, Sizing
from architect.model.entity import Entity, Field, States, Transition
from architect.model.fact import Fact


def fact[T](value: T) -> Fact[T]:
    return Fact(value, "stated", "the test says so")


def entity(name: str, *fields: Field, owned: bool = True, states: States | None = None, **more: tuple[str, ...]) -> Entity:
    return Entity(
        name=name,
        fields=tuple(fact(field) for field in fields),
        owned=fact(owned),
        states=fact(states) if states else None,
        filters=more.get("filters", ()),
        sorts=more.get("sorts", ()),
    )

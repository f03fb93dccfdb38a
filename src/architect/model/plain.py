"""From our frozen values to what JSON can hold; the only shape that leaves the process."""

from dataclasses import fields, is_dataclass
from typing import TypeAlias

from architect.model.brief import Brief, Service
from architect.model.entity import Entity
from architect.model.fact import Fact

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"


def plain(value: object) -> Plain:
    """Return ``value`` as JSON-ready data: every field of every dataclass, tuples as lists.

    Raises:
        TypeError: a value has no JSON shape.
    """
    if isinstance(value, Brief):
        return brief_to_plain(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    message = f"{type(value).__name__} has no JSON shape"
    raise TypeError(message)


def brief_to_plain(brief: Brief) -> Plain:
    """Return the brief as ``architect brief --json`` prints it: unknown values are left out."""
    return _known(brief)


def _known(value: object) -> Plain:
    if isinstance(value, Fact):
        return {"value": _known(value.value), "provenance": value.provenance, "because": value.because}
    if isinstance(value, Service):
        return _service(value)
    if isinstance(value, Entity):
        return _entity(value)
    if isinstance(value, tuple):
        return [_known(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _without_unknown({each.name: _known(getattr(value, each.name)) for each in fields(value)})
    return plain(value)


def _service(service: Service) -> Plain:
    entities: dict[str, Plain] = {
        fact.value.name: {
            "value": _known(fact.value),
            "provenance": fact.provenance,
            "because": fact.because,
        }
        for fact in service.entities
    }
    return _without_unknown(
        {
            "name": _known(service.name),
            "interfaces": _known(service.interfaces),
            "entities": entities,
            "calls": _known(service.calls),
        }
    )


def _entity(entity: Entity) -> Plain:
    named: dict[str, Plain] = {
        fact.value.name: {
            "value": _without_unknown(
                {key: item for key, item in _mapping(plain(fact.value)).items() if key != "name"}
            ),
            "provenance": fact.provenance,
            "because": fact.because,
        }
        for fact in entity.fields
    }
    return _without_unknown(
        {
            "description": entity.description,
            "fields": named,
            "owned": _known(entity.owned),
            "states": _known(entity.states),
            "emits": _known(entity.emits),
            "filters": _known(entity.filters),
            "sorts": _known(entity.sorts),
        }
    )


def _mapping(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _without_unknown(mapping: dict[str, Plain]) -> dict[str, Plain]:
    return {key: item for key, item in mapping.items() if item not in (None, [], {}, "")}

"""Entities of a brief -> entities that can be written: names made safe, references resolved and ordered."""

import keyword
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from architect.build.entity.kind import KINDS
from architect.build.entity.reserved import ASSISTANTS_OWN, METHODS, RESERVED_FIELDS, RESERVED_IN_SQL
from architect.build.entity.words import prose
from architect.model.brief import Brief
from architect.model.entity import Entity, Field, States, Transition
from architect.model.errors import InputError
from architect.model.naming import pascal_case, plural, snake_case

CURRENCY: Final = Field(name="currency", kind="string", default="EUR")
"""What an entity with money gets when its brief names no currency of its own."""

BASE: Final = ("id", "owner_id", "version", "created_at", "updated_at")
"""What every entity has, written by the service alone."""


@dataclass(frozen=True, slots=True)
class Named:
    """One entity with safe names, its field kinds resolved.

    ``kinds`` holds the kind of every field by name; ``late`` the fields whose foreign key has to wait
    until a later table stands.
    """

    name: str
    snake: str
    plural: str
    prose: str
    description: str
    owned: bool
    fields: tuple[Field, ...]
    kinds: tuple[str, ...]
    states: States | None
    filters: tuple[str, ...]
    sorts: tuple[str, ...]
    late: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entities:
    """Entities in the order in which their tables can be made, and what had to be changed for that."""

    named: tuple[Named, ...]
    told: tuple[str, ...] = ()


def entities(brief: Brief) -> Entities:
    """Return the entities of all services of a brief.

    Raises:
        InputError: there are none, two have the same name, or one refers to none of them.
    """
    told: list[str] = []
    wished = [fact.value for service in brief.services for fact in service.entities]
    if not wished:
        raise InputError(
            "no entity is named",
            where="services",
            mend="say what the service keeps, orders and customers say",
        )
    if brief.assistant.tasks:
        _refuse_assistants_own(wished)
    named = [_named(entity) for entity in wished]
    for entity in named:
        _refuse_twice(entity.name, [other.name for other in named], "two entities are called")
        _refuse_twice(entity.plural, [other.plural for other in named], "two entities have the plural")
        for field in entity.fields:
            _refuse_twice(
                field.name, [other.name for other in entity.fields], f"{entity.name} has two fields"
            )
    known = {entity.snake: entity for entity in named}
    resolved = [_resolved(entity, known) for entity in named]
    return Entities(_ordered(resolved, told), tuple(told))


def _refuse_assistants_own(wished: Sequence[Entity]) -> None:
    for entity in wished:
        if plural(entity.name) in ASSISTANTS_OWN:
            raise InputError(
                f"the assistant keeps {plural(entity.name)} itself",
                where=entity.name,
                mend=f"take the entity away, or call it {pascal_case(entity.name)}Record",
            )


def _refuse_twice(name: str, names: Sequence[str], what: str) -> None:
    if names.count(name) > 1:
        raise InputError(f"{what} {name}", where="services", mend="rename one of them")


def _named(entity: Entity) -> Named:
    name = pascal_case(entity.name)
    snake = snake_case(entity.name)
    if not name.isidentifier() or keyword.iskeyword(snake):
        raise InputError(
            f"{entity.name!r} is no name for an entity",
            where="services",
            mend="use letters and digits, and no word of Python",
        )
    if plural(entity.name) in RESERVED_IN_SQL:
        raise InputError(
            f"its table would be called {plural(entity.name)}, a reserved word of SQL",
            where=entity.name,
            mend=f"call it {name}Record",
        )
    states = entity.states.value if entity.states else None
    facts = [fact.value for fact in entity.fields if not (states and snake_case(fact.value.name) == "status")]
    fields = _with_currency([_field(field, name) for field in facts])
    return Named(
        name=name,
        snake=snake,
        plural=plural(entity.name),
        prose=prose(entity.name),
        description=entity.description,
        owned=entity.owned.value if entity.owned else True,
        fields=fields,
        kinds=tuple(_kind(field, fields) for field in fields),
        states=_states(states, name),
        filters=_offered(entity.filters, fields, "filter", ("status",) if states else ()),
        sorts=_offered(entity.sorts, fields, "sort"),
    )


def _field(field: Field, entity: str) -> Field:
    name = snake_case(field.name)
    if field.kind == "reference" and not name.endswith("_id"):
        name = f"{name}_id"
    if name in RESERVED_FIELDS or name in BASE or keyword.iskeyword(name):
        raise InputError(
            f"a field cannot be called {name}, which has a meaning already",
            where=f"{entity}.{field.name}",
            mend=f"call it {snake_case(entity)}_{name}",
        )
    if not name.isidentifier():
        raise InputError(
            f"{field.name!r} is no name for a field", where=entity, mend="use letters and digits"
        )
    # What has a default is never empty: leaving it out is how to say nothing.
    return replace(field, name=name, required=field.required or field.default is not None)


def _with_currency(fields: Sequence[Field]) -> tuple[Field, ...]:
    if not any(field.kind == "money" for field in fields) or any(f.name == "currency" for f in fields):
        return tuple(fields)
    at = next(place for place, field in enumerate(fields) if field.kind == "money") + 1
    return (*fields[:at], CURRENCY, *fields[at:])


def _kind(field: Field, fields: Iterable[Field]) -> str:
    paid = field.name == "currency" and field.kind == "string"
    return "currency" if paid and any(other.kind == "money" for other in fields) else field.kind


def _states(states: States | None, entity: str) -> States | None:
    if states is None:
        return None
    transitions = tuple(
        Transition(_transition_name(each.name, entity), each.sources, each.target)
        for each in states.transitions
    )
    return States(states.names, states.initial, transitions)


def _transition_name(name: str, entity: str) -> str:
    snake = snake_case(name)
    if snake in METHODS or keyword.iskeyword(snake) or not snake.isidentifier():
        raise InputError(
            f"a transition cannot be called {name}, which has a meaning already",
            where=f"{entity}.states",
            mend=f"call it {snake}_{snake_case(entity)}",
        )
    return snake


def _offered(
    wished: Sequence[str], fields: Sequence[Field], capability: str, always: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the wished names that are fields whose kind allows it, each once, in the order wished."""
    offered = {field.name for field in fields if _allows(field, capability)}
    names = [snake_case(name) for name in wished]
    found = [name if name in offered else f"{name}_id" for name in names]
    return tuple(dict.fromkeys([*(n for n in found if n in offered or n in always), *always]))


def _allows(field: Field, capability: str) -> bool:
    kind = KINDS[field.kind]
    return kind.sortable if capability == "sort" else kind.filter != "none"


def _resolved(entity: Named, known: dict[str, Named]) -> Named:
    fields = []
    for field in entity.fields:
        if field.kind != "reference":
            fields.append(field)
            continue
        target = known.get(snake_case(field.references or ""))
        if target is None:
            raise InputError(
                f"refers to {field.references or 'nothing'}, which is no entity here",
                where=f"{entity.name}.{field.name}",
                mend=f"use one of {', '.join(sorted(other.name for other in known.values()))}",
            )
        fields.append(replace(field, references=target.name))
    return replace(entity, fields=tuple(fields))


def _ordered(named: Sequence[Named], told: list[str]) -> tuple[Named, ...]:
    """Return each entity after those it refers to; in a circle, foreign keys wait for the later table.

    A circle of required references could never get its first row, so one of them becomes optional.
    """
    placed: list[Named] = []
    waiting = list(named)
    while waiting:
        left = {entity.name for entity in waiting}
        ready = [entity for entity in waiting if not _needs(entity) & (left - {entity.name})]
        taken = ready[0] if ready else waiting[0]
        waiting.remove(taken)
        left.discard(taken.name)
        placed.append(taken if ready else _opened(taken, left, told))
    return tuple(_unlocked(entity, told) for entity in placed)


def _needs(entity: Named) -> set[str]:
    return {field.references for field in entity.fields if field.kind == "reference" and field.references}


def _opened(entity: Named, later: set[str], told: list[str]) -> Named:
    late = frozenset(field.name for field in entity.fields if field.references in later)
    return replace(
        entity, late=late, fields=tuple(_optional(f, f.name in late, entity, told) for f in entity.fields)
    )


def _unlocked(entity: Named, told: list[str]) -> Named:
    return replace(
        entity,
        fields=tuple(_optional(f, f.references == entity.name, entity, told) for f in entity.fields),
    )


def _optional(field: Field, locked: bool, entity: Named, told: list[str]) -> Field:  # noqa: FBT001 - one of two data
    if not (locked and field.required):
        return field
    told.append(
        f"{entity.name}.{field.name} is optional, because references that need each other in a circle"
        " would leave no first row to make."
    )
    return replace(field, required=False)

"""What an assistant keeps itself, so that it is no entity of the service's own."""

from dataclasses import replace
from typing import Final

from architect.model.brief import Assistant, Service
from architect.model.entity import Entity
from architect.model.fact import Fact

OWN: Final = frozenset(
    {"Document", "Question", "AskQuestion", "Answer", "Passage", "Chunk", "Citation", "Embedding"}
)
"""Names that a text gives to what an assistant reads, is asked and tells."""


def without_assistants_own(services: tuple[Service, ...], assistant: Assistant) -> tuple[Service, ...]:
    """Return services without the entities that the assistant keeps, and without references to them.

    Args:
        services: as the text names them.
        assistant: what was read of an assistant; services stay as they are when none is wanted.
    """
    if not assistant.tasks:
        return services
    return tuple(replace(service, entities=_left(service)) for service in services)


def _left(service: Service) -> tuple[Fact[Entity], ...]:
    return tuple(
        replace(fact, value=_unbound(fact.value)) for fact in service.entities if fact.value.name not in OWN
    )


def _unbound(entity: Entity) -> Entity:
    fields = tuple(field for field in entity.fields if field.value.references not in OWN)
    gone = {field.value.name for field in entity.fields} - {field.value.name for field in fields}
    return replace(
        entity,
        fields=fields,
        filters=tuple(name for name in entity.filters if name not in gone),
        sorts=tuple(name for name in entity.sorts if name not in gone),
    )

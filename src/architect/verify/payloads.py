"""Request bodies for the entities of a brief: valid ones, and ones that break one constraint each."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from architect.model.entity import Entity, Field
from architect.model.naming import plural, snake_case
from architect.model.plain import Plain
from architect.verify.values import Values

Body = dict[str, Plain]


@dataclass(frozen=True, slots=True)
class Invalid:
    """A body that breaks one constraint: ``rule`` of ``field``."""

    field: str
    rule: str
    body: Body


class Payloads:
    """Makes bodies as REST takes them; :func:`for_grpc` turns one into what ``ParseDict`` takes.

    Args:
        entities: the service's entities.
        seed: the same seed gives the same bodies in the same order; gates that share a database
            take different ones, since unique values would meet.
    """

    def __init__(self, entities: tuple[Entity, ...], seed: int = 1) -> None:
        self.entities = entities
        self._values = Values(seed)

    def order(self) -> tuple[Entity, ...]:
        """Return the entities, each after those that it must refer to.

        Raises:
            ValueError: required references run in a circle.
        """
        ordered: list[Entity] = []
        waiting = list(self.entities)
        while waiting:
            known = {entity.name for entity in ordered}
            ready = [entity for entity in waiting if needed(entity) <= known | {entity.name}]
            if not ready:
                circle = ", ".join(entity.name for entity in waiting)
                message = f"required references run in a circle: {circle}"
                raise ValueError(message)
            ordered += ready
            waiting = [entity for entity in waiting if entity not in ready]
        return tuple(ordered)

    def body(self, entity: Entity, references: Mapping[str, str]) -> Body:
        """Return a valid body with every field filled in, its unique values never used before.

        Args:
            entity: what to make.
            references: id of an existing row for each referenced entity's name; an optional
                reference without one is left out.

        Raises:
            KeyError: a required reference has no id.
        """
        body: Body = {}
        for field in settable(entity):
            if field.kind != "reference":
                body[wire_name(field)] = self._values.valid(field)
            elif field.required or (field.references or "") in references:
                body[wire_name(field)] = references[field.references or ""]
        return body

    def smallest(self, entity: Entity, references: Mapping[str, str]) -> Body:
        """Return a valid body with nothing but what must be there."""
        full = self.body(entity, references)
        return {
            wire_name(field): full[wire_name(field)]
            for field in settable(entity)
            if field.required and field.default is None and wire_name(field) in full
        }

    def invalid(self, entity: Entity, references: Mapping[str, str]) -> list[Invalid]:
        """Return bodies that each break one constraint of one field and keep all the others."""
        found: list[Invalid] = []
        for field in settable(entity):
            for broken in self._values.broken(field):
                if field.kind == "json" and broken.rule == "type":
                    continue
                body = self.body(entity, references)
                if broken.rule == "required":
                    body.pop(wire_name(field))
                else:
                    body[wire_name(field)] = broken.value
                found.append(Invalid(wire_name(field), broken.rule, body))
        return found

    def change(self, entity: Entity) -> Body:
        """Return a valid partial update of one field that is neither unique nor a reference; may be empty."""
        for field in settable(entity):
            if field.kind not in ("reference", "json") and not field.unique:
                return {wire_name(field): self._values.valid(field)}
        return {}

    async def create(
        self, client: httpx.AsyncClient, entity: Entity, token: str, made: dict[str, str] | None = None
    ) -> Body:
        """Create an entity over REST, with the rows that it refers to first, and return it as answered.

        Args:
            client: a client of the service.
            entity: what to create.
            token: a token that may write it and what it refers to.
            made: ids by entity name of rows to refer to; those made here are added.

        Raises:
            RuntimeError: an answer was not 201; the message quotes it.
        """
        known = {} if made is None else made
        by_name = {each.name: each for each in self.entities}
        for name in needed(entity) - known.keys() - {entity.name}:
            row = await self.create(client, by_name[name], token, known)
            known[name] = str(row["id"])
        answer = await client.post(
            path(entity), json=self.body(entity, known), headers={"Authorization": f"Bearer {token}"}
        )
        if answer.status_code != httpx.codes.CREATED:
            message = f"POST {path(entity)} answered {answer.status_code}: {answer.text[:400]}"
            raise RuntimeError(message)
        created: Body = answer.json()
        return created


def settable(entity: Entity) -> tuple[Field, ...]:
    """Return the fields a caller may set: all but the state, which only transitions change."""
    fields = tuple(fact.value for fact in entity.fields)
    return tuple(field for field in fields if not (entity.states and field.name == "status"))


def needed(entity: Entity) -> set[str]:
    """Return the names of the entities that a row of this one must refer to."""
    return {
        field.references
        for field in settable(entity)
        if field.kind == "reference" and field.required and field.references
    }


def wire_name(field: Field) -> str:
    """Return a field's name in JSON, in protos and in columns: a reference ends in ``_id``."""
    name = snake_case(field.name)
    return f"{name}_id" if field.kind == "reference" and not name.endswith("_id") else name


def path(entity: Entity) -> str:
    """Return an entity's collection path (``/v1/order_lines``)."""
    return f"/v1/{plural(entity.name)}"


def scopes(*entities: Entity, rights: tuple[str, ...] = ("read", "write")) -> list[str]:
    """Return the scopes that give those rights on entities (``orders:read``)."""
    return [f"{plural(entity.name)}:{right}" for entity in entities for right in rights]


def for_grpc(entity: Entity, body: Body) -> Body:
    """Return a body with enum values named as in the protos, for ``json_format.ParseDict``."""
    enums = {wire_name(field) for field in settable(entity) if field.kind == "enum"}
    prefix = snake_case(entity.name)
    return {
        name: f"{prefix}_{name}_{value}".upper() if name in enums and isinstance(value, str) else value
        for name, value in body.items()
    }

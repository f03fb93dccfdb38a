"""Entities of architect.yaml: short forms, and the rules that names and references keep."""

import re
from dataclasses import dataclass
from typing import Final, TypeVar

from architect.briefing.entities.assemble import indexed, with_currency
from architect.briefing.file.constraints import a, problems
from architect.briefing.file.problems import did_you_mean, refused
from architect.briefing.file.shape import SHORT_FIELD, EntityShape, FieldShape
from architect.briefing.file.source import Path, Source, Value
from architect.briefing.file.states import states_of
from architect.briefing.reserved import (
    MOST_ENTITIES,
    MOST_FIELDS,
    entity_problem,
    field_problem,
    mended_entity,
    mended_field,
)
from architect.model.entity import FIELD_KINDS, Entity, Field
from architect.model.fact import Fact
from architect.model.naming import plural, snake_case

_NO_FILTER: Final = frozenset({"text", "json", "money", "float", "decimal"})
_NO_SORT: Final = frozenset({"text", "json", "reference", "uuid", "boolean", "enum"})
_SHORT = re.compile(SHORT_FIELD)
Value_ = TypeVar("Value_")


def lengthened(value: Value, path: Path, source: Source) -> Value:
    """Return an entity's raw mapping with its fields' short forms written long.

    Raises:
        InputError: a short form is neither a kind nor a reference.
    """
    if not isinstance(value, dict) or not isinstance(value.get("fields"), dict):
        return value
    fields: dict[str, Value] = {}
    raw = value["fields"]
    if isinstance(raw, dict):
        for name, field in raw.items():
            fields[name] = _long(field, (*path, "fields", name), source) if isinstance(field, str) else field
    return {**value, "fields": fields}


def _long(short: str, path: Path, source: Source) -> Value:
    word = short.strip()
    if not _SHORT.match(word):
        what = f"{path[-1]} has the unknown kind {word!r}"
        raise refused(source, path, what, did_you_mean(word.rstrip("?"), FIELD_KINDS))
    optional = word.endswith("?")
    word = word.rstrip("?")
    if word.startswith("->"):
        return {"kind": "reference", "references": word[2:].strip(), "required": not optional}
    return {"kind": word, "required": not optional}


@dataclass(frozen=True)
class Reader:
    """Turns the entities of one service into model values; ``path`` is where they stand."""

    source: Source
    path: Path
    owned: Fact[bool]

    def read(self, shapes: dict[str, EntityShape]) -> tuple[Fact[Entity], ...]:
        """Return the entities.

        Raises:
            InputError: a name, a constraint, a reference or a state breaks a rule.
        """
        if len(shapes) > MOST_ENTITIES:
            raise refused(
                self.source,
                self.path,
                f"{len(shapes)} entities are too many",
                f"a service has at most {MOST_ENTITIES}: split it",
            )
        self._names(shapes)
        entities = tuple(self._entity(name, shape, shapes) for name, shape in shapes.items())
        self._circles(shapes)
        return entities

    def _names(self, shapes: dict[str, EntityShape]) -> None:
        tables: dict[str, str] = {}
        for name in shapes:
            path = (*self.path, name)
            problem = entity_problem(name)
            if problem:
                raise refused(
                    self.source,
                    path,
                    f"the entity name {name!r} {problem}",
                    f"{mended_entity(name)!r} would do",
                    key=True,
                )
            table = plural(name)
            if table in tables:
                what = f"the entities {tables[table]!r} and {name!r} would share the table {table!r}"
                raise refused(self.source, path, what, "rename one of them", key=True)
            tables[table] = name

    def _entity(self, name: str, shape: EntityShape, shapes: dict[str, EntityShape]) -> Fact[Entity]:
        path = (*self.path, name)
        if not shape.fields:
            raise refused(self.source, path, f"{name} has no fields", "give it at least one")
        if len(shape.fields) > MOST_FIELDS:
            raise refused(
                self.source,
                path,
                f"{name} has {len(shape.fields)} fields",
                f"an entity has at most {MOST_FIELDS}: split it",
            )
        fields = tuple(self._field(name, each, field, shapes) for each, field in shape.fields.items())
        self._columns(name, fields)
        owned = self.owned if shape.owned is None else self._fact(value=shape.owned, path=(*path, "owned"))
        states = None
        if shape.states:
            at = (*path, "states")
            states = self._fact(states_of(shape.states, name, at, self.source), at, key=True)
        emits = tuple(self._fact(each, (*path, "emits", at)) for at, each in enumerate(shape.emits or ()))
        entity = Entity(name, with_currency(fields), owned, states, emits, description=shape.description)
        usual = indexed(entity)
        filters = (
            usual.filters
            if shape.filters is None
            else self._listed(entity, "filters", shape.filters, _NO_FILTER)
        )
        sorts = usual.sorts if shape.sorts is None else self._listed(entity, "sorts", shape.sorts, _NO_SORT)
        whole = Entity(name, entity.fields, owned, states, emits, filters, sorts, shape.description)
        return self._fact(whole, path, key=True)

    def _field(
        self, entity: str, name: str, shape: FieldShape, shapes: dict[str, EntityShape]
    ) -> Fact[Field]:
        path = (*self.path, entity, "fields", name)
        wrong = field_problem(name)
        if wrong:
            mend = (
                "write `states:` beside `fields:`"
                if name == "status"
                else f"{mended_field(name, entity)!r} would do"
            )
            if wrong.endswith("already"):
                mend = "leave it out"
            raise refused(self.source, path, f"the field name {name!r} of {entity} {wrong}", mend, key=True)
        for problem in problems(f"{entity}.{name}", shape):
            where = (*path, *problem.steps)
            raise refused(self.source, where, problem.what, problem.mend, key=bool(problem.steps))
        if shape.kind == "reference" and shape.references not in shapes:
            what = f"{entity}.{name} refers to {shape.references!r}, which this service does not have"
            raise refused(self.source, path, what, did_you_mean(str(shape.references), shapes))
        if shape.kind == "reference" and shape.references == entity and shape.required:
            raise refused(
                self.source,
                path,
                f"{entity}.{name} needs another {entity} to exist first",
                "add `required: false`",
            )
        field = Field(
            name=name,
            kind=shape.kind,
            required=shape.required,
            unique=shape.unique,
            default=shape.default,
            min_length=shape.min_length,
            max_length=shape.max_length,
            pattern=shape.pattern,
            minimum=shape.minimum,
            maximum=shape.maximum,
            max_digits=shape.max_digits,
            decimal_places=shape.decimal_places,
            choices=tuple(shape.choices or ()),
            references=shape.references,
            description=shape.description,
        )
        return self._fact(field, path, key=True)

    def _columns(self, entity: str, fields: tuple[Fact[Field], ...]) -> None:
        """Refuse two fields with one column: ``customer -> Customer`` and ``customer_id``."""
        columns: dict[str, str] = {}
        for fact in fields:
            field = fact.value
            column = (
                f"{snake_case(field.name)}_id"
                if field.kind == "reference" and not field.name.endswith("_id")
                else field.name
            )
            if column in columns:
                what = (
                    f"the fields {columns[column]!r} and {field.name!r} of {entity} would share the column "
                    f"{column!r}"
                )
                raise refused(
                    self.source,
                    (*self.path, entity, "fields", field.name),
                    what,
                    "rename one of them",
                    key=True,
                )
            columns[column] = field.name

    def _listed(self, entity: Entity, what: str, names: list[str], unfit: frozenset[str]) -> tuple[str, ...]:
        fields = {fact.value.name: fact.value for fact in entity.fields}
        extra = {"created_at", "updated_at"} | ({"status"} if entity.states and what == "filters" else set())
        for at, name in enumerate(names):
            path = (*self.path, entity.name, what, at)
            if name not in fields and name not in extra:
                raise refused(
                    self.source,
                    path,
                    f"{what} of {entity.name} name the unknown field {name!r}",
                    did_you_mean(name, {*fields, *extra}),
                )
            if name in fields and fields[name].kind in unfit:
                raise refused(
                    self.source,
                    path,
                    f"{entity.name}.{name} is {a(fields[name].kind)} and cannot be among the {what}",
                    "remove it there",
                )
            if names.count(name) > 1:
                raise refused(self.source, path, f"{what} of {entity.name} have {name!r} twice", "remove one")
        if what == "sorts" and "created_at" not in names:
            return ("created_at", *names)
        return tuple(names)

    def _circles(self, shapes: dict[str, EntityShape]) -> None:
        needs = {
            name: {
                field.references: each
                for each, field in shape.fields.items()
                if field.kind == "reference" and field.required and field.references
            }
            for name, shape in shapes.items()
        }
        for start in shapes:
            circle = _circle(needs, start)
            if circle:
                field = needs[circle[0]][circle[1]]
                path = (*self.path, circle[0], "fields", field)
                what = f"required references run in a circle: {' -> '.join(circle)}"
                raise refused(
                    self.source, path, what, f"make {circle[0]}.{field} optional: `-> {circle[1]}?`", key=True
                )

    def _fact(self, value: Value_, path: Path, *, key: bool = False) -> Fact[Value_]:
        line, _ = self.source.place(path, key=key)
        return Fact(value, "stated", f"{self.source.name}:{line}")


def _circle(needs: dict[str, dict[str, str]], start: str) -> list[str]:
    """Return a circle of required references through ``start``, as names beginning and ending with it."""
    waiting: list[list[str]] = [[start]]
    seen: set[str] = set()
    while waiting:
        trail = waiting.pop()
        for target in needs.get(trail[-1], ()):
            if target == start:
                return [*trail, start]
            if target not in seen:
                seen.add(target)
                waiting.append([*trail, target])
    return []

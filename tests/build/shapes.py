"""Sets of entities that are hard in one way each."""

from dataclasses import replace
from typing import Final

from designs import COLLECTOR, SPECIMEN, entity

from architect.model.entity import FIELD_KINDS, Entity, Field, States, Transition

_MORE: Final[dict[str, dict[str, object]]] = {
    "enum": {"choices": ("low", "high", "24h")},
    "reference": {"references": "Anchor"},
    "decimal": {"max_digits": 8, "decimal_places": 3},
}

ANCHOR: Final = entity("Anchor", Field("label", "string"), sorts=("label",), filters=("label",))

LIFE: Final = States(
    ("new", "open", "closed"),
    "new",
    (Transition("open_up", ("new",), "open"), Transition("close", ("new", "open"), "closed")),
)


def _kinds(**given: object) -> tuple[Field, ...]:
    return tuple(
        Field(f"a_{kind}", kind, **(_MORE.get(kind, {}) | given))  # type: ignore[arg-type] - by keyword, from tables
        for kind in FIELD_KINDS
    )


def _offering(name: str, *fields: Field, **more: object) -> Entity:
    names = tuple(field.name for field in fields)
    return replace(entity(name, *fields, **more), filters=names, sorts=names)  # type: ignore[arg-type] - as above


def _defaulted() -> tuple[Field, ...]:
    values: dict[str, str | int | float | bool] = {
        "string": 'said "so"',
        "text": "a {brace} and a \\ slash",
        "integer": 3,
        "float": 2.5,
        "decimal": 1.25,
        "money": "9.99",
        "boolean": True,
        "date": "2025-05-05",
        "datetime": "2025-05-05T10:00:00Z",
        "uuid": "01890a5d-ac96-774b-bcce-b302099a8057",
        "email": "a@example.com",
        "url": "https://example.com/a",
        "enum": "high",
    }
    return tuple(replace(field, default=values[field.kind]) for field in _kinds() if field.kind in values)


def _chain(length: int) -> tuple[Entity, ...]:
    first = entity("Link1", Field("label", "string", unique=True))
    rest = (
        entity(
            f"Link{number}",
            Field("label", "string"),
            Field("before", "reference", references=f"Link{number - 1}"),
            owned=bool(number % 3),
            filters=("before",),
        )
        for number in range(2, length + 1)
    )
    return (first, *rest)


SHAPES: Final[dict[str, tuple[Entity, ...]]] = {
    "exemplar": (
        replace(
            SPECIMEN, name="Sample", fields=tuple(f for f in SPECIMEN.fields if f.value.kind != "reference")
        ),
        replace(COLLECTOR, name="Curator"),
    ),
    "one_field": (entity("Note", Field("text", "text")),),
    "nobody_owns": (_offering("Country", Field("name", "string", unique=True), owned=False, states=LIFE),),
    "mixed_owners": (
        entity("Country", Field("name", "string"), owned=False),
        entity(
            "Person",
            Field("country", "reference", references="Country"),
            Field("home", "reference", references="Country", required=False),
        ),
        entity("Visit", Field("person", "reference", references="Person"), owned=False),
    ),
    "kinds_required": (ANCHOR, _offering("Thing", *_kinds(), states=LIFE)),
    "kinds_optional": (ANCHOR, _offering("Thing", *_kinds(required=False))),
    "kinds_unique": (
        ANCHOR,
        _offering(
            "Thing",
            *(
                field
                for field in _kinds(unique=True)
                if field.kind not in {"boolean", "enum", "json", "text"}
            ),
        ),
    ),
    "kinds_defaulted": (_offering("Thing", *_defaulted()),),
    "twelve": _chain(12),
    "long_names": (
        _offering(
            "MaintenanceAuthorisationRecord",
            Field("maintaining_organisation", "string", unique=True),
            Field("first_calendar_day", "date"),
            Field("classification_of_it", "enum", choices=("temporary_until_revoked", "final")),
            states=States(
                ("awaiting_countersignature", "countersigned_by_authority"),
                "awaiting_countersignature",
                (
                    Transition(
                        "countersign_by_authority",
                        ("awaiting_countersignature",),
                        "countersigned_by_authority",
                    ),
                ),
            ),
        ),
    ),
    "longest_names": (
        _offering(
            "InternationalMaintenanceAuthorisationDocument",
            Field("responsible_maintenance_organisation_identifier", "string", unique=True),
            Field("first_effective_calendar_day_of_the_document", "date"),
            Field(
                "classification_of_the_authorisation", "enum", choices=("temporary_until_revoked", "final")
            ),
            states=LIFE,
        ),
    ),
    "near_reserved": (
        _offering(
            "Reading",
            Field("type", "string"),
            Field("date", "date", required=False),
            Field("datetime", "datetime", required=False),
            Field("order", "integer"),
            Field("end", "datetime", required=False),
            Field("id_card", "string"),
            Field("row", "integer"),
            Field("database", "string"),
            Field("request", "text"),
        ),
        _offering("Page", Field("page", "integer"), Field("items", "integer"), Field("cls", "string")),
        _offering("Status", Field("stage", "enum", choices=("on", "off")), Field("name", "string")),
        _offering("Call", Field("query", "string"), Field("change", "enum", choices=("up", "down"))),
        _offering("Transition", Field("value", "string"), Field("new", "boolean"), states=LIFE),
        _offering("Rule", Field("service", "string"), Field("repository", "url")),
    ),
    "circle": (
        entity("Employee", Field("name", "string"), Field("team", "reference", references="Team")),
        entity("Team", Field("lead", "reference", references="Employee"), Field("name", "string")),
        entity("Folder", Field("name", "string"), Field("parent", "reference", references="Folder")),
    ),
}

"""Names that a field, an entity, a state or a transition cannot have, and why.

A name goes into Python, SQL, protobuf and JSON alike, so what one of them reserves is reserved here.
"""

import keyword
import re
import unicodedata
from typing import Final

from architect.briefing.listed import listed
from architect.model.naming import pascal_case, plural, snake_case, words

MOST_ENTITIES: Final = 40
MOST_FIELDS: Final = 60
LONGEST_NAME: Final = 48
"""Characters: PostgreSQL cuts at 63, and indexes and constraints add to a column's name."""

SQL: Final = listed(
    "all analyse analyze and any array as asc asymmetric authorization between binary both case cast "
    "check collate collation column concurrently constraint create cross current_catalog current_date "
    "current_role current_schema current_time current_timestamp current_user default deferrable desc "
    "distinct do else end except exists false fetch for foreign freeze from full grant group having ilike "
    "in initially inner intersect interval into is isnull join lateral leading left like limit localtime "
    "localtimestamp natural not notnull null offset on only or order outer overlaps placing primary "
    "references returning right row select session_user similar some symmetric system_user table "
    "tablesample then to trailing true union unique user using values variadic verbose when where window "
    "with"
)
PROTOBUF: Final = listed(
    "syntax edition import weak public package option optional required repeated oneof map extensions "
    "extend to max reserved enum message service rpc stream returns group inf nan bool string bytes "
    "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64"
)
PYTHON: Final = frozenset(word.lower() for word in (*keyword.kwlist, *keyword.softkwlist, "type")) - {"_"}
_TYPES: Final = listed("str int object list dict set tuple self cls")
"""Names that the code written for an entity uses inside its classes."""
_METHODS: Final = frozenset({"make", "changed", "moved"})
_LISTING: Final = listed("owner sort cursor order_by page page_size page_token update_mask")
"""Parameters of lists and updates; a reference called ``owner`` would take the column of the row's owner."""
OWN_COLUMNS: Final = frozenset({"id", "version", "created_at", "updated_at", "owner_id"})

ENTITIES: Final = frozenset(word.lower() for word in keyword.kwlist)
"""Entity names whose module could not be imported: ``class``, ``import``."""

_OPERATIONS: Final = listed(
    "create get list update delete make changed moved status version add_to access rules sorts unset email "
    "url"
)

_FIELD = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_ENTITY = re.compile(r"[A-Z][a-z0-9]*(?:[A-Z][a-z0-9]*)*")


def field_problem(name: str) -> str | None:
    """Return why a field cannot have this name, or ``None`` when it can."""
    if not _FIELD.fullmatch(name):
        return "is not written in snake_case (a-z, 0-9, _)"
    if len(name) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} characters"
    return next((why for names, why in _TAKEN if name in names), None)


_TAKEN: Final = (
    (OWN_COLUMNS, "is a field that every entity has already"),
    (frozenset({"status"}), "is what `states` describes"),
    (PYTHON, "is a reserved word of Python"),
    (SQL, "is a reserved word of SQL"),
    (PROTOBUF, "is a reserved word of protobuf"),
    (_TYPES | _METHODS, "is a name that the entity's own code needs"),
    (_LISTING, "has a meaning of its own in every list"),
)
"""Names that no field can have, and why."""


def entity_problem(name: str) -> str | None:
    """Return why an entity cannot have this name, or ``None`` when it can.

    ``Order`` is fine, since its table is ``orders``; ``Class`` is not, since its module would be ``class``.
    """
    if not _ENTITY.fullmatch(name):
        return "is not written in CamelCase (A-Z, a-z, 0-9)"
    if len(name) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} characters"
    if snake_case(name) in ENTITIES:
        return "is a reserved word of Python"
    if plural(name) in SQL:
        return "gives a table that is a reserved word of SQL"
    return None


def value_problem(name: str) -> str | None:
    """Return why a state or a choice cannot have this name, or ``None`` when it can."""
    if not _FIELD.fullmatch(name):
        return "is not written in snake_case (a-z, 0-9, _)"
    if name == "unspecified" or len(name) > LONGEST_NAME:
        return (
            "is taken by protobuf" if name == "unspecified" else f"is longer than {LONGEST_NAME} characters"
        )
    return "is a reserved word of Python" if keyword.iskeyword(name.upper()) else None


def transition_problem(name: str) -> str | None:
    """Return why a transition cannot have this name, or ``None`` when it can."""
    if not _FIELD.fullmatch(name):
        return "is not written in snake_case (a-z, 0-9, _)"
    if name in PYTHON or name in _OPERATIONS:
        return "is a reserved word of Python" if name in PYTHON else "is an operation that every entity has"
    return f"is longer than {LONGEST_NAME} characters" if len(name) > LONGEST_NAME else None


def mended_field(name: str, entity: str) -> str:
    """Return a field's name made valid: a reserved one gets the entity's name in front.

    Example: ``type`` of a Room becomes ``room_type``.
    """
    plain = _ascii_snake(name)[:LONGEST_NAME].strip("_") or "value"
    if not plain[0].isalpha():
        plain = f"no_{plain}"
    if field_problem(plain) is None:
        return plain
    return f"{snake_case(entity)}_{plain}"[:LONGEST_NAME].strip("_")


def mended_entity(name: str, qualifier: str = "") -> str:
    """Return an entity's name made valid: a reserved one gets a qualifier in front, or ``Record`` behind."""
    plain = pascal_case(_ascii_snake(name))[:LONGEST_NAME] or "Record"
    if not plain[0].isalpha():
        plain = f"No{plain}"
    if entity_problem(plain) is None:
        return plain
    return f"{qualifier}{plain}" if qualifier else f"{plain}Record"


def _ascii_snake(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return "_".join(words(folded))

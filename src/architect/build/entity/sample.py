"""A first request and what it answers, as a README shows them."""

import ast
import json
from typing import Final

from architect.build.entity.kind import Column
from architect.build.entity.view import EntityView

_ID: Final = "01a203c9-1de0-7454-bcf9-b8d90e1ef0cc"
_MOMENT: Final = "2026-11-22T15:04:01.760568Z"
_FIRST: Final = {"id": _ID, "version": 1, "created_at": _MOMENT, "updated_at": _MOMENT}


def required_body(entity: EntityView) -> dict[str, object]:
    """Return the shortest body that makes one: the fields that have to be there."""
    return {column.name: _value(column) for column in entity.fields if not column.default_value}


def answer(entity: EntityView, owner: str) -> str:
    """Return the JSON that REST answers, in one line."""
    return json.dumps(_stored(entity, owner), separators=(",", ":"), ensure_ascii=False)


def message(entity: EntityView, owner: str) -> dict[str, object]:
    """Return the message that gRPC answers, as JSON: 64-bit numbers are text, and None is left out."""
    said: dict[str, object] = {}
    for column in entity.stored:
        value = _stored(entity, owner)[column.name]
        if value is None:
            continue
        if column.proto_type == "int64":
            value = str(value)
        said[column.name] = value
    for enum in entity.enums:
        value = said.get(enum.field)
        for choice in enum.values:
            if choice.value == value:
                said[enum.field] = f"{enum.prefix}_{choice.member}"
    return said


def _stored(entity: EntityView, owner: str) -> dict[str, object]:
    given = required_body(entity)
    first = _FIRST | {"owner_id": owner} | {column.name: column.field.default for column in entity.status}
    return {
        column.name: first[column.name] if not column.given else given.get(column.name, _left_out(column))
        for column in entity.stored
    }


def _left_out(column: Column) -> object:
    return None if column.field.default is None else _value(column)


def _value(column: Column) -> object:
    value: object = ast.literal_eval(column.example)
    return value

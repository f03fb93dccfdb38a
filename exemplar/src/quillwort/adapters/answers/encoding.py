"""Events of answers as JSON, for stores."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import TypeAdapter

from quillwort.assistant.events import (
    Citation,
    Done,
    Event,
    Failed,
    PassageFound,
    Restart,
    Token,
    Used,
)
from quillwort.domain.values import JsonValue

KINDS: Final[Mapping[str, type[Event]]] = {
    "passage": PassageFound,
    "token": Token,
    "citation": Citation,
    "restart": Restart,
    "usage": Used,
    "error": Failed,
    "done": Done,
}
"""Stored answers have these names: one that is taken away cannot be read any more."""

_NAMES: Final = {kind: name for name, kind in KINDS.items()}
_ADAPTERS: Final[Mapping[str, TypeAdapter[Event]]] = {
    name: TypeAdapter(kind) for name, kind in KINDS.items()
}


def encoded(events: Sequence[Event]) -> list[JsonValue]:
    """Return events as JSON has them: each an object whose one name is its kind."""
    return [_encoded(event) for event in events]


def decoded(stored: Sequence[Mapping[str, Any]]) -> tuple[Event, ...]:
    """Return the events that `encoded` made this of.

    Raises:
        ValueError: when it is something else.
    """
    return tuple(
        _ADAPTERS[name].validate_python(data) for entry in stored for name, data in entry.items()
    )


def _encoded(event: Event) -> JsonValue:
    name = _NAMES[type(event)]
    data: JsonValue = _ADAPTERS[name].dump_python(event, mode="json")
    return {name: data}

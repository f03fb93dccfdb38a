"""The short notation of the lexicon: one line for fields, one for states.

Fields are separated by ``;``, each ``name kind[?] [low..high] [unique] [signed] [=default]``:

- ``email email unique``, ``phone string? 5..32`` (length), ``quantity integer =0 0..`` (range)
- ``size enum(small|medium|large) =medium``
- ``customer -> Customer`` refers to an entity; where the service keeps none, it becomes the id of one
  kept elsewhere
- ``customer -> Customer!`` is there only where the service keeps customers, and must be given then;
  with ``?`` it may be left out

States are ``initial | transition: from,from>to | ...``.
"""

import re
from dataclasses import replace
from functools import cache
from typing import Final

from architect.model.entity import FIELD_KINDS, Field, FieldKind, Scalar, States, Transition

LONGEST_STRING: Final = 200
IF_KEPT: Final = "if kept"
"""Marks a reference that is dropped where its target is not kept; it never leaves the lexicon."""

_PIECE = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*) (?:-> (?P<target>[A-Z]\w+)(?P<target_mark>[?!])?"
    r"|(?P<kind>[a-z]+)(?P<optional>\?)?(?:\((?P<choices>[a-z0-9_"
    r"|]+)\)(?P<choices_optional>\?)?)?)(?P<rest>.*)"
)
_RANGE = re.compile(r"(?<![\w.])(-?\d+)?\.\.(-?\d+)?(?![\w.])")
_DEFAULT = re.compile(r"=(\S+)")


@cache
def fields_of(line: str) -> tuple[Field, ...]:
    """Return the fields that a line of the notation describes.

    Raises:
        ValueError: a piece is not in the notation.
    """
    return tuple(_field(piece.strip()) for piece in line.split(";") if piece.strip())


@cache
def states_of(line: str) -> States | None:
    """Return the states that a line of the notation describes; ``None`` for an empty line."""
    if not line:
        return None
    initial, *moves = (part.strip() for part in line.split("|"))
    names, transitions = [initial], []
    for move in moves:
        name, _, change = move.partition(":")
        sources, _, target = change.strip().partition(">")
        transitions.append(Transition(name.strip(), tuple(sources.split(",")), target))
        names += [state for state in (*sources.split(","), target) if state not in names]
    return States(tuple(names), initial, tuple(transitions))


def _field(piece: str) -> Field:
    match = _PIECE.fullmatch(piece)
    if match is None or (match["kind"] and match["kind"] not in FIELD_KINDS):
        message = f"not in the notation of the lexicon: {piece!r}"
        raise ValueError(message)
    rest = match["rest"]
    if match["target"]:
        return Field(
            match["name"],
            "reference",
            required=match["target_mark"] != "?",
            references=match["target"],
            description=IF_KEPT if match["target_mark"] else "",
        )
    kind = _kind(match["kind"])
    choices = tuple(match["choices"].split("|")) if match["choices"] else ()
    default = _DEFAULT.search(rest)
    low, high = _range(rest)
    optional = bool(match["optional"] or match["choices_optional"])
    field = Field(
        match["name"],
        kind,
        required=not optional,
        unique=" unique" in rest,
        default=_scalar(default[1], kind) if default else None,
        choices=choices,
    )
    return bounded(field, low, high, signed=" signed" in rest)


def bounded(
    field: Field, low: float | None = None, high: float | None = None, *, signed: bool = False
) -> Field:
    """Return a field with the bounds of its kind: given ones, else the kind's own."""
    if field.kind == "string":
        shortest = int(low) if low is not None else (1 if field.required else None)
        return replace(
            field, min_length=shortest, max_length=int(high) if high is not None else LONGEST_STRING
        )
    if field.kind == "money":
        return replace(field, minimum=None if signed else (low if low is not None else 0.0), maximum=high)
    if field.kind == "decimal":
        return replace(field, minimum=low, maximum=high, max_digits=18, decimal_places=6)
    if field.kind in ("integer", "float"):
        return replace(field, minimum=low, maximum=high)
    return field


def _kind(name: str) -> FieldKind:
    for kind in FIELD_KINDS:
        if kind == name:
            return kind  # type: ignore[return-value] # FIELD_KINDS are the literals of FieldKind
    raise ValueError(name)


def _range(rest: str) -> tuple[float | None, float | None]:
    match = _RANGE.search(rest)
    if match is None:
        return None, None
    return (float(match[1]) if match[1] else None), (float(match[2]) if match[2] else None)


def _scalar(word: str, kind: str) -> Scalar:
    if kind == "boolean":
        return word == "true"
    if kind == "integer":
        return int(word)
    if kind == "float":
        return float(word)
    return word

"""Entities of a service: typed fields, states with transitions, owners, what may be filtered and sorted."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from architect.model.fact import Fact

FieldKind = Literal[
    "string",
    "text",
    "integer",
    "float",
    "decimal",
    "money",
    "boolean",
    "date",
    "datetime",
    "uuid",
    "email",
    "url",
    "enum",
    "reference",
    "json",
]
FIELD_KINDS: Final[tuple[str, ...]] = get_args(FieldKind)

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Field:
    """One typed field; constraints that do not apply to its kind stay ``None``.

    ``references`` names the entity a ``reference`` points at; ``choices`` are the values of an
    ``enum``; lengths are in characters.
    """

    name: str
    kind: FieldKind
    required: bool = True
    unique: bool = False
    default: Scalar | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    max_digits: int | None = None
    decimal_places: int | None = None
    choices: tuple[str, ...] = ()
    references: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """A named change of state, allowed from any of ``sources``."""

    name: str
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class States:
    """The life of an entity: its ``status`` changes by transitions only."""

    names: tuple[str, ...]
    initial: str
    transitions: tuple[Transition, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing to store. ``owned`` means row-level access: only its owner (or an admin) sees a row."""

    name: str
    fields: tuple[Fact[Field], ...] = ()
    owned: Fact[bool] | None = None
    states: Fact[States] | None = None
    emits: tuple[Fact[str], ...] = ()
    filters: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    description: str = ""

"""What templates see of an entity: every choice made, so that they only loop and substitute."""

from dataclasses import replace
from functools import cached_property
from typing import Final

from architect.build.entity.docs import Docs
from architect.build.entity.enums import Choices, Step, choices, steps
from architect.build.entity.kind import KINDS, Column, Target, Types
from architect.build.entity.members import member
from architect.build.entity.message import Message
from architect.build.entity.normalise import Named
from architect.build.entity.offers import Filter, Sort, filters
from architect.build.entity.reserved import LOCALS
from architect.build.entity.source import enum_class
from architect.build.entity.sql import Table
from architect.build.entity.taken import NOTHING_TAKEN, Taken
from architect.build.entity.trials import Trials
from architect.build.entity.words import article, prose, title
from architect.model.entity import Field
from architect.model.naming import pascal_case

_FIRST_NUMBER: Final = 10
"""Numbers 1 to 9 of a message are the service's own; 1 to 15 take one byte on the wire."""

_LONG: Final = 66
"""Characters of an entity's name and twice its longest field's: beyond it, lines of 100 do not always do."""

_DERIVED: Final = frozenset({"Change", "Query", "Sort", "Service", "Servicer", "Repository"})
"""What classes of an entity are called after it, so that an enum of that name needs another."""


class EntityView:
    """One entity; ``module`` and ``name`` are its file and class, apart from those that exist already.

    Args:
        named: the entity.
        all_: every entity of the project, for what references point at.
        guarded: whether callers identify themselves.
        taken: names of modules and classes that per-entity files use for something else.
    """

    def __init__(
        self,
        named: Named,
        all_: tuple[Named, ...],
        *,
        taken: Taken = NOTHING_TAKEN,
        guarded: bool = True,
    ) -> None:
        self._named = named
        self._all = all_
        self.guarded = guarded
        self._taken = taken
        self.proto = named.name
        self.wire = named.snake
        self.name = f"{named.name}Entity" if named.name in taken.names else named.name
        self.snake = f"{named.snake}_" if named.snake in taken.names | LOCALS else named.snake
        self.module = _module(named.snake, taken)
        self.plural = named.plural
        self.prose = named.prose
        self.plural_prose = prose(named.plural)
        self.title = title(named.snake)
        self.plural_title = title(named.plural)
        self.plural_pascal = pascal_case(named.plural)
        self.article = article(named.prose)
        self.owned = named.owned
        self.description = named.description
        names = {field.name for field in named.fields}
        self.types = Types(
            date="dt.date" if "date" in names else "date",
            datetime="dt.datetime" if "datetime" in names else "datetime",
        )

    @property
    def owner(self) -> tuple[str, ...]:
        """The name of the owner's filter and parameter, when rows have owners; otherwise nothing."""
        return ("owner",) if self.owned else ()

    @property
    def access(self) -> str:
        """The class that guards it."""
        return "Access" if self.owned else "SharedAccess"

    @cached_property
    def docs(self) -> Docs:
        """Sentences of docstrings."""
        return Docs(
            prose=self.prose,
            article=self.article,
            owned=self.owned,
            unique=any(field.field.unique for field in self.fields),
            refers=bool(self.references),
            refers_to_owned=any(field.target.owned for field in self.references if field.target),
        )

    def if_owned(self, text: str) -> str:
        """Return the text when rows have owners; otherwise nothing."""
        return text if self.owned else ""

    @cached_property
    def fields(self) -> tuple[Column, ...]:
        """What a caller gives."""
        return tuple(
            self._column(field, kind, _FIRST_NUMBER + place)
            for place, (field, kind) in enumerate(zip(self._named.fields, self._named.kinds, strict=True))
        )

    @cached_property
    def base(self) -> tuple[Column, ...]:
        """What the service alone writes."""
        given = [
            Field("id", "uuid", description="A UUID that the service gives"),
            *([Field("owner_id", "string")] if self.owned else []),
            Field("version", "integer"),
            Field("created_at", "datetime"),
            Field("updated_at", "datetime"),
        ]
        columns = [replace(self._column(field, field.kind, 0), given=False) for field in given]
        return (*columns, *self.status)

    @cached_property
    def status(self) -> tuple[Column, ...]:
        """The status column, when there are states; otherwise nothing."""
        states = self._named.states
        if states is None:
            return ()
        field = Field("status", "enum", choices=states.names, default=states.initial)
        return (replace(self._column(field, "enum", 0), given=False, enum=f"{self.name}Status"),)

    @cached_property
    def stored(self) -> tuple[Column, ...]:
        """Every column, in the order of the table."""
        return (*self.base, *self.fields)

    @cached_property
    def made(self) -> tuple[tuple[str, str], ...]:
        """Every column with the expression that gives a new one its value."""
        status = [f"{column.type}.{first}" for column in self.status for first in self.initial]
        first = {
            "id": "new_id()",
            "owner_id": "principal.owner",
            "version": "1",
            "created_at": "now",
            "updated_at": "now",
            "status": "".join(status),
        }
        return (
            *((column.name, first[column.name]) for column in self.base),
            *((column.name, f"new.{column.name}") for column in self.fields),
        )

    @cached_property
    def enums(self) -> tuple[Choices, ...]:
        """The enums of the fields, then that of the status."""
        own = [
            choices(column, f"The choices of `{column.name}`.")
            for column in self.fields
            if column.kind is KINDS["enum"]
        ]
        return (
            *own,
            *(choices(column, "The states; only transitions change them.") for column in self.status),
        )

    @cached_property
    def initial(self) -> tuple[str, ...]:
        """The member of the first state, when there are states."""
        states = self._named.states
        return () if states is None else (member(states.initial, states.names),)

    @cached_property
    def transitions(self) -> tuple[Step, ...]:
        """The transitions, in the brief's order."""
        return steps(self._named.states)

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """What lists can be narrowed by."""
        return tuple(found for name in self._named.filters for found in filters(self.column(name)))

    @cached_property
    def sorts(self) -> tuple[Sort, ...]:
        """What lists can be ordered by; when it was made is always offered, and first."""
        return tuple(Sort(self.column(name)) for name in dict.fromkeys(("created_at", *self._named.sorts)))

    @cached_property
    def references(self) -> tuple[Column, ...]:
        """The fields that refer to other entities."""
        return tuple(column for column in self.fields if column.target)

    @cached_property
    def table(self) -> Table:
        """The entity in PostgreSQL."""
        return Table(
            name=self.plural,
            kind=self.prose,
            columns=self.stored,
            owned=self.owned,
            referenced=self.owned and self._pointed_at(),
            late=self._named.late,
            filters=self.filters,
            sorts=self.sorts,
        )

    @cached_property
    def message(self) -> Message:
        """The entity on the wire."""
        return Message(
            snake=self.wire,
            prose=self.prose,
            plural=self.plural,
            plural_prose=self.plural_prose,
            owned=self.owned,
            guarded=self.guarded,
            stored=self.stored,
            offered=self.filters,
            sorts=self.sorts,
        )

    @cached_property
    def trials(self) -> Trials:
        """What the project's own tests try it with."""
        itself = {field.name for field in self._named.fields if field.references == self._named.name}
        return Trials(
            fields=self.fields,
            filters=self.filters,
            states=self._named.states,
            owned=self.owned,
            lazy=self._named.late | itself,
        )

    def suites(self, always: str = "", *, owned: str = "", states: str = "", refers: str = "") -> str:
        """Return the source of the test suites that fit: each part only where the entity is such."""
        return "".join(
            part
            for part, fits in (
                (always, True),
                (owned, self.owned),
                (states, bool(self.transitions)),
                (refers, bool(self.trials.references)),
            )
            if fits
        )

    def state_on_wire(self, state: str) -> str:
        """Return the source of a state's number on the wire."""
        (status,) = (enum for enum in self.enums if enum.field == "status")
        return next(f"pb.{status.prefix}_{each.member}" for each in status.values if each.value == state)

    @property
    def is_long(self) -> bool:
        """Whether its names are so long that some lines cannot be broken short enough."""
        longest = max(
            len(name) for name in (*(c.name for c in self.stored), *(s.name for s in self.transitions))
        )
        return len(self.snake) + 2 * longest > _LONG

    @property
    def sort_names(self) -> tuple[str, ...]:
        """What lists can be ordered by."""
        return tuple(sort.column.name for sort in self.sorts)

    @property
    def shown_change(self) -> tuple[Column, ...]:
        """The field that an example of a change shows: one that refers to nothing, if there is one."""
        plain = [column for column in self.fields if column.target is None]
        return tuple((plain or list(self.fields))[:1])

    def _pointed_at(self) -> bool:
        return any(
            other.owned and field.references == self._named.name
            for other in self._all
            for field in other.fields
        )

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.stored if column.name == name)

    def _column(self, field: Field, kind: str, number: int) -> Column:
        enum = enum_class(self.name, field.name)
        known = {other.name for other in self._all} | {f"{self.name}{suffix}" for suffix in _DERIVED}
        return Column(
            name=field.name,
            entity=self.name,
            field=field,
            kind=KINDS[kind],
            types=self.types,
            target=self._target(field),
            enum=f"{enum}Choice" if enum in known else enum,
            number=number,
            unique=f"Unique among an owner's {self.plural_prose}." if self.owned else "Unique.",
        )

    def _target(self, field: Field) -> Target | None:
        if field.references is None:
            return None
        target = next(other for other in self._all if other.name == field.references)
        return Target(
            target.name,
            _module(target.snake, self._taken),
            target.prose,
            target.plural,
            owned=target.owned and self.owned,
        )


def _module(snake: str, taken: Taken) -> str:
    return f"{snake}_entity" if snake in taken.modules | taken.names | LOCALS else snake

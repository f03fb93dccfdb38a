"""What a field kind knows: how its values are written in Python, SQL, JSON and protobuf.

Every choice that depends on a field is made here, so that templates only loop and substitute.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from architect.build.entity.reserved import LOCALS, RESERVED_IN_SQL
from architect.build.entity.trial import Trial
from architect.build.entity.words import quoted
from architect.model.entity import Field, Scalar
from architect.registry import Registry

Filter = Literal["equal", "range", "none"]


@dataclass(frozen=True, slots=True)
class Types:
    """How the types are spelled that a field may be named like (a field ``date`` hides ``date``)."""

    date: str = "date"
    datetime: str = "datetime"


@dataclass(frozen=True, slots=True)
class Target:
    """The entity that a reference points at; ``module`` is its file."""

    name: str
    module: str
    prose: str
    table: str
    owned: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One field of one entity as templates see it.

    ``name`` is its name in Python, JSON, SQL and protobuf alike; ``entity`` the class it belongs to;
    ``number`` the field's number on the wire.
    """

    name: str
    entity: str
    field: Field
    kind: "Kind"
    types: Types = Types()
    target: Target | None = None
    enum: str = ""
    number: int = 0
    given: bool = True
    """False for what the service alone writes."""

    unique: str = "Unique."
    """Among what a unique value of it is unique, as a sentence."""

    @property
    def required(self) -> bool:
        """Whether None is no value of it."""
        return self.field.required

    @property
    def type(self) -> str:
        """The Python type of a value that is there."""
        return self.kind.python(self)

    @property
    def annotation(self) -> str:
        """The Python type as it is stored."""
        return self.type if self.required or self.kind.knows_none else f"{self.type} | None"

    @property
    def change(self) -> str:
        """The Python type in a change, which may leave it alone."""
        none = "" if self.required or self.kind.knows_none else " | None"
        return f"{self.type} | Unset{none}"

    @property
    def default(self) -> str:
        """The assignment that follows the annotation of an input, or nothing."""
        value = self.default_value
        return f" = {value}" if value else ""

    @property
    def default_value(self) -> str:
        """The Python source of what is taken when it is left out, or nothing."""
        if self.field.default is not None:
            return self.kind.literal(self, self.field.default)
        return "" if self.required else "None"

    @property
    def rule(self) -> str:
        """The rule of the domain's table."""
        name, arguments = self.kind.rule(self)
        optional = () if self.required else ("optional=True",)
        return f"{name}({', '.join((*optional, *arguments))})"

    @property
    def sql(self) -> str:
        """Its line in CREATE TABLE."""
        return f"{self.column} {self.kind.sql(self)}{' NOT NULL' if self.required else ''}"

    @property
    def column(self) -> str:
        """Its name in SQL, quoted where SQL reserves the word."""
        return f'"{self.name}"' if self.name in RESERVED_IN_SQL else self.name

    @property
    def local(self) -> str:
        """Its name as a local variable, apart from Python's own names."""
        return f"{self.name}_" if self.name in LOCALS else self.name

    @property
    def constant(self) -> str:
        """The table of its codes on the wire."""
        return f"{self.name.upper()}_CODES"

    def stored(self, source: str) -> str:
        """The expression that hands the attribute of ``source`` to the database."""
        return self.kind.stored(self, f"{source}.{self.name}")

    @property
    def loaded(self) -> str:
        """The expression that makes the attribute of its local variable, as the database gave it."""
        return self.kind.loaded(self, self.local)

    @property
    def proto_type(self) -> str:
        """Its type on the wire."""
        return self.kind.proto_type(self)

    @property
    def reader(self) -> str:
        """The function that reads it from the wire."""
        return self.kind.reader(self)

    @property
    def read_new(self) -> str:
        """How the reader of a new one takes it."""
        if self.field.default is not None:
            return "defaulted"
        return "required" if self.required else "optional"

    @property
    def read_change(self) -> str:
        """How the reader of a change takes it."""
        return "changed" if self.required else "clearable"

    def written(self, source: str) -> str:
        """The expression that puts the attribute of ``source`` on the wire."""
        return self.kind.written(self, f"{source}.{self.name}")

    @property
    def json(self) -> str:
        """Its type in JSON inputs."""
        return self._annotated(())

    @property
    def json_new(self) -> str:
        """Its type in the body that makes one: what may be left out says so."""
        if self.field.default is None:
            return self._optional(self.json) if not self.required else self.json
        shown = self.kind.shown(self, self.field.default)
        annotated = self._annotated((f"default(value={shown})",))
        return self._optional(annotated)

    @property
    def json_change(self) -> str:
        """Its type in the body that changes one."""
        return self._optional(self.json)

    @property
    def json_out(self) -> str:
        """Its type in answers."""
        none = "" if self.required or self.kind.knows_none else " | None"
        return f"{self.kind.python(self)}{none}"

    def _annotated(self, more: tuple[str, ...]) -> str:
        ruled = () if self.kind.rule(self)[0] in {"Plain", "Moment"} else (f'ruled(RULES["{self.name}"])',)
        notes = ", ".join((*ruled, *more))
        return f"Annotated[{self.kind.json(self)}, {notes}]" if notes else self.kind.json(self)

    def _optional(self, annotation: str) -> str:
        return f"NotRequired[{annotation}]" if self.required else f"NotRequired[{annotation} | None]"

    @property
    def example(self) -> str:
        """A valid value, as Python source of what JSON carries."""
        return self.kind.example(self)

    @property
    def trial(self) -> Trial:
        """The values that tests try it with."""
        return self.kind.trial(self)

    @property
    def tried(self) -> str:
        """A valid value as Python source; a unique one counts."""
        return self.trial.numbered if self.field.unique else self.trial.value

    @property
    def tried_on_wire(self) -> str:
        """The same on the wire."""
        return self.trial.wire_numbered if self.field.unique else self.trial.wire

    @property
    def sentence(self) -> str:
        """What may be in it, for documentation: "Text of 1 to 200 characters. Required."."""
        parts = [*self._description(), self.kind.sentence(self), *self._presence()]
        return " ".join([*parts, self.unique] if self.field.unique else parts)

    def _description(self) -> list[str]:
        said = " ".join(self.field.description.split())
        return [said if not said or said.endswith((".", "!", "?")) else f"{said}."] if said else []

    def _presence(self) -> list[str]:
        said = []
        if self.field.default is not None:
            said.append(f"{self.kind.said(self, self.field.default)} when left out.")
        elif self.required:
            said.append("Required.")
        return said if self.required else [*said, "Nullable."]


class Kind(ABC):
    """One kind of field; ``filter`` and ``sortable`` say what lists can do with it."""

    filter: ClassVar[Filter] = "equal"
    sortable: ClassVar[bool] = True
    knows_none: ClassVar[bool] = False
    """Whether the Python type has None among its values already."""

    proto: ClassVar[str] = "string"
    read: ClassVar[str] = "same"
    """The function that reads a value from the wire."""

    @abstractmethod
    def python(self, column: Column) -> str:
        """Return the Python type."""

    @abstractmethod
    def sql(self, column: Column) -> str:
        """Return the PostgreSQL type."""

    @abstractmethod
    def sentence(self, column: Column) -> str:
        """Return one sentence on what its values are."""

    def rule(self, column: Column) -> tuple[str, tuple[str, ...]]:
        """Return the domain's rule: its class and arguments."""
        del column
        return "Plain", ()

    def literal(self, column: Column, value: Scalar) -> str:
        """Return the Python source of a value written in a brief."""
        del column
        return quoted(str(value))

    def said(self, column: Column, value: Scalar) -> str:
        """Return a value as a sentence says it."""
        del column
        return str(value)

    def stored(self, column: Column, source: str) -> str:
        """Return the expression that hands a value to the driver."""
        del column
        return source

    def loaded(self, column: Column, source: str) -> str:
        """Return the expression that makes a value of what the driver gave."""
        del column
        return source

    def parse(self, column: Column) -> str:
        """Return the function that reads a value back from a cursor's text."""
        del column
        return "str"

    def allowed(self, column: Column) -> tuple[str, ...]:
        """Return the values that the table allows, as SQL; none means all."""
        del column
        return ()

    def json(self, column: Column) -> str:
        """Return the type in JSON."""
        return self.python(column)

    @abstractmethod
    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""

    def shown(self, column: Column, value: Scalar) -> str:
        """Return Python source of a default as JSON documents it."""
        del column
        return quoted(str(value))

    @abstractmethod
    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""

    def proto_type(self, column: Column) -> str:
        """Return the type on the wire."""
        del column
        return self.proto

    def reader(self, column: Column) -> str:
        """Return the function that reads it from the wire."""
        del column
        return self.read

    def written(self, column: Column, source: str) -> str:
        """Return the expression that puts a value on the wire."""
        del column
        return source


KINDS: Final = Registry[Kind]("field kind", "architect.build.entity.kinds")

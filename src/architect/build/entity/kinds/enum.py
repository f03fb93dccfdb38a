"""enum: one of a few named values."""

from architect.build.entity.kind import KINDS, Column, Kind
from architect.build.entity.members import member, prefix
from architect.build.entity.phrases import mapped, present
from architect.build.entity.source import choice_title
from architect.build.entity.trial import Trial
from architect.build.entity.words import quoted
from architect.model.entity import Scalar


class Enum(Kind):
    """A choice, kept as text that the table checks."""

    def python(self, column: Column) -> str:
        """Return the Python type."""
        return column.enum

    def sql(self, column: Column) -> str:
        """Return the PostgreSQL type."""
        del column
        return "text"

    def literal(self, column: Column, value: Scalar) -> str:
        """Return the Python source of a value written in a brief."""
        return f"{column.enum}.{member(str(value), column.field.choices)}"

    def said(self, column: Column, value: Scalar) -> str:
        """Return a value as a sentence says it."""
        del column
        return choice_title(str(value))

    def loaded(self, column: Column, source: str) -> str:
        """Return the expression that makes a value of what the driver gave."""
        return mapped(column.enum, column, source)

    def allowed(self, column: Column) -> tuple[str, ...]:
        """Return the values that the table allows, as SQL."""
        return tuple("'{}'".format(choice.replace("'", "''")) for choice in column.field.choices)

    def proto_type(self, column: Column) -> str:
        """Return the type on the wire."""
        return column.enum

    def reader(self, column: Column) -> str:
        """Return the function that reads it from the wire."""
        return f"{column.constant}.read"

    def written(self, column: Column, source: str) -> str:
        """Return the expression that puts a value on the wire."""
        return present(f"{column.constant}.write", column, source)

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        del column
        return "One of the choices."

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        default = column.field.default
        return quoted(column.field.choices[0] if default is None else str(default))

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        choices = column.field.choices
        shown = choices[0] if column.field.default is None else str(column.field.default)
        others = [choice for choice in choices if choice != shown]
        value = self.literal(column, shown)
        first, second = (
            f"pb.{prefix(column.enum)}_{member(choice, choices)}"
            for choice in (shown, (others or [shown])[0])
        )
        return Trial(
            value=value,
            numbered=value,
            other=self.literal(column, (others or [shown])[0]),
            wire=first,
            wire_numbered=first,
            wrong="0",
            miss=second if others else "",
        )


KINDS.add("enum", Enum())

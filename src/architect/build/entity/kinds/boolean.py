"""boolean: true or false."""

from architect.build.entity.kind import KINDS, Column, Kind
from architect.build.entity.trial import Trial
from architect.model.entity import Scalar


class Boolean(Kind):
    """A yes or no."""

    sortable = False
    proto = "bool"

    def python(self, column: Column) -> str:
        """Return the Python type."""
        del column
        return "bool"

    def sql(self, column: Column) -> str:
        """Return the PostgreSQL type."""
        del column
        return "boolean"

    def literal(self, column: Column, value: Scalar) -> str:
        """Return the Python source of a value written in a brief."""
        del column
        return str(value is True or str(value).lower() in {"true", "yes", "1"})

    def said(self, column: Column, value: Scalar) -> str:
        """Return a value as a sentence says it."""
        return self.literal(column, value)

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        del column
        return "True or false."

    def shown(self, column: Column, value: Scalar) -> str:
        """Return Python source of a default as JSON documents it."""
        return self.literal(column, value)

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        default = column.field.default
        return "True" if default is None else self.literal(column, default)

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        value = self.example(column)
        other = str(value != "True")
        return Trial(value=value, numbered=value, other=other, wire=value, wire_numbered=value, miss=other)


KINDS.add("boolean", Boolean())

"""date: a day of the calendar."""

from typing import ClassVar

from architect.build.entity.kind import KINDS, Column, Filter, Kind, present, quoted
from architect.model.entity import Scalar


class Date(Kind):
    """A day."""

    filter: ClassVar[Filter] = "range"
    read = "read_day"

    def python(self, column: Column) -> str:
        """Return the Python type."""
        return column.types.date

    def sql(self, column: Column) -> str:
        """Return the PostgreSQL type."""
        del column
        return "date"

    def literal(self, column: Column, value: Scalar) -> str:
        """Return the Python source of a value written in a brief."""
        return f"{column.types.date}.fromisoformat({quoted(str(value))})"

    def parse(self, column: Column) -> str:
        """Return the function that reads a value back from a cursor's text."""
        return f"{column.types.date}.fromisoformat"

    def written(self, column: Column, source: str) -> str:
        """Return the expression that puts a value on the wire."""
        return present("write_day", column, source)

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        del column
        return "A day written as YYYY-MM-DD."

    def json(self, column: Column) -> str:
        """Return the type in JSON."""
        del column
        return "Day"

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        default = column.field.default
        return quoted("2026-01-31" if default is None else str(default))


KINDS.add("date", Date())

"""date: a day of the calendar."""

import ast
import datetime as dt
from typing import ClassVar, Final

from architect.build.entity.kind import KINDS, Column, Filter, Kind
from architect.build.entity.phrases import present
from architect.build.entity.trial import Trial
from architect.build.entity.words import quoted
from architect.model.entity import Scalar

_OTHER: Final = dt.date(2026, 2, 28)
_EARLIER: Final = dt.date(2025, 2, 28)
"""Before all that tests count."""


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
        day = dt.date.fromisoformat(str(value))
        return f"{column.types.date}({day.year}, {day.month}, {day.day})"

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

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        value = self.example(column)
        first = dt.date.fromisoformat(ast.literal_eval(value))
        many = f"date.fromordinal({first.toordinal()} + number)"
        return Trial(
            value=_source(first),
            numbered=many,
            other=_source(_EARLIER if column.field.unique or first == _OTHER else _OTHER),
            wire=value,
            wire_numbered=f"{many}.isoformat()",
            wrong='"x"',
            above='"9999-12-31"',
            below='"0001-01-01"',
        )


def _source(day: dt.date) -> str:
    return f"date({day.year}, {day.month}, {day.day})"


KINDS.add("date", Date())

"""integer: a whole number of 64 bits."""

from typing import ClassVar

from architect.build.entity.counting import counted
from architect.build.entity.kind import KINDS, Column, Filter, Kind
from architect.build.entity.phrases import another, bounds, within
from architect.build.entity.source import whole
from architect.build.entity.trial import Trial
from architect.model.entity import Scalar

_MOST = 2**63 - 1
_FAR = 900_000_007
"""Another unique value, far from those that tests count."""


class Integer(Kind):
    """A whole number."""

    filter: ClassVar[Filter] = "range"
    proto = "int64"

    def python(self, column: Column) -> str:
        """Return the Python type."""
        del column
        return "int"

    def sql(self, column: Column) -> str:
        """Return the PostgreSQL type."""
        del column
        return "bigint"

    def rule(self, column: Column) -> tuple[str, tuple[str, ...]]:
        """Return the domain's rule."""
        given = {"minimum": column.field.minimum, "maximum": column.field.maximum}
        return "Whole", tuple(f"{name}={whole(value)}" for name, value in given.items() if value is not None)

    def literal(self, column: Column, value: Scalar) -> str:
        """Return the Python source of a value written in a brief."""
        del column
        return whole(float(value))

    def said(self, column: Column, value: Scalar) -> str:
        """Return a value as a sentence says it."""
        return self.literal(column, value)

    def parse(self, column: Column) -> str:
        """Return the function that reads a value back from a cursor's text."""
        del column
        return "int"

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        return f"A whole number{bounds(column)}."

    def shown(self, column: Column, value: Scalar) -> str:
        """Return Python source of a default as JSON documents it."""
        return self.literal(column, value)

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        default = column.field.default
        return whole(within(column, 1 if default is None else float(default)))

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        low, high = column.field.minimum, column.field.maximum
        value = self.example(column)
        wrong = "" if low is None and high is None else whole(low - 1 if low is not None else (high or 0) + 1)
        least = 1 if low is None else max(1, int(low)) if high is None or high >= 1 else int(low)
        many = counted(least, _MOST if high is None else int(high))
        return Trial(
            value=value,
            numbered=many,
            other=whole(within(column, _FAR) if column.field.unique else another(column, float(value))),
            wire=value,
            wire_numbered=many,
            broken=wrong,
            wrong=wrong,
            above="2**63 - 1",
            below="-(2**63)",
        )


KINDS.add("integer", Integer())

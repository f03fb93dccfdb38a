"""What the kinds share whose values are exact decimal numbers."""

from abc import abstractmethod
from typing import ClassVar

from architect.build.entity.counting import counted
from architect.build.entity.kind import Column, Filter, Kind
from architect.build.entity.phrases import present, within
from architect.build.entity.source import exact
from architect.build.entity.trial import Trial
from architect.model.entity import Scalar


class DecimalKind(Kind):
    """A kind kept as numeric; JSON and the wire carry it as text."""

    filter: ClassVar[Filter] = "range"

    @abstractmethod
    def digits(self, column: Column) -> tuple[int, int]:
        """Return how many digits there are at most, and how many of them after the point."""

    def python(self, column: Column) -> str:
        """Return the Python type."""
        del column
        return "Decimal"

    def sql(self, column: Column) -> str:
        """Return the PostgreSQL type."""
        digits, places = self.digits(column)
        return f"numeric({digits}, {places})"

    def rule(self, column: Column) -> tuple[str, tuple[str, ...]]:
        """Return the domain's rule."""
        digits, places = self.digits(column)
        given = {"minimum": column.field.minimum, "maximum": column.field.maximum}
        limits = (f"{name}={exact(value)}" for name, value in given.items() if value is not None)
        return "Exact", (f"max_digits={digits}", f"decimal_places={places}", *limits)

    def literal(self, column: Column, value: Scalar) -> str:
        """Return the Python source of a value of a brief, with the digits that its column gives back."""
        return _source(self.shown(column, value))

    def said(self, column: Column, value: Scalar) -> str:
        """Return a value as a sentence says it."""
        del column
        return (repr(value) if isinstance(value, float) else str(value)).removesuffix(".0")

    def parse(self, column: Column) -> str:
        """Return the function that reads a value back from a cursor's text."""
        del column
        return "Decimal"

    def reader(self, column: Column) -> str:
        """Return the function that reads it from the wire."""
        _, places = self.digits(column)
        return f"exact({places})"

    def written(self, column: Column, source: str) -> str:
        """Return the expression that puts a value on the wire."""
        return present("write_decimal", column, source)

    def shown(self, column: Column, value: Scalar) -> str:
        """Return Python source of a default as JSON documents it."""
        _, places = self.digits(column)
        return f'"{float(value):.{places}f}"'

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        _, places = self.digits(column)
        default = column.field.default
        value = (1.5 if places else 1) if default is None else float(default)
        return self.shown(column, self._held(column, value))

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        digits, places = self.digits(column)
        low, high = column.field.minimum, column.field.maximum
        value = self.example(column)
        shown = float(value.strip('"'))
        beside = self._held(column, shown + 1)
        other = self.shown(column, beside if beside != shown else self._held(column, shown - 1))
        if low is not None:
            broken = exact(low - 1)
        else:
            broken = exact(high + 1) if high is not None else f"Decimal(10) ** {digits - places}"
        most = "9" * (digits - places) or "0"
        zeros = f".{'0' * places}" if places else ""
        many = counted(int(low or 0) + 1, int(most) if high is None else int(high))
        return Trial(
            value=_source(value),
            numbered=f'Decimal(f"{{{many}}}{zeros}")' if zeros else f"Decimal({many})",
            other=_source(other),
            wire=value,
            wire_numbered=f'f"{{{many}}}{zeros}"',
            broken=broken,
            wrong='"x"',
            above=f'"{most}"',
            below=f'"-{most}"',
        )

    def _held(self, column: Column, value: float) -> float:
        """Return the nearest value that has room in the digits and in the field's bounds."""
        digits, places = self.digits(column)
        most = (10**digits - 1) / 10**places
        return within(column, max(-most, min(most, value)))


def _source(shown: str) -> str:
    """Return Python source for a decimal that JSON carries as this text."""
    text = shown.strip('"')
    return f"Decimal({text})" if text.lstrip("-").isdigit() else f"Decimal({shown})"

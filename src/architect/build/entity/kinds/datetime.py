"""datetime: a moment with its offset from UTC."""

import datetime as dt
from typing import ClassVar

from architect.build.entity.kind import KINDS, Column, Filter, Kind
from architect.build.entity.phrases import present
from architect.build.entity.trial import Trial
from architect.build.entity.words import quoted
from architect.model.entity import Scalar

_EXAMPLE = "2026-01-31T12:00:00Z"


class Datetime(Kind):
    """A moment."""

    filter: ClassVar[Filter] = "range"
    proto = "google.protobuf.Timestamp"
    read = "read_moment"

    def python(self, column: Column) -> str:
        """Return the Python type."""
        return column.types.datetime

    def sql(self, column: Column) -> str:
        """Return the PostgreSQL type."""
        del column
        return "timestamptz"

    def rule(self, column: Column) -> tuple[str, tuple[str, ...]]:
        """Return the domain's rule."""
        del column
        return "Moment", ()

    def literal(self, column: Column, value: Scalar) -> str:
        """Return the Python source of a value written in a brief; without an offset it is in UTC."""
        aware = _moment(value)
        utc = "UTC" if column.types.datetime == "datetime" else "dt.UTC"
        parts = ", ".join(str(part) for part in aware.timetuple()[:6])
        return f"{column.types.datetime}({parts}, tzinfo={utc})"

    def parse(self, column: Column) -> str:
        """Return the function that reads a value back from a cursor's text."""
        del column
        return "moment"

    def written(self, column: Column, source: str) -> str:
        """Return the expression that puts a value on the wire."""
        return present("write_moment", column, source)

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        del column
        return "A moment, kept to the microsecond."

    def json(self, column: Column) -> str:
        """Return the type in JSON."""
        del column
        return "Instant"

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        return quoted(_shown(column).isoformat().replace("+00:00", "Z"))

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        shown = _shown(column)
        seconds = int(shown.timestamp())
        year = 2025 if column.field.unique else 2026
        parts = ", ".join(str(part) for part in shown.timetuple()[:6]).removesuffix(", 0, 0")
        return Trial(
            value=f"datetime({parts}, tzinfo=UTC)",
            numbered=f"datetime.fromtimestamp({seconds} + number, UTC)",
            other=f"datetime({year}, 2, 28, 12, tzinfo=UTC)",
            wire=f"Timestamp(seconds={seconds})",
            wire_numbered=f"Timestamp(seconds={seconds} + number)",
            wrong="Timestamp(nanos=-1)",
            above="Timestamp(seconds=253402300799)",
            below="Timestamp(seconds=-62135596800)",
        )


def _moment(value: Scalar) -> dt.datetime:
    """Return a moment written in a brief, to the second and in UTC, which it is in when it says no offset."""
    moment = dt.datetime.fromisoformat(str(value)).replace(microsecond=0)
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _shown(column: Column) -> dt.datetime:
    return _moment(_EXAMPLE if column.field.default is None else column.field.default)


KINDS.add("datetime", Datetime())

"""json: any JSON value, kept as jsonb."""

from typing import ClassVar

from architect.build.entity.kind import KINDS, Column, Filter, Kind
from architect.build.entity.trial import Trial
from architect.model.entity import Scalar


class Json(Kind):
    """Whatever JSON can say."""

    filter: ClassVar[Filter] = "none"
    sortable = False
    knows_none = True
    proto = "google.protobuf.Value"
    read = "read_json"

    def python(self, column: Column) -> str:
        """Return the Python type."""
        del column
        return "JsonValue"

    def sql(self, column: Column) -> str:
        """Return the PostgreSQL type."""
        del column
        return "jsonb"

    def literal(self, column: Column, value: Scalar) -> str:
        """Return the Python source of a value written in a brief."""
        del column
        return repr(value)

    def stored(self, column: Column, source: str) -> str:
        """Return the expression that hands a value to the driver."""
        wrapped = f"Jsonb({source})"
        return wrapped if column.required else f"None if {source} is None else {wrapped}"

    def written(self, column: Column, source: str) -> str:
        """Return the expression that puts a value on the wire."""
        del column
        return f"write_json({source})"

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        del column
        return "Any JSON value; numbers are doubles, so whole ones beyond 2^53 lose digits."

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        del column
        return '{"key": "value"}'

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        value = self.example(column)
        wire = 'Value(struct_value=Struct(fields={"key": Value(string_value="value")}))'
        return Trial(value=value, numbered=value, other='[1, None, "other"]', wire=wire, wire_numbered=wire)


KINDS.add("json", Json())

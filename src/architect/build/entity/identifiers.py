"""What the kinds share whose values are UUIDs."""

from architect.build.entity.kind import Column, Kind
from architect.build.entity.phrases import present
from architect.build.entity.trial import Trial
from architect.build.entity.words import quoted
from architect.model.entity import Scalar


class IdentifierKind(Kind):
    """A kind kept as a UUID."""

    sortable = False
    read = "read_uuid"

    def python(self, column: Column) -> str:
        """Return the Python type."""
        del column
        return "UUID"

    def sql(self, column: Column) -> str:
        """Return the PostgreSQL type."""
        del column
        return "uuid"

    def literal(self, column: Column, value: Scalar) -> str:
        """Return the Python source of a value written in a brief."""
        del column
        return f"UUID({quoted(str(value))})"

    def written(self, column: Column, source: str) -> str:
        """Return the expression that puts a value on the wire."""
        return present("str", column, source)

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        del column
        return '"01890a5d-ac96-774b-bcce-b302099a8057"'

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        value = self.example(column)
        other = value.replace("8057", "8058")
        return Trial(
            value=f"UUID({value})",
            numbered="UUID(int=number)",
            other=f"UUID({other})",
            wire=value,
            wire_numbered="str(UUID(int=number))",
            wrong='"x"',
            miss=other if column.target is None else value,
        )

"""currency: the unit of an entity's money; no kind of a brief, but the field that money brings."""

from architect.build.entity.kind import KINDS, Column
from architect.build.entity.text import TextKind
from architect.build.entity.trial import Trial
from architect.build.entity.words import quoted


class Currency(TextKind):
    """A currency code."""

    def least(self, column: Column) -> int:
        """Return the least length in characters."""
        del column
        return 3

    def most(self, column: Column) -> int:
        """Return the greatest length in characters."""
        del column
        return 3

    def pattern(self, column: Column) -> str:
        """Return the source of the pattern."""
        del column
        return 'r"^[A-Z]{3}$"'

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        del column
        return "A currency code of ISO 4217."

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        return quoted(str(column.field.default or "EUR"))

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        value = self.example(column)
        other = '"EUR"' if value == '"USD"' else '"USD"'
        return Trial(
            value=value,
            numbered=value,
            other=other,
            wire=value,
            wire_numbered=value,
            broken='""',
            wrong='""',
            miss='"XXX"',
        )


KINDS.add("currency", Currency())

"""url: an absolute http or https address."""

from architect.build.entity.kind import KINDS, Column
from architect.build.entity.text import TextKind


class Url(TextKind):
    """A web address."""

    def most(self, column: Column) -> int:
        """Return the greatest length in characters."""
        return column.field.max_length or 2048

    def pattern(self, column: Column) -> str:
        """Return the source of the pattern."""
        del column
        return "URL"

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        del column
        return "An absolute http or https address."

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        del column
        return '"https://example.com/"'


KINDS.add("url", Url())

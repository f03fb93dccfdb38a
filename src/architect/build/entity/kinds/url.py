"""url: an absolute http or https address."""

from architect.build.entity.kind import KINDS, Column
from architect.build.entity.text import TextKind
from architect.build.entity.trial import Trial


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

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        value, many = self.example(column), 'f"https://example.com/{number}"'
        return Trial(
            value=value,
            numbered=many,
            other='"https://example.com/other"',
            wire=value,
            wire_numbered=many,
            broken='"x"',
            wrong='""',
            miss='"https://example.com/nobody"',
        )


KINDS.add("url", Url())

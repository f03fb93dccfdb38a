"""email: an address of RFC 5321's plain form."""

from architect.build.entity.kind import KINDS, Column
from architect.build.entity.text import TextKind
from architect.build.entity.trial import Trial


class Email(TextKind):
    """An e-mail address."""

    def most(self, column: Column) -> int:
        """Return the greatest length in characters: what a mailbox's path allows (RFC 5321, 4.5.3.1.3)."""
        return min(column.field.max_length or 254, 254)

    def pattern(self, column: Column) -> str:
        """Return the source of the pattern."""
        del column
        return "EMAIL"

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        del column
        return "An e-mail address."

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        del column
        return '"somebody@example.com"'

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        value, many = self.example(column), 'f"somebody{number}@example.com"'
        return Trial(
            value=value,
            numbered=many,
            other='"other@example.com"',
            wire=value,
            wire_numbered=many,
            broken='"x"',
            wrong='""',
            miss='"nobody@example.com"',
        )


KINDS.add("email", Email())

"""string: one line of text, at most 200 characters unless the brief says otherwise."""

from architect.build.entity.kind import KINDS, Column
from architect.build.entity.text import TextKind


class String(TextKind):
    """A short text; a required one is not empty."""

    def least(self, column: Column) -> int:
        """Return the least length in characters."""
        given = column.field.min_length
        return given if given is not None else int(column.required)

    def most(self, column: Column) -> int:
        """Return the greatest length in characters."""
        return column.field.max_length or 200


KINDS.add("string", String())

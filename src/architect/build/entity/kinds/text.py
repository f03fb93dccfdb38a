"""text: prose of any length that a request may have."""

from typing import ClassVar

from architect.build.entity.kind import KINDS, Column, Filter
from architect.build.entity.text import TextKind


class Text(TextKind):
    """A long text; lists neither filter nor sort by it."""

    filter: ClassVar[Filter] = "none"
    sortable = False

    def least(self, column: Column) -> int:
        """Return the least length in characters."""
        return column.field.min_length or 0

    def most(self, column: Column) -> int:
        """Return the greatest length in characters."""
        return column.field.max_length or 10000


KINDS.add("text", Text())

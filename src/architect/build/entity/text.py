"""What the kinds share whose values are text."""

import ast
import re

from architect.build.entity import counting
from architect.build.entity.kind import Column, Kind
from architect.build.entity.matching import matching
from architect.build.entity.source import raw
from architect.build.entity.trial import Trial
from architect.build.entity.words import quoted, title


class TextKind(Kind):
    """A kind kept as text, with bounds on its length and perhaps a pattern."""

    def least(self, column: Column) -> int:
        """Return the least length in characters."""
        del column
        return 0

    def most(self, column: Column) -> int:
        """Return the greatest length in characters."""
        return column.field.max_length or 200

    def pattern(self, column: Column) -> str:
        """Return the source of the pattern for the whole value, or nothing."""
        return raw(column.field.pattern) if column.field.pattern else ""

    def python(self, column: Column) -> str:
        """Return the Python type."""
        del column
        return "str"

    def sql(self, column: Column) -> str:
        """Return the PostgreSQL type."""
        del column
        return "text"

    def rule(self, column: Column) -> tuple[str, tuple[str, ...]]:
        """Return the domain's rule."""
        least, pattern = self.least(column), self.pattern(column)
        arguments = [f"min_length={least}"] if least else []
        arguments.append(f"max_length={self.most(column)}")
        return "Text", (*arguments, *([f"pattern={pattern}"] if pattern else []))

    def sentence(self, column: Column) -> str:
        """Return what its values are."""
        least, most = self.least(column), self.most(column)
        if least == most:
            size = f"Text of {most} characters"
        else:
            size = f"Text of {least} to {most} characters" if least else f"Text of at most {most} characters"
        return f"{size} that matches {column.field.pattern}." if column.field.pattern else f"{size}."

    def example(self, column: Column) -> str:
        """Return Python source of a valid JSON value."""
        least, most = self.least(column), self.most(column)
        if column.field.default is not None:
            return quoted(str(column.field.default))
        if column.field.pattern:
            return quoted(matching(column.field.pattern, least, most, f"{column.entity}.{column.name}"))
        text = title(column.name)
        while len(text) < least:
            text = f"{text} {title(column.name).lower()}"
        return quoted(text[:most].rstrip().ljust(least, "x"))

    def trial(self, column: Column) -> Trial:
        """Return the values that tests try it with."""
        value, other = self.example(column), self._other(column)
        least, most = self.least(column), self.most(column)
        empty_is_wrong = least > 0 or (
            bool(column.field.pattern) and re.fullmatch(column.field.pattern or "", "") is None
        )
        numbered = self._numbered(column)
        return Trial(
            value=value,
            numbered=numbered,
            other=other,
            wire=value,
            wire_numbered=numbered,
            broken='""' if empty_is_wrong else f'"x" * {most + 1}',
            wrong='""' if empty_is_wrong else "",
            miss='"x"',
        )

    def _other(self, column: Column) -> str:
        least, most = self.least(column), self.most(column)
        if column.field.pattern:
            where = f"{column.entity}.{column.name}"
            return quoted(matching(column.field.pattern, least, most, where, last=True))
        return quoted("Other"[:most].ljust(least, "x"))

    def _numbered(self, column: Column) -> str:
        least, most = self.least(column), self.most(column)
        shown = ast.literal_eval(self.example(column))
        if column.field.pattern:
            return counting.matching(column.field.pattern, shown, least, most)
        return counting.text(f"{shown} ", least, most)

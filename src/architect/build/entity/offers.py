"""What lists offer: filters and orders."""

from dataclasses import dataclass

from architect.build.entity.kind import Column
from architect.build.entity.words import quoted

_ROOM = 86
"""Characters that a line has for a filter's name and its condition."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list: ``operator`` compares ``column`` with the value called ``name``."""

    name: str
    column: Column
    operator: str
    phrase: str

    @property
    def is_range(self) -> bool:
        """Whether it is one end of a range."""
        return self.operator != "="

    @property
    def bound(self) -> str:
        """How tests call the end of a range that it is, as a further argument."""
        return {"=": "", ">=": ', "lower"', "<=": ', "upper"'}[self.operator]

    @property
    def condition(self) -> str:
        """The condition in SQL."""
        return f"{self.column.column} {self.operator} %({self.name})s"

    @property
    def source(self) -> str:
        """The condition as Python source."""
        whole = quoted(self.condition)
        if len(self.name) + len(whole) < _ROOM:
            return whole
        left, _, right = self.condition.rpartition(" ")
        return f"({quoted(left)} {quoted(f' {right}')})"


@dataclass(frozen=True, slots=True)
class Sort:
    """One order of a list."""

    column: Column

    @property
    def made(self) -> str:
        """The arguments of the adapter's description of it."""
        nullable = "" if self.column.required else ", nullable=True"
        return f"{quoted(self.column.column)}, {self.column.kind.parse(self.column)}{nullable}"


def filters(column: Column) -> tuple[Filter, ...]:
    """Return the filters that a column's kind gives: one for equality, or the two ends of a range."""
    name = column.name
    if column.kind.filter == "range":
        return (
            Filter(f"{name}_from", column, ">=", f"Only those whose {name} is this or later."),
            Filter(f"{name}_to", column, "<=", f"Only those whose {name} is this or earlier."),
        )
    return (Filter(name, column, "=", f"Only those with this {name}."),)

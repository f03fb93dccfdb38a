"""Expressions and phrases that depend on a field's constraints."""

from architect.build.entity.kind import Column


def mapped(function: str, column: Column, source: str) -> str:
    """Return ``function(source)``, which leaves an optional value's None alone."""
    called = f"{function}({source})"
    return called if column.required else f"None if {source} is None else {called}"


def present(function: str, column: Column, source: str) -> str:
    """Return ``function(source)`` for the wire, where None leaves a field unset."""
    return f"{function}({source})" if column.required else f"present({function}, {source})"


def within(column: Column, value: float) -> float:
    """Return the value, or the bound of the field that is nearest to it."""
    low, high = column.field.minimum, column.field.maximum
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value


def another(column: Column, value: float) -> float:
    """Return another number within the field's bounds; the same when there is none."""
    found = within(column, value + 1)
    return found if found != value else within(column, value - 1)


def bounds(column: Column, lower: str = "at least", upper: str = "at most") -> str:
    """Return what a number's bounds say: `` from 1 to 999``, ``, at least 1`` or nothing."""
    low, high = column.field.minimum, column.field.maximum
    show = column.kind.said
    if low is not None and high is not None:
        return f" from {show(column, low)} to {show(column, high)}"
    if low is not None:
        return f", {lower} {show(column, low)}"
    return "" if high is None else f", {upper} {show(column, high)}"

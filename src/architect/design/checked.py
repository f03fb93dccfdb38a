"""Values of a brief, checked as they are taken out."""

from collections.abc import Iterable

from architect.model.brief import Brief
from architect.model.errors import InputError
from architect.model.fact import Fact


def number(brief: Brief, path: str, *, least: float, most: float | None = None, above: bool = False) -> float:
    """Return the number at a path.

    Raises:
        InputError: there is none, or it is out of bounds (``above``: the least itself is).
    """
    value = brief.number(path)
    if value is None or value < least or (above and value == least) or (most is not None and value > most):
        bound = f"{'above' if above else 'at least'} {least:g}" + (
            "" if most is None else f" and at most {most:g}"
        )
        told = "nothing" if value is None else f"{value:g}"
        raise InputError(f"{told} cannot be", where=path, mend=f"give a number {bound}")
    return value


def text(fact: Fact[str] | None) -> str:
    """Return a name, empty where it is unknown."""
    return str(fact.value) if fact else ""


def values(facts: Iterable[Fact[str]]) -> tuple[str, ...]:
    """Return the names of a list."""
    return tuple(fact.value for fact in facts)

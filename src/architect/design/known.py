"""A brief while its unknowns are filled, and what a row of the tables of assumptions is."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from architect.design.tables import Tables
from architect.model.brief import Brief
from architect.model.fact import Fact


class Known:
    """A brief together with what was filled in so far.

    Args:
        brief: the brief as it was given.
        tables: where defaults and constants stand.
    """

    def __init__(self, brief: Brief, tables: Tables) -> None:
        self.brief = brief
        self.tables = tables
        self.filled: dict[str, Fact[object]] = {}

    def has(self, path: str) -> bool:
        """Return whether the path holds a value."""
        return self.brief.at(path) not in {None, ()}

    def number(self, path: str) -> float | None:
        """Return the number at a path, given or filled in, or None."""
        fact = self.filled.get(path)
        if fact is None:
            return self.brief.number(path)
        return float(fact.value) if isinstance(fact.value, int | float) else None


Guess = Callable[[Known], Fact[object] | None]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A row of the table: the first guess that is not None fills the path."""

    path: str
    guesses: tuple[Guess, ...]
    method: str
    """How it is taken, for the documentation."""


def default(path: str, known: Known) -> Fact[object]:
    """Return the default that the tables hold for a path."""
    default = known.tables.defaults[path]
    return Fact(default.value, "assumed", default.because)


def fixed(path: str) -> Assumption:
    """Return the row of a path that is always taken from its default."""
    return Assumption(path, (partial(default, path),), "fixed")

"""Along one number of a brief: where a choice turns, and how far it holds from there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import floor
from typing import Final, Literal

from architect.design.engine import choices
from architect.design.paths import WHOLE_NUMBERS, told
from architect.design.search import bisected, rounded
from architect.design.tables import Tables
from architect.model.brief import Brief
from architect.model.errors import InputError

BECAUSE: Final = "what if"
PARTS: Final = 2
"""Values that are tried in each step of a ladder: a choice may hold within a step and nowhere else."""
WIDE: Final = 3
"""Values that are so many times apart have twice the parts."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A brief as it was stated, with what is chosen when one of its numbers is another, each worked out once.

    The number is stated and all that is assumed follows from it, as it would in a brief that holds it.
    """

    brief: Brief
    tables: Tables
    found: dict[tuple[str, float], Mapping[str, str]] = field(default_factory=dict, compare=False)

    def at(self, path: str, value: float) -> Mapping[str, str]:
        """Return the choices by decision, none where the brief contradicts itself."""
        key = (path, value)
        if key not in self.found:
            self.found[key] = chosen(self.brief.put(path, told(path, value, BECAUSE)), self.tables)
        return self.found[key]


@dataclass(frozen=True, slots=True)
class Bracket:
    """Where a choice turns along ``walk``: it still holds at ``turned - 1`` and not at ``turned``.

    ``turned`` is 0 where it is enough to state what is assumed now, and for others to follow from it.
    ``distance`` is counted in steps of the ladder, so that numbers of every kind compare.
    """

    path: str
    walk: tuple[float, ...]
    turned: int
    distance: int


@dataclass(frozen=True, slots=True)
class Turn:
    """The choice is ``then`` from ``at`` on, up to ``until``; None where that holds as far as was tried."""

    at: float
    until: float | None
    direction: Literal["above", "below"]
    then: str


def chosen(brief: Brief, tables: Tables) -> Mapping[str, str]:
    """Return the choices by decision, none where the brief contradicts itself."""
    try:
        return choices(brief, tables)
    except InputError:
        return {}


def brackets(
    tried: Tried, path: str, ladder: tuple[float, ...], now: float, present: Mapping[str, str]
) -> Iterator[tuple[str, Bracket]]:
    """Yield (decision, bracket) for each choice of ``present`` that turns on either side of ``now``."""
    for side in ([each for each in ladder if each > now], [each for each in reversed(ladder) if each < now]):
        if not side:
            continue
        steps = list(_walk(path, [now, *side]))
        walk = tuple(value for value, _ in steps)
        pending = set(present)
        for position, (value, distance) in enumerate(steps):
            then = tried.at(path, value)
            for name in sorted(pending):
                if then.get(name, present[name]) != present[name]:
                    pending.discard(name)
                    yield name, Bracket(path, walk, position, distance)
            if not pending:
                break


def turn(tried: Tried, decision: str, present: str, bracket: Bracket) -> Turn:
    """Return the turn in a bracket, in three digits: the first value found that gives another choice."""
    path, walk = bracket.path, bracket.walk

    def turned(value: float) -> bool:
        return tried.at(path, value).get(decision, present) != present

    at = walk[bracket.turned]
    if bracket.turned:
        near, far = bisected(path, walk[bracket.turned - 1], at, turned)
        at = rounded(path, far, away_from=near)
        if not turned(at):
            at = far
    direction: Literal["above", "below"] = "above" if walk[-1] > walk[0] else "below"
    return Turn(at, _until(tried, decision, at, bracket), direction, tried.at(path, at)[decision])


def _until(tried: Tried, decision: str, at: float, bracket: Bracket) -> float | None:
    """Return the last value that still gives the choice of ``at``, None where no other is found beyond it."""
    path, walk = bracket.path, bracket.walk
    sign = 1 if walk[-1] > walk[0] else -1
    choice = tried.at(path, at)[decision]

    def ended(value: float) -> bool:
        return tried.at(path, value).get(decision) != choice

    last = at
    for value in walk[bracket.turned :]:
        if sign * value <= sign * last:
            continue
        if ended(value):
            last, beyond = bisected(path, last, value, ended)
            inward = rounded(path, last, away_from=beyond)
            return sign * max(sign * inward, sign * at)
        last = value
    return None


def _walk(path: str, ladder: list[float]) -> Iterator[tuple[float, int]]:
    """Yield the values of a ladder and those between them, each with its distance in steps from the first."""
    yield ladder[0], 0
    last = ladder[0]
    for step, (near, far) in enumerate(pairwise(ladder)):
        parts = PARTS if max(near, far) < WIDE * min(near, far) else 2 * PARTS
        for part in range(1, parts + 1):
            value = far if part == parts else near + (far - near) * part / parts
            value = float(floor(value)) if path in WHOLE_NUMBERS else value
            if value != last:
                yield value, step
            last = value

"""What a project's own tests need of an entity: values, walks through its states, the suites that fit."""

from collections import deque
from dataclasses import dataclass

from architect.build.entity.kind import Column
from architect.build.entity.offers import Filter
from architect.model.entity import States, Transition


@dataclass(frozen=True, slots=True)
class Walk:
    """A transition after a path of others; ``status`` is None when it is refused."""

    path: tuple[str, ...]
    transition: str
    status: str | None


@dataclass(frozen=True, slots=True)
class Trials:
    """The tables that test suites of one entity read."""

    fields: tuple[Column, ...]
    filters: tuple[Filter, ...]
    states: States | None
    owned: bool
    lazy: frozenset[str]
    """References whose target's tables would need this entity's, so that tests leave them out."""

    @property
    def shown(self) -> tuple[Column, ...]:
        """The fields that an example shows: all that do not need a row of the same kind."""
        return tuple(column for column in self.fields if column.name not in self.lazy)

    @property
    def plain(self) -> tuple[Column, ...]:
        """The fields that refer to nothing."""
        return tuple(column for column in self.fields if column.target is None)

    @property
    def uncounted(self) -> tuple[str, ...]:
        """The parameter that counts, when no plain field is unique."""
        return () if any(column.field.unique for column in self.plain) else ("number",)

    @property
    def broken(self) -> tuple[Column, ...]:
        """The fields that some value breaks a rule of."""
        return tuple(column for column in self.plain if column.trial.broken)

    @property
    def wrong(self) -> tuple[Column, ...]:
        """The fields that some value on the wire breaks a rule of."""
        return tuple(column for column in self.fields if column.trial.wrong)

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that have to be given."""
        return tuple(column.name for column in self.fields if not column.default_value)

    @property
    def defaulted(self) -> tuple[Column, ...]:
        """The fields that have a value when they are left out."""
        return tuple(column for column in self.fields if column.field.default is not None)

    @property
    def nullable(self) -> tuple[str, ...]:
        """The fields that may be None."""
        return tuple(
            column.name for column in self.fields if not column.required and column.name not in self.lazy
        )

    @property
    def tried_filters(self) -> tuple[Filter, ...]:
        """The filters by what examples have."""
        return tuple(one for one in self.filters if one.column.name not in self.lazy)

    @property
    def unique(self) -> tuple[str, ...]:
        """The fields whose value is taken once."""
        return tuple(column.name for column in self.fields if column.field.unique)

    @property
    def references(self) -> tuple[Column, ...]:
        """The references that tests follow."""
        return tuple(column for column in self.fields if column.target and column.name not in self.lazy)

    @property
    def dangling(self) -> tuple[str, ...]:
        """All references."""
        return tuple(column.name for column in self.fields if column.target)

    @property
    def confined(self) -> tuple[str, ...]:
        """The followed references that stay within one owner."""
        return tuple(column.name for column in self.references if column.target and column.target.owned)

    @property
    def misses(self) -> tuple[tuple[str, str], ...]:
        """A value for each filter by which it finds nothing."""
        return tuple((one.name, value) for one in self.tried_filters if (value := _miss(one)))

    @property
    def walks(self) -> tuple[Walk, ...]:
        """Each transition where it is allowed, by the shortest way there."""
        if self.states is None:
            return ()
        ways = _ways(self.states)
        return tuple(
            Walk(way, each.name, each.target)
            for each in self.states.transitions
            if (way := _shortest(ways, set(each.sources))) is not None
        )

    @property
    def refusals(self) -> tuple[Walk, ...]:
        """Each transition where it is refused, by the shortest way there."""
        if self.states is None:
            return ()
        ways = _ways(self.states)
        return tuple(
            Walk(way, each.name, None)
            for each in self.states.transitions
            if (way := _shortest(ways, set(self.states.names) - set(each.sources))) is not None
        )


def _miss(one: Filter) -> str:
    trial = one.column.trial
    if one.operator == "=":
        return trial.miss
    return trial.above if one.operator == ">=" else trial.below


def _ways(states: States) -> dict[str, tuple[str, ...]]:
    """Return the shortest path of transitions to every state that can be reached, nearest first."""
    found: dict[str, tuple[str, ...]] = {states.initial: ()}
    waiting = deque([states.initial])
    while waiting:
        here = waiting.popleft()
        for each in _leaving(states, here):
            if each.target not in found:
                found[each.target] = (*found[here], each.name)
                waiting.append(each.target)
    return found


def _leaving(states: States, state: str) -> list[Transition]:
    return [each for each in states.transitions if state in each.sources]


def _shortest(ways: dict[str, tuple[str, ...]], wanted: set[str]) -> tuple[str, ...] | None:
    return next((way for state, way in ways.items() if state in wanted), None)

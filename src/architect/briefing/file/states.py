"""The states of an entity in architect.yaml, and the rules they keep."""

from collections.abc import Iterator

from architect.briefing.file.problems import did_you_mean, refused
from architect.briefing.file.shape import StatesShape
from architect.briefing.file.source import Path, Source
from architect.briefing.reserved import transition_problem, value_problem
from architect.model.entity import States, Transition


def states_of(shape: StatesShape, entity: str, path: Path, source: Source) -> States:
    """Return the states; those that only transitions name come after the initial one, in order.

    Raises:
        InputError: a name is reserved or there twice, or a transition names an unknown state.
    """
    named = list(dict.fromkeys([shape.initial, *_named(shape)]))
    names = named if shape.names is None else shape.names
    for at, name in enumerate(names):
        wrong = value_problem(name) or ("is there twice" if names.count(name) > 1 else None)
        if wrong:
            where = (*path, "initial") if shape.names is None else (*path, "names", at)
            raise refused(source, where, f"the state {name!r} of {entity} {wrong}", "rename it")
    if shape.initial not in names:
        what = f"{entity} starts in the unknown state {shape.initial!r}"
        raise refused(source, (*path, "initial"), what, did_you_mean(shape.initial, names))
    return States(tuple(names), shape.initial, tuple(_transitions(shape, names, entity, path, source)))


def _named(shape: StatesShape) -> Iterator[str]:
    for step in shape.transitions.values():
        yield from step.sources
        yield step.target


def _transitions(
    shape: StatesShape, names: list[str], entity: str, path: Path, source: Source
) -> Iterator[Transition]:
    for name, step in shape.transitions.items():
        at = (*path, "transitions", name)
        wrong = transition_problem(name)
        if wrong:
            what = f"the transition {name!r} of {entity} {wrong}"
            raise refused(source, at, what, f"`mark_{step.target}` would do", key=True)
        for state in (*step.sources, step.target):
            if state not in names:
                what = f"{name!r} of {entity} names the unknown state {state!r}"
                raise refused(source, at, what, did_you_mean(state, names))
        yield Transition(name, tuple(step.sources), step.target)

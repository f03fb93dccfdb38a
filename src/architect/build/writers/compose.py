"""compose.yaml: the service with everything that it needs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from architect.build.contributions.deployment import ComposeService, Directory, Port, Probe
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.entity.words import joined
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.sizes import Sizes
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "compose.yaml"

_MIGRATING = frozenset({"DATABASE_URL", "ENVIRONMENT"})
"""What migrating needs besides what settings refuse to start without."""


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    compose: str


def _write(scene: Scene, slots: Slots) -> Iterator[Text]:
    services, own = slots.of(ComposeService), slots.of(Directory)
    variables = sorted(
        (
            variable
            for group in slots.of(VariableGroup)
            for variable in group.variables
            if variable.production
        ),
        key=lambda variable: variable.name,
    )
    text = shared(
        PATH,
        beside=joined([service.what for service in services]),
        services=services,
        volumes=sorted([*(each.volume for each in services if each.volume), *(each.name for each in own)]),
        mounted=[own] if own else [],
        variables=_lines(variables),
        migrating=_lines(
            v for v in variables if v.production == "chosen" or v.refused or v.name in _MIGRATING
        ),
        ports=slots.of(Port),
        probe=slots.of(Probe)[0],
        size=Sizes(scene.design.sizing),
    )
    yield Text(PATH, text)


def _lines(variables: Iterable[Variable]) -> list[_Line]:
    return [_Line(variable.name, _value(variable)) for variable in variables]


def _value(variable: Variable) -> str:
    name = variable.name
    if variable.production == "chosen":
        return f"${{{name}:?set {name}}}"
    if variable.production == "tuned":
        return f"${{{name}:-{variable.value}}}"
    return variable.compose or f"'{variable.value}'"


WRITERS.add("compose", Writer("compose", _write))

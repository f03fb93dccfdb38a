"""deploy/systemd: the unit, and the settings that it reads."""

from collections.abc import Iterator

from architect.build.contributions.deployment import Directory
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.sizes import Sizes
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

UNIT = "deploy/systemd/quillwort.service"
SETTINGS = "deploy/systemd/quillwort.env"


def _write(scene: Scene, slots: Slots) -> Iterator[Text]:
    said = [
        (variable.name, value)
        for group in slots.of(VariableGroup)
        for variable in group.variables
        if (value := _value(variable)) is not None
    ]
    states = [each.path.removeprefix("/var/lib/") for each in slots.of(Directory)]
    yield Text(UNIT, shared(UNIT, size=Sizes(scene.design.sizing), states=states))
    yield Text(SETTINGS, shared(SETTINGS, variables=said))


def _value(variable: Variable) -> str | None:
    if variable.machine is not None:
        return variable.machine
    if not variable.production:
        return None
    return "" if variable.production == "chosen" else variable.value


WRITERS.add("systemd", Writer("vm", _write))

"""What the environment says: .env.example."""

from collections.abc import Iterator

from architect.build.contributions.environment import VariableGroup
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = ".env.example"


def _write(_: Scene, slots: Slots) -> Iterator[Text]:
    yield Text(PATH, shared(PATH, groups=slots.of(VariableGroup)))


WRITERS.add("environment", Writer("core", _write))

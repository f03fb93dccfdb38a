"""settings.py: one field a section."""

from collections.abc import Iterator

from architect.build.contributions.python import Section
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "src/quillwort/settings.py"


def _write(_: Scene, slots: Slots) -> Iterator[Text]:
    yield Text(PATH, shared(PATH, sections=slots.of(Section)), "tool")


WRITERS.add("settings", Writer("core", _write))

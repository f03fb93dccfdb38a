"""designed.py: how the design finds passages, for all who search."""

from collections.abc import Iterator

from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "src/quillwort/designed.py"


def _write(scene: Scene, _: Slots) -> Iterator[Text]:
    window = 1 if scene.choices.neighbours else 0
    yield Text(PATH, shared(PATH, fusion=scene.choices.fusion, window=window), "tool")


WRITERS.add("designed", Writer("assistant", _write))

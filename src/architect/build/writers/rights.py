"""rights.py: every kind of resource that callers can be given rights to."""

from collections.abc import Iterator

from architect.build.contributions.python import Right
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "src/quillwort/rights.py"


def _write(_: Scene, slots: Slots) -> Iterator[Text]:
    yield Text(PATH, shared(PATH, rights=slots.of(Right)), "tool")


WRITERS.add("rights", Writer("core", _write))

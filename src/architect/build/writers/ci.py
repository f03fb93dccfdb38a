""".github/workflows/ci.yaml: the checks, the tests with real services, and what blocks add."""

from collections.abc import Iterator

from architect.build.contributions.deployment import CiJob, CiService
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = ".github/workflows/ci.yaml"


def _write(_: Scene, slots: Slots) -> Iterator[Text]:
    yield Text(PATH, shared(PATH, services=slots.of(CiService), jobs=slots.of(CiJob)))


WRITERS.add("ci", Writer("ci", _write))

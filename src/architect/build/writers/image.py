"""Dockerfile: what the image listens on and how it tells that it lives."""

from collections.abc import Iterator

from architect.build.contributions.deployment import Directory, Port, Probe
from architect.build.contributions.packaging import Dependency, extras
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "Dockerfile"


def _write(_: Scene, slots: Slots) -> Iterator[Text]:
    ports = slots.of(Port)
    probe = slots.of(Probe)[0]
    hosts = " \\\n    ".join(f"{port.name.upper()}_HOST=0.0.0.0" for port in ports)
    names = ["runtime", *(extra.name for extra in extras(slots.of(Dependency)))]
    text = shared(
        PATH,
        ports=ports,
        hosts=hosts,
        probe=probe,
        requirements=" ".join(f"requirements/{name}.txt" for name in names),
        directories=slots.of(Directory),
    )
    yield Text(PATH, text)


WRITERS.add("image", Writer("image", _write))

"""bootstrap.py: the composition root."""

from collections.abc import Iterator

from architect.build.contributions.python import (
    Command,
    CounterScheme,
    Import,
    Ping,
    Resource,
    ServerPart,
    Verifier,
)
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "src/quillwort/bootstrap.py"


def _write(scene: Scene, slots: Slots) -> Iterator[Text]:
    commands = slots.of(Command)
    servers = slots.of(ServerPart)
    (verifier,) = slots.of(Verifier)
    text = shared(
        PATH,
        imports=slots.of(Import),
        commands=commands,
        preparations=[command for command in commands if command.prepares],
        counters=slots.of(CounterScheme),
        resources=slots.of(Resource),
        entities=scene.by_plural,
        verifier=verifier,
        pings=slots.of(Ping),
        servers=servers,
        modes=sorted(servers, key=lambda server: server.mode),
    )
    yield Text(PATH, text, "tool")


WRITERS.add("bootstrap", Writer("core", _write))

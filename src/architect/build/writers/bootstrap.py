"""bootstrap.py: the composition root."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from architect.build.contributions.python import (
    ROUTES,
    Command,
    CounterScheme,
    Import,
    Part,
    Ping,
    Resource,
    Routes,
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
    servers = [_served(server, slots.of(Routes)) for server in slots.of(ServerPart)]
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
        parts=slots.of(Part),
        servers=servers,
        modes=sorted(servers, key=lambda server: server.mode),
    )
    yield Text(PATH, text, "tool")


def _served(server: ServerPart, routes: Sequence[Routes]) -> ServerPart:
    """Return the server with everything that it serves in the place of ``ROUTES``."""
    own = ", ".join(each.expression for each in routes if each.server == server.name)
    return replace(
        server,
        lines=tuple(line.replace(ROUTES, own) for line in server.lines),
        helpers=tuple(line.replace(ROUTES, own) for line in server.helpers),
    )


WRITERS.add("bootstrap", Writer("core", _write))

"""AGENTS.md: commands and rules for coding agents."""

from collections.abc import Iterator

from architect.build.contributions.documents import AgentCommand, AgentRule
from architect.build.contributions.packaging import GeneratedPath
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

PATH = "AGENTS.md"


def _write(_: Scene, slots: Slots) -> Iterator[Text]:
    added = [command.linted for command in slots.of(AgentCommand) if command.linted]
    linted = ", ".join(["ruff", "import directions", "migrations", *added])
    commands = [
        AgentCommand(
            10, "make check", "everything CI asks for; run it before you say that something is done"
        ),
        AgentCommand(20, "make lint", linted),
        *slots.of(AgentCommand),
    ]
    generated = [f"`{entry.path}/` (by `make proto`)" for entry in slots.of(GeneratedPath)]
    yield Text(
        PATH,
        shared(
            PATH,
            commands=commands,
            rules=slots.of(AgentRule),
            generated=", ".join([*generated, "`requirements/*.txt` (by `make lock`)"]),
        ),
    )


WRITERS.add("agents", Writer("core", _write))

"""Contributions to README.md, ARCHITECTURE.md and AGENTS.md."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operation:
    """A paragraph of the README on running the service, in the order ``place``."""

    place: int
    title: str
    text: str

    @property
    def key(self) -> str:
        """The place, and the title."""
        return f"{self.place:03} {self.title}"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to deploy, for the README: a paragraph, and perhaps commands and a paragraph after them."""

    place: int
    title: str
    text: str
    commands: str = ""
    after: str = ""

    @property
    def key(self) -> str:
        """The place."""
        return f"{self.place:03}"

    @property
    def blocks(self) -> tuple[str, ...]:
        """The commands, if there are any."""
        return (self.commands,) if self.commands else ()

    @property
    def ends(self) -> tuple[str, ...]:
        """The paragraph after them, if there is one."""
        return (self.after,) if self.after else ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Something that the service talks to: a node and an arrow of the architecture's picture."""

    place: int
    name: str
    shape: str
    label: str

    @property
    def key(self) -> str:
        """The place."""
        return f"{self.place:03}"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls the service: a node of the picture, and what is spoken."""

    place: int
    name: str
    title: str
    label: str

    @property
    def key(self) -> str:
        """The place."""
        return f"{self.place:03}"


@dataclass(frozen=True, slots=True)
class AgentCommand:
    """A row of the commands that agents are told; ``linted`` is what it adds to `make lint`."""

    place: int
    command: str
    does: str
    linted: str = ""

    @property
    def key(self) -> str:
        """The place."""
        return f"{self.place:03}"


@dataclass(frozen=True, slots=True)
class AgentRule:
    """A rule that agents are told."""

    place: int
    text: str

    @property
    def key(self) -> str:
        """The place."""
        return f"{self.place:03}"

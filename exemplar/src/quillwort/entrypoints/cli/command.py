"""What a command is."""

from argparse import ArgumentParser, Namespace
from typing import Protocol

from quillwort.settings import Settings


class Command(Protocol):
    """Something to do once, from a shell."""

    @property
    def help(self) -> str:
        """What it does, in a line."""

    def configure(self, parser: ArgumentParser) -> None:
        """Declare its arguments."""

    def run(self, settings: Settings, arguments: Namespace) -> None:
        """Do it.

        Raises:
            CommandError: when it cannot be done.
        """


class CommandError(Exception):
    """A command cannot be done; the message is one line that says what to do instead."""

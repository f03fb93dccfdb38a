"""``architect``: parse, call, print; bad input is one line and exit status 2, never a traceback."""

import errno
import importlib
import os
import pkgutil
import signal
import sys
from types import FrameType

import click

from architect import __version__
from architect.model.errors import InputError

DONE, FAILED, BAD_INPUT = 0, 1, 2
MACHINE_LIMITS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EROFS, errno.EMFILE)
STOPPED = "stopped before the end; nothing was left half-written; run the command again"
COMMANDS = "architect.surfaces.cli.commands"


class Verbs(click.Group):
    """One verb, one file of ``commands``; only the verb that runs is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the verbs by name."""
        package = importlib.import_module(COMMANDS)
        return sorted(found.name for found in pkgutil.iter_modules(package.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the verb's command, importing its file only."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"{COMMANDS}.{cmd_name}").command
        if not isinstance(command, click.Command):
            message = f"{COMMANDS}.{cmd_name}.command is no command"
            raise TypeError(message)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return what ``args`` name; an unknown verb is told with the known ones."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            known = ", ".join(self.list_commands(ctx))
            raise click.UsageError(f"{error.message.rstrip('.')} (known: {known})", ctx) from error


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='Example: architect new "A FastAPI service for customers and orders, 200 rps" shop --yes',
)
@click.version_option(__version__, prog_name="architect")
def cli() -> None:
    """From a sentence to a Python backend that has been run, attacked and measured.

    Exit status: 0 done, 1 findings or a failed gate, 2 bad input.
    """


def main() -> None:
    """Run the command line and leave with its exit status."""
    signal.signal(signal.SIGTERM, _terminate)
    status = _run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    try:
        # Not cli.main, which puts an empty line before what we say of Ctrl-C.
        with cli.make_context("architect", arguments or ["--help"]) as context:
            result = cli.invoke(context)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (InputError, click.ClickException, KeyboardInterrupt, EOFError, SystemExit, OSError) as error:
        return _refused(error)
    return result if isinstance(result, int) else DONE


def _refused(error: BaseException) -> int:
    """Return the exit status of what went wrong, said in one line; what is our own fault is raised again."""
    match error:
        case InputError():
            return _complain(error.line())
        case click.UsageError():
            see = f"; see '{error.ctx.command_path} --help'" if error.ctx else ""
            return _complain(error.format_message().rstrip(".") + see)
        case click.ClickException():
            return _complain(error.format_message())
        case KeyboardInterrupt() | EOFError():
            told = str(error) if isinstance(error, KeyboardInterrupt) else ""
            return _complain(told or STOPPED)
        case BrokenPipeError() | SystemExit():
            # Of a pipe that nobody reads any more, rich makes a SystemExit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        case OSError(errno=number) if number in MACHINE_LIMITS:
            where = f"{error.filename}: " if error.filename else ""
            return _complain(f"{where}{error.strerror}; free some room or choose another directory")
    raise error


def _complain(line: str) -> int:
    click.echo(f"architect: {' '.join(line.split())}", err=True)
    return BAD_INPUT


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()

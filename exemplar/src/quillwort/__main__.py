"""`python -m quillwort [COMMAND]`: serve, or do one thing."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

import uvloop

from quillwort import bootstrap
from quillwort.domain.errors import DomainError
from quillwort.entrypoints.cli.command import CommandError
from quillwort.kit import lifecycle, logs
from quillwort.kit.settings import Environment, SettingsError, load
from quillwort.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 when it is done, 1 when it failed, 2 when the input was bad."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = load(Settings)
        logs.configure(settings.log.level)
        _do(settings, parsed)
    except SettingsError as error:
        return _fail(2, error.problems)
    except CommandError as error:
        return _fail(2, [str(error)])
    except (DomainError, OSError) as error:
        return _fail(1, [str(error)])
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m quillwort", epilog="Settings come from the environment; see .env.example."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    parser.set_defaults(command="all")
    for mode, names in bootstrap.MODES.items():
        commands.add_parser(mode, help=f"serve {' and '.join(names)}")
    for name, command in bootstrap.COMMANDS.items():
        command.configure(commands.add_parser(name, help=command.help))
    return parser


def _do(settings: Settings, parsed: Namespace) -> None:
    if parsed.command in bootstrap.COMMANDS:
        bootstrap.COMMANDS[parsed.command].run(settings, parsed)
        return
    if settings.process.environment is not Environment.PRODUCTION:
        for preparation in bootstrap.PREPARATIONS:
            preparation.run(settings, parsed)
    uvloop.run(_serve(settings, bootstrap.MODES[parsed.command]))


async def _serve(settings: Settings, names: Sequence[str]) -> None:
    async with bootstrap.open_parts(settings) as parts:
        servers = {name: bootstrap.SERVERS[name](parts) for name in names}
        await lifecycle.run(servers, parts.health, settings.process.shutdown_grace_seconds)


def _fail(status: int, lines: Sequence[str]) -> int:
    for line in lines:
        sys.stderr.write(f"quillwort: {line}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())

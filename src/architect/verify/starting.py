"""Starts that must work, starts that must be refused, and migrations that may be run again."""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from typing import Final

import psycopg

from architect.model.fact import Figure
from architect.verify.bench import Bench
from architect.verify.log import Log
from architect.verify.process import clean_environment, run
from architect.verify.readiness import readiness_of
from architect.verify.service import BootError, booted
from architect.verify.sheet import bounded

EXIT_SECONDS: Final = 20.0
NOWHERE: Final = "postgresql://nobody@127.0.0.1:9/none"
"""A database that production would be content with, until it connects."""
_LEFT_AT_HOME = shutil.ignore_patterns(
    ".venv", ".local", ".git", ".architect", ".env", "__pycache__", ".*_cache", ".hypothesis"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a probe saw that must not be; ``where`` is an endpoint, a variable or a command."""

    message: str
    where: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A bench, and a copy of the project as a clone has it: nothing that developers keep beside it."""

    bench: Bench
    clone: Path

    @property
    def bare(self) -> dict[str, str]:
        """Nothing but where the package is."""
        return {"PYTHONPATH": str(self.clone / "src")}

    async def command(self, *arguments: str) -> tuple[str, ...]:
        """Return the command line of the package."""
        return (str(await self.bench.python()), "-m", self.bench.subject.package, *arguments)

    def note(self, name: str, value: float, unit: str, because: str) -> None:
        """Write a measured figure down."""
        self.bench.sheet.figure(Figure(name, value, unit, "measured", because))


def copy_as_cloned(project: Path, clone: Path) -> None:
    """Copy a project into an existing empty directory, without what its ``.gitignore`` would leave out."""
    shutil.copytree(project, clone, ignore=_LEFT_AT_HOME, dirs_exist_ok=True)


async def bare_machine(place: Place) -> list[Fault]:
    """With nothing but PATH, HOME and ports, REST and gRPC come up on the embedded PostgreSQL, and go."""
    log = Log(place.bench.scratch("bare") / "service.log")
    command = await place.command("all")
    try:
        async with booted(
            command,
            directory=place.clone,
            settings=place.bare,
            issuer=place.bench.issuer,
            log=log,
            ready=readiness_of(place.bench.subject),
        ) as service:
            because = "from the start of the process until it was ready, while other gates ran"
            place.note("first start on a bare machine", service.readiness_seconds, "s", because)
            service.process.send(SIGTERM)
            status = await service.process.wait(EXIT_SECONDS)
            left = service.process.left_behind()
    except BootError as error:
        return [Fault(str(error), "make run", error.log)]
    except TimeoutError:
        return [Fault(f"still runs {EXIT_SECONDS:.0f} s after SIGTERM", "SIGTERM", log.tail())]
    faults = []
    if status != 0:
        faults.append(Fault(f"ended with status {status}", "SIGTERM", log.tail()))
    if left:
        faults.append(Fault("left processes behind", "SIGTERM", "\n".join(left)))
    return faults


def refuses_without(variable: str) -> Callable[[Place], Awaitable[list[Fault]]]:
    """Return a probe: production without that variable ends at once, names it, and shows no traceback."""

    async def probe(place: Place) -> list[Fault]:
        settings = {**place.bench.settings(NOWHERE), **place.bare}
        settings.pop(variable)
        try:
            done = await run(
                await place.command("all"),
                directory=place.clone,
                environment=clean_environment(**settings),
                within=EXIT_SECONDS,
            )
        except TimeoutError:
            return [Fault(f"production runs without {variable}", variable)]
        if done.status == 0 or variable not in done.output:
            message = f"production without {variable} ended with status {done.status} and does not say why"
            return [Fault(message, variable, bounded(done.output))]
        if "Traceback" in done.output:
            message = f"production without {variable} shows a traceback"
            return [Fault(message, variable, bounded(done.output))]
        return []

    return probe


async def migrations_repeat(place: Place) -> list[Fault]:
    """Migrations bring an empty database up, and a second time change nothing."""
    server = await place.bench.server()
    async with server.database() as url:
        seen = []
        for _ in range(2):
            done = await run(
                await place.command("migrate"),
                directory=place.clone,
                environment=clean_environment(**{**place.bench.settings(url), **place.bare}),
                within=60,
            )
            if done.status != 0:
                message = f"`migrate` ended with status {done.status}"
                return [Fault(message, "migrations", bounded(done.output))]
            seen.append(await _columns(url))
    if not seen[0]:
        return [Fault("`migrate` made no table", "migrations")]
    if seen[0] != seen[1]:
        return [Fault("a second `migrate` changed the schema", "migrations")]
    return []


async def _columns(url: str) -> list[tuple[str, ...]]:
    query = (
        "SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '') "
        "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    )
    async with await psycopg.AsyncConnection.connect(url) as link:
        return await (await link.execute(query)).fetchall()

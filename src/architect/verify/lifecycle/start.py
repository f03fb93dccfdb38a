"""Starts that must work, and starts that must be refused."""

from collections.abc import Awaitable, Callable
from signal import SIGTERM
from typing import Final

import psycopg

from architect.verify.lifecycle.place import Fault, Place
from architect.verify.log import Log
from architect.verify.process import clean_environment, run
from architect.verify.service import BootError, Service, booted
from architect.verify.sheet import bounded

EXIT_SECONDS: Final = 20.0
NOWHERE: Final = "postgresql://nobody@127.0.0.1:9/none"
"""A database that production would be content with, until it connects."""


async def bare_machine(place: Place) -> list[Fault]:
    """With nothing but PATH, HOME and ports, REST and gRPC come up on the embedded PostgreSQL, and go."""
    log = Log(place.bench.scratch("bare") / "service.log")
    command = await place.command("all")
    try:
        async with booted(
            command, directory=place.clone, settings=place.bare, issuer=place.bench.issuer, log=log
        ) as service:
            _note(place, "first start on a bare machine", service)
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


async def production_boots(place: Place) -> list[Fault]:
    """With everything that production asks for, it starts in production."""
    try:
        async with place.bench.boot() as service:
            _note(place, "start in production", service)
    except BootError as error:
        return [Fault(str(error), "ENVIRONMENT=production", error.log)]
    return []


def _note(place: Place, what: str, service: Service) -> None:
    because = "from the start of the process to the first 200 of /readyz, while other gates ran"
    place.note(f"{what}, ready after", service.readiness_seconds, "s", because)
    memory = service.process.resident_mebibytes()
    place.note(f"{what}, memory", memory, "MiB", "VmRSS of the service's session")


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

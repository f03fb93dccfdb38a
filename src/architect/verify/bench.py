"""What a gate gets to work with: the subject, a sheet to write on, and services to boot."""

import asyncio
import contextlib
import itertools
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from architect.verify.applies import QDRANT_URL
from architect.verify.indexes import CORPUS_PATH
from architect.verify.issuer import Issuer
from architect.verify.log import Log
from architect.verify.postgres import Server
from architect.verify.process import Completed, clean_environment, run
from architect.verify.readiness import readiness_of
from architect.verify.service import Service, booted
from architect.verify.sheet import Sheet
from architect.verify.subject import Subject

UNLIMITED = str(10**9)
"""A rate limit that no gate reaches, unless it sets one to reach."""
_MIGRATED = "verify_migrated"


class Shared:
    """What all gates of one run share: each thing is made once, when it is first needed.

    Args:
        directory: scratch directory, gone after the run.
        issuer: the token issuer.
        make_python: makes the project's environment and returns its interpreter.
        make_server: starts the PostgreSQL server of that environment, ended by the run.
    """

    def __init__(
        self,
        directory: Path,
        issuer: Issuer,
        make_python: Callable[[], Coroutine[None, None, Path]],
        make_server: Callable[[Path], Coroutine[None, None, Server]],
    ) -> None:
        self.directory = directory
        self.issuer = issuer
        self.migrating = asyncio.Lock()
        self.template = ""
        """Name of the database that has the migrations applied, once there is one."""
        self._numbers = itertools.count(1)
        self._make_python = make_python
        self._make_server = make_server
        self._python: asyncio.Task[Path] | None = None
        self._server: asyncio.Task[Server] | None = None

    def number(self) -> int:
        """Return a number that was not given before."""
        return next(self._numbers)

    def prepare(self) -> None:
        """Begin to make the environment, without waiting for it."""
        if self._python is None:
            self._python = asyncio.create_task(self._make_python())

    async def python(self) -> Path:
        """Return the interpreter of the project's environment."""
        self.prepare()
        return await asyncio.shield(cast("asyncio.Task[Path]", self._python))

    async def server(self) -> Server:
        """Return the PostgreSQL server."""
        interpreter = await self.python()
        if self._server is None:
            self._server = asyncio.create_task(self._make_server(interpreter))
        return await asyncio.shield(self._server)

    async def settle(self) -> None:
        """End what is still in the making, and leave no database behind."""
        if self.template and self._server is not None:
            await (await self._server).drop(self.template)
        tasks = [task for task in (self._python, self._server) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Bench:
    """One gate's place of work.

    Args:
        subject: the project.
        sheet: where checks, findings and figures are written.
        shared: what the gates of this run share.
        progress: tells a person what is going on, in a few words.
    """

    subject: Subject
    sheet: Sheet
    shared: Shared
    progress: Callable[[str], None]

    @property
    def issuer(self) -> Issuer:
        """The token issuer that booted services trust."""
        return self.shared.issuer

    async def python(self) -> Path:
        """Return the interpreter of the project's environment.

        Raises:
            RuntimeError: the environment cannot be made.
        """
        return await self.shared.python()

    async def server(self) -> Server:
        """Return the PostgreSQL server of this run.

        Raises:
            RuntimeError: it cannot be started.
        """
        return await self.shared.server()

    def scratch(self, name: str) -> Path:
        """Return a new empty directory, gone after the run."""
        directory = self.shared.directory / f"{name}-{self.shared.number()}"
        directory.mkdir()
        return directory

    async def run(
        self,
        *arguments: str,
        within: float,
        settings: Mapping[str, str] | None = None,
        on_line: Callable[[str], None] | None = None,
    ) -> Completed:
        """Run the project's python with arguments (``-m``, ``ruff``, ...) in the project's directory.

        Args:
            arguments: what follows ``python``.
            within: seconds until it is killed.
            settings: environment variables beside PATH, HOME, the locale and PYTHONPATH.
            on_line: called with each line of output as it appears.

        Raises:
            TimeoutError: it did not end in time.
        """
        return await run(
            [str(await self.python()), *arguments],
            directory=self.subject.directory,
            environment=clean_environment(**{**self._path(), **(settings or {})}),
            within=within,
            on_line=on_line,
        )

    async def tool(self, name: str, *arguments: str, within: float) -> Completed:
        """Run a program of the project's environment (``buf``, ``squawk``) in the project's directory.

        Raises:
            OSError: the environment has no such program.
            TimeoutError: it did not end in time.
        """
        return await run(
            [str((await self.python()).parent / name), *arguments],
            directory=self.subject.directory,
            environment=clean_environment(),
            within=within,
        )

    @contextlib.asynccontextmanager
    async def database(self) -> AsyncIterator[str]:
        """Give the address of a fresh database that has the project's migrations applied."""
        server = await self.server()
        template = await self._template(server)
        async with server.database(template) as url:
            yield url

    @contextlib.asynccontextmanager
    async def boot(
        self,
        settings: Mapping[str, str] | None = None,
        *,
        database_url: str | None = None,
        arguments: tuple[str, ...] = ("all",),
    ) -> AsyncIterator[Service]:
        """Boot the service natively on free loopback ports, ready to answer; it ends with the block.

        It runs as in production: ``ENVIRONMENT=production``, tokens of :attr:`issuer` alone, a fresh
        migrated database, and a rate limit out of reach. ``settings`` replaces any of that.

        Args:
            settings: environment variables beside or instead of those.
            database_url: a database of the gate's own instead of a fresh one.
            arguments: what follows ``python -m PACKAGE``.

        Raises:
            BootError: it ended or was not ready in time.
            RuntimeError: the environment or the database server cannot be made.
        """
        async with contextlib.AsyncExitStack() as stack:
            if database_url is None:
                database_url = await stack.enter_async_context(self.database())
            service = booted(
                (str(await self.python()), "-m", self.subject.package, *arguments),
                directory=self.subject.directory,
                settings={**self.settings(database_url), **(settings or {})},
                issuer=self.issuer,
                log=Log(self.scratch("service") / "service.log"),
                ready=readiness_of(self.subject),
            )
            yield await stack.enter_async_context(service)

    def settings(self, database_url: str) -> dict[str, str]:
        """Return the environment variables of a service in production on that database."""
        return {
            **self._path(),
            **self.issuer.environment,
            "ENVIRONMENT": "production",
            "DATABASE_URL": database_url,
            "RATE_LIMIT_REQUESTS": UNLIMITED,
            "RATE_LIMIT_STORAGE_URL": "memory://",
            **self._stores(),
        }

    def _stores(self) -> dict[str, str]:
        """Return where a service keeps documents besides: in a file of its own, or in a server we know."""
        match self.subject.design and self.subject.design.chosen("vector_store"):
            case "sqlite":
                return {CORPUS_PATH: str(self.scratch("corpus") / "corpus.sqlite3")}
            case "qdrant":
                return {name: os.environ.get(name, "") for name in (QDRANT_URL, "QDRANT_API_KEY")}
            case _:
                return {}

    def _path(self) -> dict[str, str]:
        return {"PYTHONPATH": str(self.subject.directory / "src")}

    async def _template(self, server: Server) -> str:
        async with self.shared.migrating:
            if not self.shared.template:
                name = f"{_MIGRATED}_{self.shared.directory.name.rpartition('-')[2]}"
                await server.create(name)
                await self.migrate(server.address(name))
                self.shared.template = name
        return self.shared.template

    async def migrate(self, url: str) -> None:
        """Bring a database to the project's newest migration.

        Raises:
            RuntimeError: ``migrate`` failed; the message has what it said.
        """
        arguments = ("-m", self.subject.package, "migrate")
        done = await self.run(*arguments, within=60, settings=self.settings(url))
        if done.status != 0:
            message = f"`migrate` ended with status {done.status}: {done.output.strip()[-600:]}"
            raise RuntimeError(message)

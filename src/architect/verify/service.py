"""One booted service, as a gate sees it: addresses, process, log, issuer, database."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from architect.verify.issuer import Issuer
from architect.verify.log import Log
from architect.verify.ports import free_port
from architect.verify.process import Process, clean_environment, running
from architect.verify.readiness import NO_AUTHORITIES, NOTHING, Readiness, readyz

START_SECONDS = 30.0
POLL_SECONDS = 0.02


class BootError(Exception):
    """A service did not become ready; the message says why, ``log`` holds its last lines."""

    def __init__(self, message: str, log: str) -> None:
        last = log.rpartition("\n")[2]
        super().__init__(f"{message}; the last it wrote: {last[:400]}" if last else message)
        self.log = log


@dataclass(frozen=True, slots=True)
class Service:
    """A service that answers.

    Args:
        http_port: port of REST on 127.0.0.1.
        grpc_port: port of gRPC on 127.0.0.1 (nothing listens there when the project has no gRPC).
        process: its process; ``process.pid``, ``process.cpu_seconds()``, ``process.resident_mebibytes()``.
        log: what it wrote.
        issuer: the issuer it trusts.
        database_url: its database; empty when the service brings its own.
        environment: all that it was started with.
        readiness_seconds: from the start of the process until it said that it was ready.
    """

    http_port: int
    grpc_port: int
    process: Process
    log: Log
    issuer: Issuer
    database_url: str
    environment: Mapping[str, str]
    readiness_seconds: float

    @property
    def base_url(self) -> str:
        """Where REST answers, without a final slash."""
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def grpc_target(self) -> str:
        """Where gRPC answers, for a channel."""
        return f"127.0.0.1:{self.grpc_port}"

    def client(self) -> httpx.AsyncClient:
        """Return a client of the REST interface, to be used in ``async with``; it follows no redirects."""
        return httpx.AsyncClient(base_url=self.base_url, timeout=10.0, trust_env=False, verify=NO_AUTHORITIES)


@contextlib.asynccontextmanager
async def booted(  # noqa: PLR0913 - what a service is started with, each by name
    command: tuple[str, ...],
    *,
    directory: Path,
    settings: Mapping[str, str],
    issuer: Issuer,
    log: Log,
    ready: Readiness = readyz,
    grace: float = 15.0,
) -> AsyncIterator[Service]:
    """Run a service for the length of the block.

    Args:
        command: program and arguments that serve.
        directory: working directory.
        settings: environment variables beside PATH, HOME and the locale; the ports are added.
        issuer: the issuer that the settings name.
        log: where its output goes.
        ready: how it is asked whether it is ready.
        grace: seconds between SIGTERM and SIGKILL at the end.

    Raises:
        BootError: it ended or was not ready in time.
    """
    http_port, grpc_port = free_port(), free_port()
    environment = clean_environment(
        **{
            "HTTP_HOST": "127.0.0.1",
            "HTTP_PORT": str(http_port),
            "GRPC_HOST": "127.0.0.1",
            "GRPC_PORT": str(grpc_port),
            **settings,
        }
    )
    began = time.monotonic()
    async with running(
        command, directory=directory, environment=environment, log=log.path, grace=grace
    ) as process:
        await _ready(process, ready, (http_port, grpc_port), log)
        yield Service(
            http_port=http_port,
            grpc_port=grpc_port,
            process=process,
            log=log,
            issuer=issuer,
            database_url=settings.get("DATABASE_URL", ""),
            environment=environment,
            readiness_seconds=time.monotonic() - began,
        )


async def _ready(process: Process, ready: Readiness, ports: tuple[int, int], log: Log) -> None:
    deadline = time.monotonic() + START_SECONDS
    seen = NOTHING
    while time.monotonic() < deadline:
        if process.status is not None:
            message = f"the service ended with status {process.status} before it was ready"
            raise BootError(message, log.tail())
        seen = await ready(*ports)
        if not seen:
            return
        await asyncio.sleep(POLL_SECONDS)
    message = f"the service was not ready within {START_SECONDS:.0f} s: {seen}"
    raise BootError(message, log.tail())

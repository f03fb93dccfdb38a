"""One booted service, as a gate sees it: addresses, process, log, issuer, database."""

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from architect.verify.issuer import Issuer
from architect.verify.log import Log
from architect.verify.ports import free_port
from architect.verify.process import Process, clean_environment, running

START_SECONDS = 30.0
POLL_SECONDS = 0.02
_NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loopback is plain HTTP, and loading the system's certificates costs every client 50 ms."""


class BootError(Exception):
    """A service did not become ready; the message says why, ``log`` holds its last lines."""

    def __init__(self, message: str, log: str) -> None:
        super().__init__(message)
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
        readiness_seconds: from the start of the process to the first 200 of /readyz.
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
        return httpx.AsyncClient(
            base_url=self.base_url, timeout=10.0, trust_env=False, verify=_NO_AUTHORITIES
        )


@contextlib.asynccontextmanager
async def booted(  # noqa: PLR0913 - what a service is started with, each by name
    command: tuple[str, ...],
    *,
    directory: Path,
    settings: Mapping[str, str],
    issuer: Issuer,
    log: Log,
    grace: float = 15.0,
) -> AsyncIterator[Service]:
    """Run a service for the length of the block.

    Args:
        command: program and arguments that serve.
        directory: working directory.
        settings: environment variables beside PATH, HOME and the locale; the ports are added.
        issuer: the issuer that the settings name.
        log: where its output goes.
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
        await _ready(process, http_port, log)
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


async def _ready(process: Process, port: int, log: Log) -> None:
    deadline = time.monotonic() + START_SECONDS
    seen = "nothing answered"
    async with httpx.AsyncClient(timeout=2.0, trust_env=False, verify=_NO_AUTHORITIES) as client:
        while time.monotonic() < deadline:
            if process.status is not None:
                message = f"the service ended with status {process.status} before it was ready"
                raise BootError(message, log.tail())
            with contextlib.suppress(httpx.HTTPError):
                answer = await client.get(f"http://127.0.0.1:{port}/readyz")
                if answer.status_code == httpx.codes.OK:
                    return
                seen = f"/readyz answered {answer.status_code}"
            await asyncio.sleep(POLL_SECONDS)
    message = f"the service was not ready within {START_SECONDS:.0f} s: {seen}"
    raise BootError(message, log.tail())

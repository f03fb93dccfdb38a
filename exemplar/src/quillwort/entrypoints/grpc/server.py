"""Puts the gRPC server together: services, what surrounds their calls, health, reflection."""

import asyncio
import contextlib
import errno
from collections.abc import Sequence
from typing import Protocol

import grpc
from grpc_health.v1 import health_pb2_grpc
from grpc_health.v1.health import SERVICE_NAME as HEALTH
from grpc_reflection.v1alpha import reflection

from quillwort.entrypoints.grpc.health_checks import HealthServicer
from quillwort.entrypoints.grpc.interceptors.access_log import AccessLogInterceptor
from quillwort.entrypoints.grpc.interceptors.base import CallInterceptor
from quillwort.entrypoints.grpc.interceptors.deadline import DeadlineInterceptor
from quillwort.entrypoints.grpc.interceptors.failures import FailureInterceptor
from quillwort.entrypoints.grpc.interceptors.identity import IdentityInterceptor
from quillwort.entrypoints.grpc.interceptors.rate_limit import RateLimitInterceptor
from quillwort.entrypoints.grpc.settings import GrpcSettings
from quillwort.kit.health import Health
from quillwort.kit.identity import Verifier
from quillwort.kit.rate_limit import RateLimiter


class Service(Protocol):
    """A service that the server can serve."""

    @property
    def name(self) -> str:
        """Its full name, `package.Service`."""

    def add_to(self, server: grpc.aio.Server) -> None:
        """Have the server serve it."""


class GrpcServer:
    """A server to start, drain and stop once, all on one event loop."""

    def __init__(
        self, server: grpc.aio.Server, checks: HealthServicer, settings: GrpcSettings
    ) -> None:
        self._server = server
        self._checks = checks
        self._settings = settings
        self._refreshing: asyncio.Task[None] | None = None

    async def start(self) -> int:
        """Listen, and return the port, which is a free one when the settings say 0.

        Raises:
            OSError: when the address cannot be listened on.
        """
        host = self._settings.host
        address = f"{f'[{host}]' if ':' in host else host}:{self._settings.port}"
        try:
            port = self._server.add_insecure_port(address)
        except RuntimeError as error:
            raise OSError(errno.EADDRINUSE, f"gRPC cannot listen on {address}") from error
        await self._server.start()
        self._refreshing = asyncio.create_task(
            self._checks.refresh_every(self._settings.health_interval_seconds)
        )
        return port

    async def stop(self, grace_seconds: float) -> None:
        """Refuse new calls, give those under way so many seconds, cancel what is left."""
        await self._checks.drain()
        if self._refreshing is not None:
            self._refreshing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._refreshing
        await self._server.stop(grace_seconds)


def build_server(
    services: Sequence[Service],
    *,
    verifier: Verifier,
    limiter: RateLimiter,
    health: Health,
    settings: GrpcSettings,
    around: Sequence[CallInterceptor] = (),
) -> GrpcServer:
    """Return a server of `services`, bound to the event loop that this is called on.

    `around` surrounds each call outside of everything else.
    """
    server = grpc.aio.server(
        # From the outside in: all that is inside is logged, and fails with a status.
        interceptors=(
            *around,
            AccessLogInterceptor(),
            FailureInterceptor(),
            DeadlineInterceptor(settings.max_deadline_seconds, settings.max_stream_seconds),
            IdentityInterceptor(verifier),
            RateLimitInterceptor(limiter),
        ),
        options=_options(settings),
        maximum_concurrent_rpcs=settings.max_concurrent_calls,
    )
    for service in services:
        service.add_to(server)
    names = [service.name for service in services]
    checks = HealthServicer(names, health)
    health_pb2_grpc.add_HealthServicer_to_server(checks, server)
    reflection.enable_server_reflection([*names, HEALTH, reflection.SERVICE_NAME], server)
    return GrpcServer(server, checks, settings)


def _options(settings: GrpcSettings) -> list[tuple[str, int]]:
    return [
        # Two processes on one port would share its calls in silence.
        ("grpc.so_reuseport", 0),
        ("grpc.max_receive_message_length", settings.max_message_bytes),
        ("grpc.max_send_message_length", settings.max_message_bytes),
        ("grpc.max_metadata_size", settings.max_metadata_bytes),
        ("grpc.max_concurrent_streams", settings.max_concurrent_streams),
        ("grpc.keepalive_time_ms", _milliseconds(settings.keepalive_seconds)),
        ("grpc.keepalive_timeout_ms", _milliseconds(settings.keepalive_timeout_seconds)),
        (
            "grpc.http2.min_ping_interval_without_data_ms",
            _milliseconds(settings.min_ping_interval_seconds),
        ),
        # Callers reconnect now and then, and so come to find replicas that were added.
        ("grpc.max_connection_age_ms", _milliseconds(settings.max_connection_age_seconds)),
        (
            "grpc.max_connection_age_grace_ms",
            _milliseconds(max(settings.max_deadline_seconds, settings.max_stream_seconds)),
        ),
    ]


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)

"""How a service that starts is asked whether it is ready: by REST where it speaks it, else by gRPC health."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

import grpc
import httpx
from grpc_health.v1 import health_pb2

from architect.verify.subject import Subject

NOTHING: Final = "nothing answered"
NO_AUTHORITIES: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loopback is plain HTTP, and loading the system's certificates costs every client 50 ms."""
_SECONDS: Final = 2.0

Readiness: TypeAlias = Callable[[int, int], Awaitable[str]]
"""Asks once, given the ports of HTTP and gRPC; an empty answer means ready, any other says what was seen."""


def readiness_of(subject: Subject) -> Readiness:
    """Return how the project's service is asked."""
    return grpc_health if subject.speaks("grpc") and not subject.speaks("rest") else readyz


async def readyz(http_port: int, _grpc_port: int) -> str:
    """Ask /readyz."""
    if not await _listens(http_port):
        return NOTHING
    try:
        async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False, verify=NO_AUTHORITIES) as client:
            answer = await client.get(f"http://127.0.0.1:{http_port}/readyz")
    except httpx.HTTPError as error:
        return f"/readyz: {type(error).__name__}"
    return "" if answer.status_code == httpx.codes.OK else f"/readyz answered {answer.status_code}"


async def grpc_health(_http_port: int, grpc_port: int) -> str:
    """Ask grpc.health.v1."""
    if not await _listens(grpc_port):
        return NOTHING
    options = (("grpc.enable_http_proxy", 0), ("grpc.use_local_subchannel_pool", 1))
    async with grpc.aio.insecure_channel(f"127.0.0.1:{grpc_port}", options=options) as channel:
        check: grpc.aio.UnaryUnaryMultiCallable[
            health_pb2.HealthCheckRequest, health_pb2.HealthCheckResponse
        ] = channel.unary_unary(
            "/grpc.health.v1.Health/Check",
            request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
            response_deserializer=health_pb2.HealthCheckResponse.FromString,
        )
        try:
            answer = await check(health_pb2.HealthCheckRequest(), timeout=_SECONDS)
        except grpc.aio.AioRpcError as error:
            return f"gRPC health: {error.code().name}"
    serving = answer.status == health_pb2.HealthCheckResponse.SERVING
    return "" if serving else f"gRPC health says {answer.status}"


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True

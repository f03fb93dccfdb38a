"""grpc.health.v1, told by the same source as /readyz."""

import asyncio
from collections.abc import Iterable
from typing import Final

import grpc
from google.protobuf.message import Message
from grpc_health.v1 import health_pb2, health_pb2_grpc

from quillwort.entrypoints.grpc.interceptors.base import CallContext
from quillwort.kit.health import Health

_SERVING: Final = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING: Final = health_pb2.HealthCheckResponse.NOT_SERVING
_SERVICE_UNKNOWN: Final = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN


class HealthServicer(health_pb2_grpc.HealthServicer):
    """Answers for the server, whose name is empty, and for its services, which share its fate.

    `Check` asks the source at that moment; `Watch` tells what `refresh` found last. Once draining,
    the answer is NOT_SERVING for good, and watches end: an open one would delay the server's stop.
    """

    def __init__(self, services: Iterable[str], source: Health) -> None:
        self._services = frozenset(("", *services))
        self._source = source
        self._ready = False
        self._draining = False
        self._changed = asyncio.Condition()

    async def refresh(self) -> None:
        """Ask the source, and tell the watches when its answer is another than before."""
        ready = not self._draining and await self._source.ready()
        async with self._changed:
            if ready != self._ready:
                self._ready = ready
                self._changed.notify_all()

    async def refresh_every(self, seconds: float) -> None:
        """Refresh until cancelled."""
        while True:
            await self.refresh()
            await asyncio.sleep(seconds)

    async def drain(self) -> None:
        """Be NOT_SERVING from now on and end the watches."""
        async with self._changed:
            self._draining = True
            self._ready = False
            self._changed.notify_all()

    async def Check(
        self, request: health_pb2.HealthCheckRequest, context: CallContext
    ) -> health_pb2.HealthCheckResponse:
        """Return whether the named service can serve at this moment."""
        if request.service not in self._services:
            await context.abort(grpc.StatusCode.NOT_FOUND, "There is no such service.")
        await self.refresh()
        return health_pb2.HealthCheckResponse(status=self._status(request.service))

    async def List(self, request: Message, context: CallContext) -> Message:
        """Return whether each service can serve at this moment."""
        await self.refresh()
        statuses = {
            service: health_pb2.HealthCheckResponse(status=self._status(service))
            for service in self._services
        }
        # The method is younger than the type stubs.
        response: Message = health_pb2.HealthListResponse(statuses=statuses)  # type: ignore[attr-defined]
        return response

    async def Watch(self, request: health_pb2.HealthCheckRequest, context: CallContext) -> None:
        """Tell whether the named service can serve, now and whenever that changes."""
        told = None
        async with self._changed:
            while True:
                status = self._status(request.service)
                if status != told:
                    await context.write(health_pb2.HealthCheckResponse(status=status))
                    told = status
                if self._draining:
                    return
                await self._changed.wait()

    def _status(self, service: str) -> int:
        if service not in self._services:
            return _SERVICE_UNKNOWN
        return _SERVING if self._ready else _NOT_SERVING

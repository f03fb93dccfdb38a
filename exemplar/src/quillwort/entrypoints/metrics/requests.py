"""Durations of requests, and GET /metrics, which needs no caller and is in no document."""

import time
from typing import Final

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quillwort.kit.metrics import CONTENT_TYPE, Durations, Metrics, MetricsSettings

PATH: Final = "/metrics"

UNROUTED: Final = "none"
"""The route of what no route was found for, or was refused before one was looked for."""

_METHODS: Final = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
"""A caller may send any word as its method; others than these are counted as one."""


class RequestDurations(Durations):
    """Seconds of requests, by method, template of the route, and class of the status."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(
            metrics,
            "http_request_duration_seconds",
            "Seconds from a request's head to the end of its answer.",
            ("method", "route", "status"),
        )


class RequestMetrics:
    """Times every request around all else, and answers those for the metrics themselves.

    Scrapes are neither timed nor logged: they would be most of what a quiet service tells of.
    """

    def __init__(
        self, app: ASGIApp, metrics: Metrics, durations: RequestDurations, settings: MetricsSettings
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._durations = durations
        self._path = PATH if settings.enabled else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve."""
        if scope["path"] == self._path:
            await self._tell(scope["method"])(scope, receive, send)
            return
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = time.perf_counter()
        try:
            await self._app(scope, receive, sending)
        except Exception:
            status = status or 500
            raise
        finally:
            seconds = time.perf_counter() - began
            method = scope["method"]
            route = scope.get("route")
            self._durations.observe(
                seconds,
                method if method in _METHODS else "OTHER",
                route.path if route is not None else UNROUTED,
                # As the access log has it: the caller left before there was an answer.
                f"{status // 100 or 4}xx",
            )

    def _tell(self, method: str) -> Response:
        headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
        if method not in {"GET", "HEAD"}:
            return PlainTextResponse(status_code=405, headers={**headers, "allow": "GET, HEAD"})
        content = self._metrics.told()
        return Response(content, headers={**headers, "content-type": CONTENT_TYPE})

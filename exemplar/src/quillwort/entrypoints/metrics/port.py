"""GET /metrics on a port of its own, for a process that does not serve REST."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from prometheus_client import start_http_server
from pydantic import Field
from pydantic_settings import SettingsConfigDict

from quillwort.kit.metrics import Metrics
from quillwort.kit.settings import Section

_log = structlog.get_logger(__name__)


class MetricsPortSettings(Section):
    """METRICS_*: where the metrics are; port 0 has none."""

    model_config = SettingsConfigDict(env_prefix="METRICS_")

    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65535)


@asynccontextmanager
async def open_port(metrics: Metrics, settings: MetricsPortSettings) -> AsyncIterator[None]:
    """Answer GET /metrics on the port, from a thread, for as long as the context lasts.

    Raises:
        OSError: when the port cannot be had.
    """
    if not settings.port:
        yield
        return
    server, thread = start_http_server(settings.port, settings.host, metrics.registry)
    _log.info("metrics", port=server.server_port)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

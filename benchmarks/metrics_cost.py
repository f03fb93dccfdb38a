"""Processor time that counting adds to a request, and that a scrape takes.

    cd exemplar && PYTHONPATH=src .venv/bin/python ../benchmarks/metrics_cost.py

Calls the layer that times requests around an application that answers at once, and that application alone, by
turns; the least of the rounds counts, and the difference is the layer's. Writes results/metrics_cost.json and
ends with status 1 when the bound is missed.
"""

import asyncio
import json
import os
import platform
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from quillwort.entrypoints.metrics.requests import RequestDurations, RequestMetrics
from quillwort.kit.metrics import Metrics, MetricsSettings
from starlette.types import ASGIApp, Message, Receive, Scope, Send

RESULTS = Path(__file__).resolve().parent / "results"
MOST_MILLISECONDS = 0.03
ROUNDS = 20
REQUESTS = 5000
ROUTES = 40


class Route:
    """What Starlette leaves in the scope."""

    def __init__(self, path: str) -> None:
        self.path = path


async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer at once."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


async def receive() -> Message:
    """Receive nothing."""
    return {"type": "http.request"}


async def send(_message: Message) -> None:
    """Send nowhere."""


async def asked(app: ASGIApp) -> None:
    """Ask for every route by turns."""
    routes = [Route(f"/v1/things-{number}/{{thing}}") for number in range(ROUTES)]
    for number in range(REQUESTS):
        route = routes[number % ROUTES]
        await app({"type": "http", "method": "GET", "path": "/", "route": route}, receive, send)


def milliseconds(work: Callable[[], Awaitable[None]]) -> float:
    """Return the processor time of a round, a request."""
    began = time.process_time()
    asyncio.run(work())
    return (time.process_time() - began) / REQUESTS * 1000


def main() -> int:
    """Measure, print, write; return 1 when the bound is missed."""
    metrics = Metrics()
    layer = RequestMetrics(answer, metrics, RequestDurations(metrics), MetricsSettings())
    bare, counted = [], []
    for _ in range(ROUNDS):
        bare.append(milliseconds(lambda: asked(answer)))
        counted.append(milliseconds(lambda: asked(layer)))
    began = time.process_time()
    told = metrics.told()
    figures = {
        "layer_milliseconds_per_request": round(min(counted) - min(bare), 5),
        "scrape_milliseconds": round((time.process_time() - began) * 1000, 2),
        "scrape_bytes": len(told),
    }
    document = {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "method": f"processor time, the least of {ROUNDS} rounds of {REQUESTS} requests on {ROUTES} routes",
        "bound_milliseconds_per_request": MOST_MILLISECONDS,
        **figures,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "metrics_cost.json").write_text(json.dumps(document, indent=2) + "\n")
    print(json.dumps(figures, indent=2))
    return int(figures["layer_milliseconds_per_request"] > MOST_MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())

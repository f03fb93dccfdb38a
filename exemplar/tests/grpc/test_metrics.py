"""Calls are timed by their methods."""

import grpc
from prometheus_client.parser import text_string_to_metric_families

from dashboards import asked, told
from grpc_serving import ALICE, NamedVerifier, Operations, Serving, failure
from quillwort.adapters.limits.memory import MemoryCounter
from quillwort.entrypoints.grpc.server import build_server
from quillwort.entrypoints.grpc.settings import GrpcSettings
from quillwort.entrypoints.metrics.calls import CallDurations, CallMetrics
from quillwort.kit.health import Health
from quillwort.kit.metrics import Metrics
from quillwort.kit.rate_limit import RateLimiter

METHOD = "/google.longrunning.Operations/GetOperation"


def counted(metrics: Metrics) -> dict[tuple[str, str], float]:
    """Return how many calls are told, by method and code."""
    return {
        (sample.labels["method"], sample.labels["code"]): sample.value
        for family in text_string_to_metric_families(metrics.told().decode())
        for sample in family.samples
        if sample.name == "grpc_call_duration_seconds_count"
    }


async def test_calls_are_counted_by_method_and_code() -> None:
    metrics, operations = Metrics(), Operations()
    server = build_server(
        [operations],
        verifier=NamedVerifier(),
        limiter=RateLimiter(MemoryCounter(), 1000, window_seconds=60),
        health=Health({}),
        settings=GrpcSettings(port=0),
        around=[CallMetrics(CallDurations(metrics))],
    )
    port = await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        serving = Serving(server, port, Health({}), channel)
        await serving.get_operation("a")
        await serving.get_operation("b")
        await failure(serving.get_operation("c", metadata=()))
        await failure(channel.unary_unary("/no.Such/Method")(b"", metadata=ALICE))
    await server.stop(0)
    assert counted(metrics) == {(METHOD, "OK"): 2, (METHOD, "UNAUTHENTICATED"): 1}


def test_the_dashboard_asks_for_what_is_told() -> None:
    metrics = Metrics()
    CallDurations(metrics)
    assert set(asked("calls.json")) <= told(metrics)

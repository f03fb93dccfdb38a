"""Requests are timed by their routes, and GET /metrics tells it to whoever asks."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from prometheus_client.parser import text_string_to_metric_families

from callers import NamedVerifier, bearer
from dashboards import asked, told
from quillwort.entrypoints.metrics.requests import RequestDurations, RequestMetrics
from quillwort.entrypoints.rest.app import build_app
from quillwort.entrypoints.rest.settings import HttpSettings
from quillwort.kit.health import Health
from quillwort.kit.metrics import Metrics, MetricsSettings
from rest_serving import client_of, limiter

ALICE = bearer("alice")
Labels = tuple[str, str, str]


class Things:
    """Things by their ids; one of them breaks."""

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve them."""
        app.add_api_route("/v1/things/{thing}", self.get, methods=["GET", "DELETE"])

    async def get(self, request: Request, thing: str) -> Response:
        """Answer, or break."""
        del request
        if thing == "broken":
            raise RuntimeError
        return Response(thing)


def client_of_things(**settings: Any) -> httpx.AsyncClient:
    metrics = Metrics()
    app = build_app(
        [Things()],
        verifier=NamedVerifier(),
        limiter=limiter(1000),
        health=Health({}),
        settings=HttpSettings(),
    )
    durations = RequestDurations(metrics)
    return client_of(RequestMetrics(app, metrics, durations, MetricsSettings(**settings)))


async def counted(client: httpx.AsyncClient) -> dict[Labels, float]:
    """Return how many requests are told, by method, route and status."""
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.labels["method"], sample.labels["route"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if sample.name == "http_request_duration_seconds_count"
    }


async def test_requests_are_counted_by_the_template_of_their_route() -> None:
    async with client_of_things() as asking:
        for thing in ("a", "b", "broken"):
            await asking.get(f"/v1/things/{thing}", headers=ALICE)
        await asking.delete("/v1/things/a", headers=ALICE)
        assert await counted(asking) == {
            ("GET", "/v1/things/{thing}", "2xx"): 2,
            ("GET", "/v1/things/{thing}", "5xx"): 1,
            ("DELETE", "/v1/things/{thing}", "2xx"): 1,
        }


async def test_strangers_cannot_make_labels() -> None:
    async with client_of_things() as asking:
        for path in ("/nothing", "/v1/things/a"):
            await asking.get(path)
        await asking.request("BREW", "/nowhere", headers=ALICE)
        assert await counted(asking) == {("GET", "none", "4xx"): 2, ("OTHER", "none", "4xx"): 1}


async def test_scrapes_need_no_caller_and_are_not_counted() -> None:
    async with client_of_things() as asking:
        await counted(asking)
        assert await counted(asking) == {}
        head = await asking.head("/metrics")
        refused = await asking.post("/metrics")
    assert (head.status_code, refused.status_code, refused.headers["allow"]) == (
        200,
        405,
        "GET, HEAD",
    )


async def test_metrics_are_in_no_document(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    assert "/metrics" not in document["paths"]


@pytest.mark.parametrize(("headers", "status"), [({}, 401), (ALICE, 404)])
async def test_metrics_that_are_off_are_a_path_like_any_other(
    headers: dict[str, str], status: int
) -> None:
    async with client_of_things(enabled=False) as asking:
        answer = await asking.get("/metrics", headers=headers)
    assert answer.status_code == status


async def test_the_application_is_wired(client: httpx.AsyncClient) -> None:
    await client.get("/livez")
    assert await counted(client) == {("GET", "/livez", "2xx"): 1}


def test_the_dashboard_asks_for_what_is_told() -> None:
    metrics = Metrics()
    RequestDurations(metrics)
    assert set(asked("requests.json")) <= told(metrics)

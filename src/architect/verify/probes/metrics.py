"""Metrics: what is asked of a service shows in what Prometheus is told, under labels of a bounded set."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import httpx

from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.checks import Notes
from architect.verify.doors import ListQuery
from architect.verify.library import Library
from architect.verify.payloads import path
from architect.verify.polling import becomes
from architect.verify.ports import free_port
from architect.verify.readiness import NO_AUTHORITIES
from architect.verify.scene import Scene, opened

PATH: Final = "/metrics"
STRANGE: Final = 30
"""Paths that nobody serves, of which none may make a label of its own."""
_SECONDS: Final = 3.0
_TEXT: Final = "text/plain"
_LEASE: Final = "# Lease\n\nThe tenant pays for repairs of up to 200 euros each.\n"

Samples = Mapping[str, float]
"""Each sample as it is told, with its labels, and its value."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A service, and where its metrics are: at REST's /metrics, or at a port of their own."""

    scene: Scene
    client: httpx.AsyncClient
    port: int

    async def samples(self, *, port: bool = False) -> Samples:
        """Return what is told now, or nothing when nothing is."""
        where = f"http://127.0.0.1:{self.port}" if port else self.scene.service.base_url
        try:
            answer = await self.client.get(f"{where}{PATH}")
        except httpx.HTTPError:
            return {}
        told = answer.headers.get("content-type", "").startswith(_TEXT)
        return parsed(answer.text) if answer.is_success and told else {}


@asynccontextmanager
async def watched(bench: Bench) -> AsyncIterator[Watched]:
    """Boot a service whose metrics have a port besides."""
    port = free_port()
    async with (
        opened(bench, {"METRICS_HOST": "127.0.0.1", "METRICS_PORT": str(port)}) as scene,
        httpx.AsyncClient(timeout=_SECONDS, trust_env=False, verify=NO_AUTHORITIES) as client,
    ):
        yield Watched(scene, client, port)


def parsed(text: str) -> Samples:
    """Return the samples of a text in Prometheus' format."""
    samples = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            samples[name] = float(value)
    return samples


async def requests_counted(watched: Watched) -> list[Finding]:
    """Requests are counted under the template of their route, and the metrics need no token."""
    notes = Notes("requests_counted", "time requests by route.path, and answer GET /metrics to everybody")
    scene = watched.scene
    row = await scene.made(scene.richest, scene.token(), door=scene.rest)
    key = str(row["id"])
    for _ in range(2):
        await scene.rest.get(scene.richest, key, scene.token())
    samples = await watched.samples()
    found = [
        (name, value)
        for name, value in samples.items()
        if name.startswith("http_request_duration_seconds_count{")
        and 'method="GET"' in name
        and f'route="{path(scene.richest)}/{{' in name
    ]
    notes.expect(
        holds=[value for _, value in found] == [2.0],
        message="two reads of a row are not two under the route's template",
        where=f"GET {PATH}",
        seen=found or list(samples)[:10],
    )
    notes.expect(
        holds=not any(key in name for name in samples),
        message="an id from a path is a label",
        where=f"GET {PATH}",
        seen=[name for name in samples if key in name],
    )
    return notes.findings


async def labels_bounded(watched: Watched) -> list[Finding]:
    """No caller can make a label: all paths that nobody serves are one."""
    notes = Notes("labels_bounded", "label a request by its route's template, or by one word for none")
    scene = watched.scene
    before = await watched.samples()
    for number in range(STRANGE):
        await scene.client.get(f"/strange-{number}")
    after = await watched.samples()
    # One route more at the most, whose bounds, sum and count are fewer series than so many paths.
    new = [name for name in after if name not in before and name.startswith("http_request")]
    strange = [name for name in new if "strange" in name]
    notes.expect(
        holds=bool(after) and not strange and len(new) < STRANGE,
        message=f"{STRANGE} strange paths make {len(new)} new series",
        where=f"GET {PATH}",
        seen=strange[:5] or new[:5],
    )
    return notes.findings


async def calls_counted(watched: Watched) -> list[Finding]:
    """Calls are counted under their method and code, and told on the port of the metrics."""
    notes = Notes("calls_counted", "put the interceptor that times calls around the others")
    scene = watched.scene
    await scene.grpc.list(scene.richest, ListQuery(limit=1), scene.token())
    samples: Samples = {}

    async def counted() -> bool:
        nonlocal samples
        # An interceptor ends after its answer was sent.
        samples = await watched.samples(port=True)
        return any(
            name.startswith("grpc_call_duration_seconds_count{") and 'code="OK"' in name and value >= 1
            for name, value in samples.items()
        )

    notes.expect(
        holds=await becomes(counted, _SECONDS),
        message="a call is not counted under its method and OK",
        where="METRICS_PORT",
        seen=[name for name in samples if name.startswith("grpc_")] or "nothing is told",
    )
    return notes.findings


async def answers_counted(watched: Watched) -> list[Finding]:
    """A document, a search and an answer move what is told of them."""
    notes = Notes("answers_counted", "give the assistant's observer to ingestion, search and answers")
    library = Library(watched.scene)
    await library.kept("lease.md", _LEASE)
    await library.found("repairs")
    await library.asked("Who pays for repairs?")
    expected = (
        'assistant_documents_total{outcome="indexed"}',
        "assistant_chunks_total",
        "assistant_search_duration_seconds_count",
        'assistant_search_best_score_count{kind="fused"}',
        'assistant_search_best_score_count{kind="dense"}',
        'assistant_answer_duration_seconds_count{outcome="answered"}',
        "assistant_answer_first_token_seconds_count",
    )
    samples: Samples = {}

    async def counted() -> bool:
        nonlocal samples
        # An answer ends after its last event was sent.
        samples = await watched.samples()
        return all(samples.get(name, 0.0) >= 1 for name in expected)

    await becomes(counted, _SECONDS)
    for name in expected:
        notes.expect(
            holds=samples.get(name, 0.0) >= 1,
            message=f"{name} does not move",
            where=f"GET {PATH}",
            seen={each: value for each, value in samples.items() if each.startswith(name.partition("{")[0])},
        )
    notes.expect(
        holds=samples.get("assistant_answers_open", -1.0) == 0,
        message="an answer that ended is still told as open",
        where=f"GET {PATH}",
        seen=samples.get("assistant_answers_open"),
    )
    return notes.findings

"""The load generator measures what it says, and its figures stand beside the right targets."""

import asyncio
import itertools
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from architect.design.tables import load as load_tables
from architect.model.brief import Brief, Latency, Load, Service
from architect.model.entity import Entity, Field
from architect.model.fact import Fact
from architect.model.report import Comparison
from architect.verify.load import calibration, figures, plan
from architect.verify.load.creations import Creations
from architect.verify.load.generator import carried, poisson_times, run
from architect.verify.load.http import Failed, Pool
from architect.verify.load.job import Job, Mix, Phase, Sample, read_job
from architect.verify.load.rest import RestWire
from architect.verify.machine import cores
from architect.verify.subject import Subject

Answer = Callable[[str, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"
ORDER = Entity(
    "Order",
    (
        Fact(Field("number", "integer", unique=True), "stated", "number"),
        Fact(Field("note", "string", unique=True), "stated", "note"),
    ),
)
_ids = itertools.count(10_000)


def created() -> bytes:
    return b'HTTP/1.1 201 Created\r\ncontent-length: 14\r\n\r\n{"id":"%d"}' % next(_ids)


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[int]:
    """A server that keeps connections open and answers each request as ``answer`` does."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                if "content-length: " in head:
                    await reader.readexactly(int(head.partition("content-length: ")[2].partition("\r")[0]))
                await answer(head, writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(carry, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def exchange(*pieces: bytes) -> tuple[int, bytes]:
    """Send a request to a server that answers in these pieces, and return what the client made of it."""

    async def answer(_head: str, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        if not pieces:
            writer.close()

    async def scenario() -> tuple[int, bytes]:
        async with served(answer) as port:
            pool = Pool(port)
            try:
                return await pool.exchange(b"GET / HTTP/1.1\r\n\r\n")
            finally:
                pool.close()

    return asyncio.run(scenario())


def test_an_answer_in_pieces_is_read_whole():
    assert exchange(b"HTTP/1.1 200 OK\r\nConte", b"nt-Length: 5\r\n\r\nhe", b"llo") == (200, b"hello")


def test_an_answer_without_a_body_is_read():
    assert exchange(b"HTTP/1.1 204 No Content\r\n\r\n") == (204, b"")


def test_an_answer_of_unknown_length_is_refused_loudly():
    with pytest.raises(Failed, match="Content-Length"):
        exchange(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")


def test_a_closed_connection_fails_the_request():
    with pytest.raises(Failed, match="closed"):
        exchange()


def test_nothing_listening_fails_the_request():
    async def scenario() -> None:
        async with served(lambda _head, _writer: asyncio.sleep(0)) as port:
            pass
        await Pool(port).exchange(b"GET / HTTP/1.1\r\n\r\n")

    with pytest.raises(Failed, match="no connection"):
        asyncio.run(scenario())


def job(port: int, *phases: Phase) -> Job:
    return Job(port, "", "token", (ORDER,), list(phases), os.getsid(0))


def loaded(answer: Answer, *phases: Phase) -> dict[str, Sample]:
    async def scenario() -> list[Sample]:
        async with served(answer) as port:
            return await run(job(port, *phases))

    return {sample.phase: sample for sample in asyncio.run(scenario())}


async def prompt(head: str, writer: asyncio.StreamWriter) -> None:
    writer.write(created() if head.startswith("post") else OK)


ROWS = Phase("rows", {"create": 1.0}, 0.05, 1)
MIXED: Mix = {"get": 0.5, "list": 0.3, "create": 0.1, "update": 0.1}


def test_a_closed_loop_counts_every_operation_of_its_mix():
    sample = loaded(prompt, ROWS, Phase("closed", MIXED, 0.3, 4))["closed"]
    assert set(sample.latencies_ms) == set(MIXED)
    assert sample.errors == {}
    assert sample.answered > 20
    assert sample.service_cpu_seconds > 0
    assert sample.machine_cpu_seconds >= sample.service_cpu_seconds * 0.9


def test_an_open_loop_keeps_its_rate_whatever_the_service_does():
    async def slow(head: str, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        await prompt(head, writer)

    sample = loaded(slow, ROWS, Phase("open", {"list": 1.0}, 1.0, 2, rate=100))["open"]
    assert 70 < sample.answered < 130
    assert figures.percentile(sample.all_latencies(), 50) >= 200


def test_a_stall_is_charged_to_every_request_it_delays():
    """The server sleeps once for half a second; at 100/s some fifty requests were to be sent meanwhile."""
    stalled: list[float] = []

    async def stalling(head: str, writer: asyncio.StreamWriter) -> None:
        now = asyncio.get_running_loop().time()
        if not head.startswith("post"):
            stalled.append(now)
            await asyncio.sleep(max(0.0, stalled[0] + 0.5 - now))
        await prompt(head, writer)

    sample = loaded(stalling, ROWS, Phase("open", {"get": 1.0}, 1.0, 1, rate=100))["open"]
    assert sum(latency > 100 for latency in sample.all_latencies()) >= 20


def test_refusals_are_counted_by_kind_and_are_no_latencies():
    async def refusing(head: str, writer: asyncio.StreamWriter) -> None:
        refusal = b"HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n"
        writer.write(created() if head.startswith("post") else refusal)

    sample = loaded(refusing, ROWS, Phase("closed", {"get": 1.0}, 0.1, 1))["closed"]
    assert sample.answered == 0
    assert set(sample.errors) == {"GET 503"}


def test_a_job_survives_the_way_between_processes():
    one = job(1, ROWS)
    assert read_job(one.written()) == one


def bodies(requests: list[tuple[Entity, bytes]]) -> list[dict[str, object]]:
    return [json.loads(request.partition(b"\r\n\r\n")[2]) for _, request in requests]


def test_creations_never_run_out_and_never_repeat_a_unique_value():
    creations = Creations((ORDER,), RestWire(1, "token"), seed=1)
    requests = list(creations.first())
    creations.prepare(20)
    requests += [creations.next() for _ in range(200)]
    made = bodies(requests)
    assert len({body["number"] for body in made}) == len({body["note"] for body in made}) == 201


def test_rows_refer_to_rows_that_were_created_before():
    line = Entity("Line", (Fact(Field("order", "reference", references="Order"), "stated", "order"),))
    creations = Creations((line, ORDER), RestWire(1, "token"), seed=1)
    made = []
    for entity, request in creations.first():
        creations.refer(entity, f"row of {entity.name}")
        made.append((entity, request))
    assert [entity.name for entity, _ in made] == ["Order", "Line"]
    assert bodies(made)[1] == bodies([creations.next()])[0] == {"order_id": "row of Order"}


def test_poisson_times_have_the_rate_and_the_spread():
    times = poisson_times(200, 50, seed=3)
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    mean = sum(gaps) / len(gaps)
    spread = (sum((gap - mean) ** 2 for gap in gaps) / len(gaps)) ** 0.5
    assert mean == pytest.approx(1 / 200, rel=0.05)
    assert spread == pytest.approx(mean, rel=0.05)
    assert times == poisson_times(200, 50, seed=3)


def test_percentiles_are_values_that_were_measured():
    values = [float(value) for value in range(1, 101)]
    assert [figures.percentile(values, percent) for percent in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert figures.percentile([], 95) == 0


def stated(value: float) -> Fact[float]:
    return Fact(value, "stated", f"{value:g}")


def subject(rate: float = 200, read_share: float = 0.9, *, rest: bool = True, grpc: bool = False) -> Subject:
    spoken = [name for name, wanted in (("rest", rest), ("grpc", grpc)) if wanted]
    interfaces = tuple(Fact(name, "stated", "") for name in spoken)
    load = Load(
        requests_per_second=stated(rate),
        read_share=stated(read_share),
        latency=Latency(stated(95), stated(300)),
    )
    brief = Brief(load=load, services=(Service(interfaces=interfaces),))  # type: ignore[arg-type]  # literals
    return Subject(Path("/nowhere"), "shop", "shop", brief)


def test_the_mix_follows_the_read_share_and_the_interfaces():
    assert plan.mix(subject()) == pytest.approx({"get": 0.63, "list": 0.27, "create": 0.06, "update": 0.04})
    assert plan.mix(subject(grpc=True))["grpc_get"] == pytest.approx(0.315)
    assert "get" not in plan.mix(subject(rest=False, grpc=True))
    assert plan.mix(subject(rest=False, grpc=True))["grpc_get"] == pytest.approx(0.63)
    assert "get" not in plan.calibrated(subject(rest=False, grpc=True))
    assert plan.mix(subject(read_share=1.0)) == pytest.approx({"get": 0.7, "list": 0.3})


def test_one_process_is_asked_for_no_more_than_it_can_carry():
    wanted = plan.phases(subject(rate=5000))[-1]
    assert carried(replace(wanted, rate=200), capacity=1000).rate == 200
    assert carried(wanted, capacity=1000).rate == 800
    assert carried(replace(wanted, processes=10), capacity=1000).rate == 500
    assert carried(wanted, capacity=0).rate == 5000


PACED = Sample(
    "open loop", 6.0, {"get": [10.0] * 950 + [400.0] * 50 + [500.0] * 200}, 200, resident_mebibytes=120
)
SATURATED = Sample("closed loop", 3.0, {"get": [10.0] * 3000}, resident_mebibytes=130)


def compared(paced: Sample) -> dict[str, Comparison]:
    found = figures.comparisons(subject(), paced, SATURATED)
    return {comparison.measured.name: comparison for comparison in found}


def test_a_missed_target_is_a_finding_and_a_met_one_is_not():
    slow = compared(PACED)
    assert slow["p95"].measured.value == 500
    assert slow["p95"].target is not None
    assert (slow["p95"].target.value, slow["p95"].met) == (300, False)
    assert slow["p50"].met is None
    assert slow["saturation of one process"].measured.value == 1000
    assert slow["memory under load"].measured.value == 130
    said = [finding.message for finding in figures.missed(list(slow.values()), PACED)]
    assert said == ["p95 is 500 ms, and 300 was wanted (300)"]
    quick = compared(replace(PACED, latencies_ms={"get": [10.0] * 1200}))
    assert list(figures.missed(list(quick.values()), PACED)) == []


def test_a_target_missed_on_a_crowded_machine_is_a_warning_that_says_so():
    crowded = replace(PACED, machine_cpu_seconds=6.0 * cores())
    (finding,) = figures.missed(list(compared(crowded).values()), crowded)
    assert finding.severity == "warning"
    assert f"other programs kept {cores():.1f} cores busy" in finding.message
    failing = replace(crowded, errors={"GET 500": 30})
    severities = {finding.severity for finding in figures.missed(list(compared(failing).values()), failing)}
    assert "error" in severities


def test_failed_requests_are_held_against_one_in_a_thousand():
    failing = compared(replace(PACED, errors={"GET 500": 3}))
    assert failing["failed requests"].met is False
    assert compared(replace(PACED, errors={"GET 500": 1}))["failed requests"].met is True


def test_a_brief_that_asks_for_hardly_anything_is_measured_all_the_same():
    assert plan.phases(subject(rate=0.08))[-1].rate == plan.LEAST_RATE
    assert plan.phases(subject(rate=3.0))[-1].rate == 3.0


def test_a_rate_that_is_not_carried_is_a_missed_target():
    half = replace(PACED, latencies_ms={"get": [10.0] * 600})
    assert compared(half)["throughput"].met is False


def test_a_calibration_is_written_whole_in_the_designs_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    sample = Sample("calibrate get", 1.0, {"get": [1.0] * 1000}, 0, {}, [], 0.9, 0.2)
    costs = dict.fromkeys(plan.calibrated(subject()), sample)
    contents = calibration.calibration(costs, calibration.Memory(100.0, 0.5), "a machine", "shop")
    calibration.keep(contents, calibration.calibration_file())
    kept = json.loads((tmp_path / "backend-architect" / "calibration.json").read_text(encoding="utf-8"))
    assert kept["operations"]["get"] == {"cpu_ms": 0.9, "db_ms": 0.2}
    assert kept["operations"]["grpc_get"] == kept["operations"]["get"]
    assert kept["rss_mib"] == {"base": 100.0, "per_connection": 0.5}
    assert [path.name for path in calibration.calibration_file().parent.iterdir()] == ["calibration.json"]


def test_the_design_reads_the_calibration_that_the_gate_wrote(tmp_path: Path):
    sample = Sample("calibrate get", 1.0, {"get": [1.0] * 1000}, 0, {}, [], 0.9, 0.2)
    costs = dict.fromkeys(plan.calibrated(subject(grpc=True)), sample)
    file = tmp_path / "calibration.json"
    calibration.keep(calibration.calibration(costs, calibration.Memory(100.0, 0.5), "m", "s"), file)
    read = load_tables(calibration=file).calibration
    assert (read.source, read.operations["grpc_get"].cpu_ms, read.rss_mib.base) == ("measured", 0.9, 100.0)

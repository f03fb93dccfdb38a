"""The brief's load on the real service: open loop at its rate, closed loop to saturation, cost a request."""

import sys
from dataclasses import dataclass
from typing import Final

import psycopg

from architect.model.fact import Figure
from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.gate import gate
from architect.verify.load import calibration, figures, plan
from architect.verify.load.job import Job, Sample, read_samples
from architect.verify.machine import cores, machine
from architect.verify.payloads import scopes
from architect.verify.process import clean_environment, run
from architect.verify.service import Service

GENERATOR_SECONDS: Final = 60.0
METHOD: Final = (
    "One process of the service in production settings on PostgreSQL, both on this machine, with the load "
    "generator in a process of its own (asyncio, raw HTTP/1.1 on kept-alive connections, grpc.aio). After a "
    "warm-up each operation runs alone in a closed loop of {connections} connections for {seconds:g} s (CPU "
    "of the service and of PostgreSQL from /proc, over the requests); then the mix runs in a closed loop of "
    "{saturation} connections (saturation), then in an open loop with Poisson arrivals at {rate:g}/s for "
    "{paced:g} s, latencies counted from the intended sending time, so that no request is left out because "
    "an earlier one was slow. Mix: {mix}. The generator itself sent {late:.1f} ms late at its p99 and used "
    "{own:.0%} of a core in the open loop; programs that have no part in this kept {others:.2f} cores busy. "
    "The predictions count the CPU of a request, the database's work and the queues for both; that the "
    "generator and PostgreSQL share these cores, and that an idle core has to wake, is not in them."
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Every sample by its phase."""

    samples: dict[str, Sample]

    @property
    def paced(self) -> Sample:
        """The open loop."""
        return self.samples[plan.PACED]

    @property
    def saturated(self) -> Sample:
        """The closed loop."""
        return self.samples[plan.SATURATION]


@gate(
    "load",
    title="The brief's load, and the most it carries",
    checks=("open_loop", "saturation", "calibration"),
    needs=("service",),
    exclusive=True,
    seconds=120,
    applies=lambda subject: "" if subject.entities else "the brief names no entity to load",
)
async def load(bench: Bench) -> None:
    """Warm up, measure each operation, saturate, then hold the brief's rate; nothing else runs meanwhile."""
    async with bench.boot({"DATABASE_POOL_SIZE": str(_pool_size(bench))}) as service:
        await _connected(service, _pool_size(bench))
        idle = service.process.resident_mebibytes()
        bench.sheet.figure(
            Figure("ready after, alone on the machine", service.readiness_seconds, "s", "measured", "/readyz")
        )
        measured = Measured(await _generate(bench, service))
    _write_down(bench, measured)
    base = idle - _pool_size(bench) * calibration.CONNECTION_MEBIBYTES
    _calibrate(bench, measured, calibration.Memory(base, calibration.CONNECTION_MEBIBYTES))


async def _generate(bench: Bench, service: Service) -> dict[str, Sample]:
    """Run the generator and return its samples by phase.

    Raises:
        RuntimeError: it failed; the message has its last line.
    """
    job = Job(
        http_port=service.http_port if bench.subject.speaks("rest") else 0,
        grpc_target=service.grpc_target if bench.subject.speaks("grpc") else "",
        token=service.issuer.token("load", scopes(*bench.subject.entities)),
        entities=bench.subject.entities,
        phases=plan.phases(bench.subject),
        service=service.process.pid,
        database=await _database_process(bench),
    )
    scratch = bench.scratch("load")
    (scratch / "job.json").write_bytes(job.written())
    files = [str(scratch / name) for name in ("job.json", "result.json")]
    done = await run(
        [sys.executable, "-m", "architect.verify.load.generator", *files],
        directory=scratch,
        environment=clean_environment(),
        within=GENERATOR_SECONDS,
        on_line=bench.progress,
    )
    if done.status != 0:
        said = done.output.strip().splitlines()
        message = f"the load generator failed: {said[-1] if said else done.status}"
        raise RuntimeError(message)
    return {sample.phase: sample for sample in read_samples((scratch / "result.json").read_bytes())}


def _write_down(bench: Bench, measured: Measured) -> None:
    found = list(figures.comparisons(bench.subject, measured.paced, measured.saturated))
    for comparison in found:
        bench.sheet.compare(comparison)
    bench.sheet.ran("open_loop", figures.missed(found, measured.paced))
    bench.sheet.ran("saturation", _saturation_findings(measured.saturated))
    mix = plan.mix(bench.subject)
    bench.sheet.method = METHOD.format(
        connections=plan.CALIBRATION_CONNECTIONS,
        seconds=plan.CALIBRATION_SECONDS,
        saturation=plan.SATURATION_CONNECTIONS,
        rate=measured.paced.rate,
        paced=plan.OPEN_SECONDS,
        mix=", ".join(f"{share:.0%} {name}" for name, share in mix.items()),
        late=figures.percentile(sorted(measured.paced.late_ms), 99),
        own=measured.paced.generator_cpu_seconds / max(measured.paced.seconds, 0.001),
        others=measured.paced.others_cores,
    )


def _saturation_findings(saturated: Sample) -> list[Finding]:
    if saturated.answered and saturated.failed <= figures.MOST_ERRORS * saturated.answered:
        return []
    errors = ", ".join(f"{text} ({count})" for text, count in sorted(saturated.errors.items()))
    message = (
        f"{saturated.failed} of {saturated.answered + saturated.failed} requests fail when it is saturated"
    )
    return [Finding("saturation", "error", message, "load", evidence=errors)]


def _calibrate(bench: Bench, measured: Measured, memory: calibration.Memory) -> None:
    costs = {name: measured.samples[f"calibrate {name}"] for name in plan.calibrated(bench.subject)}
    for name, sample in costs.items():
        because = f"closed loop of this operation alone, {sample.answered} requests, /proc"
        bench.sheet.figure(Figure(f"CPU of {name}", round(sample.cpu_ms, 3), "ms", "measured", because))
        bench.sheet.figure(
            Figure(f"PostgreSQL's CPU of {name}", round(sample.database_ms, 3), "ms", "measured", because)
        )
    broken = [name for name, sample in costs.items() if sample.failed or not sample.answered]
    if broken:
        said = "; ".join(f"{name}: {dict(costs[name].errors)}" for name in broken)
        bench.sheet.ran(
            "calibration",
            [Finding("calibration", "error", "requests fail under load", "load", evidence=said)],
        )
        return
    if not bench.subject.speaks("rest"):
        bench.sheet.leave_out("calibration", "not kept, because designs count with what REST costs")
        return
    others = max(sample.others_cores for sample in costs.values())
    if others > figures.QUIET_SHARE * cores():
        said = f"not kept, because other programs kept {others:.1f} cores busy meanwhile"
        bench.sheet.leave_out("calibration", said)
        return
    contents = calibration.calibration(costs, memory, machine(), bench.subject.name)
    calibration.keep(contents, calibration.calibration_file())
    bench.sheet.ran("calibration")


def _pool_size(bench: Bench) -> int:
    return bench.subject.design.sizing.pool_size_per_replica if bench.subject.design else 10


async def _connected(service: Service, connections: int) -> None:
    """Return once the service has opened its connections; a pool that stays smaller is let be."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    async with await psycopg.AsyncConnection.connect(service.database_url, autocommit=True) as link:
        for _ in range(200):
            row = await (await link.execute(query)).fetchone()
            if row is not None and row[0] > connections:
                return
            await (await link.execute("SELECT pg_sleep(0.01)")).fetchone()


async def _database_process(bench: Bench) -> int:
    process = (await bench.server()).process
    return process.pid if process is not None else 0

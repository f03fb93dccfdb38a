"""The load generator: ``python -m architect.verify.load.generator JOB RESULT``, in a process of its own.

Open loop: requests are begun at Poisson times drawn beforehand, whether or not earlier ones were answered,
and a latency counts from the intended time, so that a stall of the service is charged to every request it
delays (no coordinated omission). Closed loop: each connection sends its next request after the last answer.
"""

import asyncio
import contextlib
import gc
import math
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path

from architect.verify.dynamic_grpc import connected
from architect.verify.load.grpc import GrpcWire
from architect.verify.load.http import Failed
from architect.verify.load.job import Job, Operation, Phase, Sample, read_job, write_samples
from architect.verify.load.operations import Operations
from architect.verify.load.rest import RestWire
from architect.verify.usage import children, cpu_seconds, machine_cpu_seconds, resident_mebibytes, session

PAUSE_SECONDS = 0.01
"""What a client of the closed loop waits after a failure: refusals come fast, and it would spin."""
MOST_OF_CAPACITY = 0.8
"""Share of the measured capacity above which an open loop would measure its own queue."""
CREATIONS_A_SECOND = 1500
"""Bodies prepared for each second of creations; what is wanted beyond them is made as it is sent."""


class Recorder:
    """Collects what happens to requests in one phase."""

    def __init__(self) -> None:
        self.latencies: dict[Operation, list[float]] = defaultdict(list)
        self.late: list[float] = []
        self.errors: Counter[str] = Counter()

    async def watch(self, operation: Operation, request: Awaitable[None], since: float) -> None:
        """Await a request and note its latency from ``since``, or how it failed."""
        try:
            await request
        except Failed as error:
            self.errors[str(error)] += 1
        else:
            self.latencies[operation].append(1000 * (time.perf_counter() - since))


async def run(job: Job) -> list[Sample]:
    """Run all phases of a job, one after another.

    Raises:
        OSError: nothing listens on the job's port.
        grpc.aio.AioRpcError: nothing listens on the job's target.
        ValueError: the job names neither.
        Failed: a first row cannot be created.
    """
    async with contextlib.AsyncExitStack() as stack:
        grpc = None
        if job.grpc_target:
            grpc = GrpcWire(await stack.enter_async_context(connected(job.grpc_target)), job.token)
        rest = RestWire(job.http_port, job.token) if job.http_port else None
        if rest is not None:
            stack.callback(rest.pool.close)
        wire = rest or grpc
        if wire is None:
            message = "the job names neither REST nor gRPC"
            raise ValueError(message)
        operations = Operations(job, wire, grpc)
        await operations.begin()
        samples: dict[str, Sample] = {}
        for phase in job.phases:
            sys.stdout.write(f"{phase.name}\n")
            sys.stdout.flush()
            feasible = carried(phase, samples[phase.within].throughput) if phase.within else phase
            if rest is not None:
                await rest.pool.fill(phase.connections)
            samples[phase.name] = await _sampled(job, feasible, operations)
    return list(samples.values())


def carried(phase: Phase, capacity: float) -> Phase:
    """Return the phase at a rate that one process carries: its own, or one process' share of it.

    Args:
        phase: an open loop at the rate that is wanted.
        capacity: requests a second that the process answered when saturated; 0 when it answered none,
            which no other rate would mend.
    """
    if not capacity or phase.rate <= MOST_OF_CAPACITY * capacity:
        return phase
    return replace(phase, rate=min(phase.rate / phase.processes, MOST_OF_CAPACITY * capacity))


async def _sampled(job: Job, phase: Phase, operations: Operations) -> Sample:
    operations.prepare(math.ceil(CREATIONS_A_SECOND * phase.seconds * phase.mix.get("create", 0.0)))
    recorder = Recorder()
    gc.collect()
    before, own, began = _cpu(job), time.process_time(), time.perf_counter()
    if phase.rate > 0:
        await _open_loop(phase, operations, recorder, job.seed)
    else:
        await _closed_loop(phase, operations, recorder)
    seconds = time.perf_counter() - began
    after = _cpu(job)
    return Sample(
        phase=phase.name,
        seconds=seconds,
        latencies_ms=dict(recorder.latencies),
        rate=phase.rate,
        errors=dict(recorder.errors),
        late_ms=recorder.late,
        service_cpu_seconds=after[0] - before[0],
        database_cpu_seconds=after[1] - before[1],
        generator_cpu_seconds=time.process_time() - own,
        machine_cpu_seconds=after[2] - before[2],
        resident_mebibytes=sum(map(resident_mebibytes, session(job.service))),
    )


async def _open_loop(phase: Phase, operations: Operations, recorder: Recorder, seed: int) -> None:
    arrivals = poisson_times(phase.rate, phase.seconds, seed)
    chosen = operations.pick(phase.mix, len(arrivals))
    start = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for offset, operation in zip(arrivals, chosen, strict=True):
            intended = start + offset
            await asyncio.sleep(max(0.0, intended - time.perf_counter()))
            recorder.late.append(1000 * (time.perf_counter() - intended))
            group.create_task(recorder.watch(operation, operations.send[operation](), intended))


async def _closed_loop(phase: Phase, operations: Operations, recorder: Recorder) -> None:
    end = time.perf_counter() + phase.seconds

    async def client() -> None:
        while (now := time.perf_counter()) < end:
            (operation,) = operations.pick(phase.mix, 1)
            failures = recorder.errors.total()
            await recorder.watch(operation, operations.send[operation](), now)
            if recorder.errors.total() > failures:
                await asyncio.sleep(PAUSE_SECONDS)

    async with asyncio.TaskGroup() as group:
        for _ in range(phase.connections):
            group.create_task(client())


def poisson_times(rate: float, seconds: float, seed: int) -> list[float]:
    """Return arrival times in seconds, exponential distances of mean ``1/rate``, all before ``seconds``."""
    source = random.Random(seed)  # noqa: S311 - a schedule is no secret
    times, now = [], source.expovariate(rate)
    while now < seconds:
        times.append(now)
        now += source.expovariate(rate)
    return times


def _cpu(job: Job) -> tuple[float, float, float]:
    """Return the CPU seconds of the service's session, of the database's processes, of everything, so far."""
    service = sum(map(cpu_seconds, session(job.service)))
    database = sum(map(cpu_seconds, (job.database, *children(job.database)))) if job.database else 0.0
    return service, database, machine_cpu_seconds()


def main(job_file: str, result_file: str) -> None:
    """Run the job of a file and write its samples into another."""
    job = read_job(Path(job_file).read_bytes())
    gc.disable()
    Path(result_file).write_bytes(write_samples(asyncio.run(run(job))))


if __name__ == "__main__":
    main(*sys.argv[1:])

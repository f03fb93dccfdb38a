"""The sizing of a decided design."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, isfinite
from typing import Final

from architect.design.case import Case
from architect.design.sizing.capacity import Plan, network_ms, plan, response
from architect.design.sizing.cost import Bought, bill
from architect.design.sizing.demand import Demand, demand
from architect.design.sizing.figures import Worked, figures_of
from architect.design.sizing.memory import replica_mebibytes
from architect.design.sizing.queueing import Station, poisson_quantile
from architect.model.design import Sizing

CPU_STEP: Final = 50
CORE: Final = 1000
"""Millicores of one core: the most that one Python process can use."""


@dataclass(frozen=True, slots=True)
class Database:
    """Busy vCPU at the target utilisation, the queue it makes, the connections that it accepts from us."""

    vcpu: float
    station: Station
    connections: int


def size(case: Case) -> tuple[Sizing, tuple[str, ...]]:
    """Return the sizing of a case with all choices made, and warnings about what cannot be met."""
    asked = demand(case)
    planned = plan(case)
    database = _database(case, asked)
    arrivals = case.needs.rate / planned.replicas
    pool = _pool(case, asked, planned, database)
    cpu = _millicores(case, asked, planned, arrivals)
    memory = replica_mebibytes(case, planned.workers, pool)
    times = response(asked, arrivals, planned.workers, database.station)
    p50, p95, p99, p_asked = (
        times.percentile(each) + network_ms(asked) for each in (50, 95, 99, case.needs.percentile)
    )
    saturation = planned.processes * CORE / asked.cpu_ms
    items = tuple(bill(case, _bought(asked, planned, cpu, memory, database)))
    sizing = Sizing(
        replicas=planned.replicas,
        workers_per_replica=planned.workers,
        pool_size_per_replica=pool * planned.workers,
        cpu_millicores=cpu,
        memory_mebibytes=memory,
        database_connections=pool * planned.processes,
        rate_limit_requests=_limit(case, asked),
        rate_limit_window_seconds=int(case.number("limit.window_seconds")),
        predicted_p50_ms=_rounded(p50),
        predicted_p95_ms=_rounded(p95),
        predicted_p99_ms=_rounded(p99),
        saturation_requests_per_second=_rounded(saturation),
        utilisation=_rounded(case.needs.rate / saturation),
        monthly_usd=round(sum(item.usd for item in items), 2),
    )
    worked = Worked(case, asked, planned, sizing, items, pool, database.vcpu, database.connections)
    return replace(sizing, figures=figures_of(worked)), tuple(_warnings(worked, p_asked))


def _database(case: Case, asked: Demand) -> Database:
    busy = case.needs.rate * asked.db_ms / 1000
    vcpu = busy / case.number("size.utilisation")
    servers = max(2, ceil(vcpu))
    steps = servers // 2
    room = min(case.number("size.max_connections") * steps, case.number("size.most_connections"))
    accepted = int(room - case.number("size.reserved_connections"))
    return Database(vcpu, Station(case.needs.rate, asked.db_ms, servers), accepted)


def _pool(case: Case, asked: Demand, planned: Plan, database: Database) -> int:
    """Return the connections of one process: Little's law with a Poisson margin, within what is accepted."""
    at_once = case.needs.rate / planned.processes * asked.held_ms / 1000
    wanted = max(
        int(case.number("size.least_pool")), poisson_quantile(at_once, case.number("size.pool_quantile"))
    )
    allowed = int(database.connections / (planned.processes * case.number("size.surge")))
    return max(1, min(wanted, allowed))


def _millicores(case: Case, asked: Demand, planned: Plan, arrivals: float) -> int:
    """Return the CPU of one replica: its share at the target utilisation, at least what a loop needs."""
    if planned.workers > 1:
        return CORE * planned.workers
    needed = arrivals * asked.cpu_ms / case.number("size.utilisation")
    steps = ceil(max(needed, case.number("size.least_millicores")) / CPU_STEP)
    return min(CORE, steps * CPU_STEP)


def _limit(case: Case, asked: Demand) -> int:
    """Return the requests of one principal in a window: a person's share or a calling service's."""
    window, rate = case.number("limit.window_seconds"), case.needs.rate
    person = rate * (1 - asked.grpc_share) / max(1.0, case.needs.users) * case.number("limit.burst")
    service = (
        rate * asked.grpc_share / max(1, case.needs.internal_callers) * case.number("limit.service_burst")
    )
    return max(int(case.number("limit.least_per_window")), ceil(max(person, service) * window))


def _bought(asked: Demand, planned: Plan, cpu: int, memory: int, database: Database) -> Bought:
    return Bought(
        cores=planned.replicas * cpu / CORE,
        gibibytes=planned.replicas * memory / 1024,
        database_vcpu=database.vcpu,
        in_flight_ms=asked.cpu_ms + asked.held_ms,
        machines=planned.replicas,
    )


def _rounded(value: float) -> float:
    """Return a value to four significant digits: more would be a lie, and JSON holds no infinity."""
    return float(f"{value:.4g}") if isfinite(value) else 1e9


def _warnings(worked: Worked, predicted: float) -> Iterator[str]:
    """Yield what cannot be met; ``predicted`` is the asked percentile in milliseconds."""
    needs, asked, sizing = worked.case.needs, worked.asked, worked.sizing
    if predicted > needs.latency_ms:
        alone = response(asked, 0.0, 1, None).percentile(needs.percentile) + network_ms(asked)
        yield (
            f"load.latency: p{needs.percentile:g} of {needs.latency_ms:g} ms cannot be met: a request takes "
            f"{alone:.1f} ms with nobody else there; ask for at least {ceil(max(alone, predicted))} ms"
        )
    if needs.budget is not None and sizing.monthly_usd > needs.budget:
        dearest = max(worked.items, key=lambda item: item.usd)
        yield (
            f"budget.infrastructure_usd_per_month: {needs.budget:,.0f} given and {sizing.monthly_usd:,.0f} "
            f"computed, {dearest.usd:,.0f} of it {dearest.name}; raise it, or ask for less"
        )
    at_once = needs.rate * asked.held_ms / 1000
    if sizing.database_connections > worked.accepted or at_once > sizing.database_connections:
        yield (
            f"load.requests_per_second: {worked.planned.processes:,} processes need more connections than "
            f"the {worked.accepted:,} that the database accepts; put a connection pooler in front of it"
        )

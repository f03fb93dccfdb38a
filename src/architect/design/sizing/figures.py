"""Every number of the sizing again, each with its formula and its inputs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from architect.design.case import Case
from architect.design.rule import computed
from architect.design.sizing import memory
from architect.design.sizing.assistant_figures import SOURCE_OF, assistant_figures
from architect.design.sizing.bill import Item
from architect.design.sizing.capacity import Plan, network_ms
from architect.design.sizing.demand import Demand
from architect.design.sizing.providers import provider_items
from architect.model.design import Sizing
from architect.model.fact import Fact, Figure

BLOCK_KILOBYTES: Final = 8
"""PostgreSQL's page."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What the sizing was worked out from."""

    case: Case
    asked: Demand
    planned: Plan
    sizing: Sizing
    items: tuple[Item, ...]
    pool: int
    database_vcpu: float
    accepted: int


def figures_of(worked: Worked) -> tuple[Figure, ...]:
    """Return the figures, the inputs first."""
    return (
        *_inputs(worked),
        *_processes(worked),
        *_database(worked),
        *_times(worked),
        *(assistant_figures(worked.case) if worked.case.needs.assistant else ()),
        *_money(worked),
    )


def _inputs(worked: Worked) -> Iterator[Figure]:
    brief, tables = worked.case.brief, worked.case.tables
    for path, name, unit in (
        ("load.requests_per_second", "request rate", "requests/s"),
        ("load.read_share", "read share", "share"),
        ("load.latency.milliseconds", "latency target", "ms"),
        ("load.availability", "availability target", "%"),
    ):
        fact = brief.at(path)
        if isinstance(fact, Fact):
            yield Figure(name, fact.value, unit, SOURCE_OF[fact.provenance], f"{path}: {fact.because}")
    source = tables.calibration.source
    because = (
        f"calibration of {tables.calibration.date}, {tables.calibration.machine}: {worked.asked.because}"
    )
    yield Figure("CPU per request", round(worked.asked.cpu_ms, 3), "ms", source, because)
    yield Figure(
        "database work per request", round(worked.asked.db_ms, 3), "ms", source, "the same calibration"
    )


def _processes(worked: Worked) -> Iterator[Figure]:
    case, asked, planned, sizing = worked.case, worked.asked, worked.planned, worked.sizing
    rate = case.needs.rate
    yield computed(
        "busy cores",
        round(case.cores(asked.cpu_ms), 3),
        "cores",
        f"Little's law: {rate:,g}/s x {asked.cpu_ms:.2f} ms",
    )
    yield computed("replicas", planned.replicas, "", planned.because)
    yield computed(
        "workers per replica", planned.workers, "", f"process model: {case.choice('process_model')}"
    )
    yield computed(
        "saturation",
        sizing.saturation_requests_per_second,
        "requests/s",
        f"{planned.processes} processes x 1000 / {asked.cpu_ms:.2f} ms",
    )
    yield computed("utilisation", sizing.utilisation, "share", "request rate / saturation")
    yield computed(
        "CPU of a replica",
        sizing.cpu_millicores,
        "m",
        f"{rate / planned.replicas:,.0f}/s x {asked.cpu_ms:.2f} ms / {case.number('size.utilisation'):g}, "
        f"at least {case.number('size.least_millicores'):.0f}, at most a core for each process",
    )
    yield computed(
        "memory of a replica",
        sizing.memory_mebibytes,
        "MiB",
        memory.told(case, planned.workers, worked.pool),
    )
    yield computed(
        "rate limit",
        sizing.rate_limit_requests,
        f"requests/{sizing.rate_limit_window_seconds} s",
        f"the larger of a person's share ({1 - asked.grpc_share:.0%} of {rate:,g}/s over "
        f"{case.needs.users:,.0f}) x {case.number('limit.burst'):g} and a calling service's "
        f"({asked.grpc_share:.0%} over {max(1, case.needs.internal_callers)}) x "
        f"{case.number('limit.service_burst'):g}, at least {case.number('limit.least_per_window'):.0f}",
    )


def _database(worked: Worked) -> Iterator[Figure]:
    case, asked = worked.case, worked.asked
    needs = case.needs
    each = needs.rate / worked.planned.processes
    yield computed(
        "pool of a process",
        worked.pool,
        "connections",
        f"Little's law: {each:,.1f}/s x {asked.held_ms:.2f} ms = {each * asked.held_ms / 1000:.2f} at once, "
        f"Poisson {case.number('size.pool_quantile'):.2%}, at least {case.number('size.least_pool'):.0f}, "
        f"within {worked.accepted} accepted",
    )
    yield computed(
        "pool of a replica",
        worked.sizing.pool_size_per_replica,
        "connections",
        f"{worked.planned.workers} processes x {worked.pool}",
    )
    yield computed(
        "database connections",
        worked.sizing.database_connections,
        "connections",
        f"{worked.planned.processes} processes x {worked.pool}",
    )
    yield computed(
        "database cores",
        round(worked.database_vcpu, 3),
        "vCPU",
        f"{needs.rate:,g}/s x {asked.db_ms:.2f} ms / {case.number('size.utilisation'):g}",
    )
    yield computed("database size", needs.gigabytes, "GB", "data.gigabytes")
    reads = needs.reads * case.number("size.cache_miss")
    writes = needs.writes * case.number("size.pages_per_write")
    yield computed(
        "database IOPS",
        round(reads + writes, 1),
        f"pages of {BLOCK_KILOBYTES} kB/s",
        f"{needs.reads:,.0f} reads/s x {case.number('size.cache_miss'):g} misses + "
        f"{needs.writes:,.0f} writes/s x {case.number('size.pages_per_write'):g} pages",
    )


def _times(worked: Worked) -> Iterator[Figure]:
    sizing, planned = worked.sizing, worked.planned
    because = (
        f"M/M/{planned.workers} of {worked.case.needs.rate / planned.replicas:,.0f}/s "
        f"x {worked.asked.cpu_ms:.2f} ms, "
        f"then the database's queue, then {network_ms(worked.asked):.2f} ms of network"
    )
    for name, value in (
        ("predicted p50", sizing.predicted_p50_ms),
        ("predicted p95", sizing.predicted_p95_ms),
        ("predicted p99", sizing.predicted_p99_ms),
    ):
        yield computed(name, value, "ms", because)


def _money(worked: Worked) -> Iterator[Figure]:
    dated = f"{worked.case.provider.title}, prices of {worked.case.tables.prices_date}"
    for item in worked.items:
        yield computed(f"cost: {item.name}", round(item.usd, 2), "USD/month", item.because)
    usd, paid = worked.sizing.monthly_usd, tuple(provider_items(worked.case))
    yield computed("monthly cost", usd, "USD/month", f"the lines above; {dated}")
    total = round(usd + sum(item.usd for item in paid), 2)
    if total > usd:
        each = ", ".join(f"{item.usd:,.2f} of {item.name}" for item in paid)
        yield computed(
            "monthly cost with language models", total, "USD/month", f"the same and a provider's: {each}"
        )

"""How many processes a replica runs, and whether REST and gRPC share one."""

from math import ceil
from typing import Final

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer
from architect.design.sizing.capacity import REPLICATED_FROM
from architect.design.sizing.demand import demand
from architect.model.decision import Option, Pattern
from architect.model.fact import Figure

SYNCHRONOUS: Final = ("flask", "django")
MACHINES: Final = ("vm", "compose")
"""Targets whose replicas are machines."""
LOOP: Final = "Nothing may block the loop: no synchronous call in an endpoint."


def _context(case: Case) -> str:
    cores = case.cores(demand(case).cpu_ms)
    return f"{cores:.2f} busy cores at the peak on {case.choice('deployment')}; a Python process uses one."


def _options(case: Case) -> tuple[Option, ...]:
    return (_shared_loop(case), _workers(case), _separate(case))


def _both(case: Case) -> bool:
    return case.choice("interface_style") == "both"


def _cores_each(case: Case) -> float:
    """Return the cores that each machine must keep busy; one where replicas are added instead."""
    if case.choice("deployment") not in MACHINES:
        return 1.0
    alone = case.choice("deployment") == "compose" or case.needs.availability <= REPLICATED_FROM
    cores = case.cores(demand(case).cpu_ms) / case.number("size.utilisation")
    return cores / (1 if alone else 2)


def _blocked(case: Case) -> str | None:
    if _both(case) and case.choice("framework") in SYNCHRONOUS:
        return f"{case.choice('framework')} blocks the loop that gRPC needs"
    return None


def _memory(case: Case, processes: int) -> tuple[float, str, tuple[Figure, ...]]:
    """Return the price of so many processes' memory, how it was computed, and their number as a figure."""
    base = case.tables.calibration.rss_mib.base
    usd = processes * base / 1024 * case.price("gib")
    count = computed("processes on each machine", processes, "", "cores needed over machines, for each kind")
    return usd, f"{processes} x {base:.0f} MiB", (count,)


def _shared_loop(case: Case) -> Option:
    each = _cores_each(case)
    usd, told, figures = _memory(case, 1)
    full = f"{each:.1f} cores are needed on each machine and one process uses one" if each > 1 else None
    return offer(
        case,
        "shared_loop",
        f"{'REST and gRPC in one event loop' if _both(case) else 'One asynchronous process'} per replica",
        gives=(
            "one process to start, watch and drain",
            "measured: both share a loop without loss" if _both(case) else "grows by replicas",
        ),
        costs=("one core for each replica",),
        usd=usd,
        usd_from=told,
        figures=figures,
        infeasible=_blocked(case) or full,
    )


def _workers(case: Case) -> Option:
    usd, told, figures = _memory(case, max(1, ceil(_cores_each(case))))
    return offer(
        case,
        "workers",
        "Several worker processes per replica",
        gives=("all cores of a machine are used",),
        costs=("limits, pools and caches are kept once for each worker",),
        usd=usd,
        usd_from=told,
        hours=case.care("workers"),
        figures=figures,
        infeasible=_blocked(case),
    )


def _separate(case: Case) -> Option:
    each = _cores_each(case)
    usd, told, figures = _memory(case, 2 * max(1, ceil(each)))
    return offer(
        case,
        "separate",
        "REST and gRPC in processes of their own",
        gives=("each grows and fails alone",),
        costs=("two deployments, two rollouts, twice the least replicas",),
        usd=usd,
        usd_from=told,
        hours=case.care("separate") + (case.care("workers") if each > 1 else 0.0),
        figures=figures,
        infeasible=None if _both(case) else "there is one interface",
    )


def _explain(case: Case, choice: str) -> Explanation:
    return Explanation(
        drivers=(
            f"{case.cores(demand(case).cpu_ms):.2f} busy cores",
            f"deployment: {case.choice('deployment')}",
        ),
        consequences=(
            "SIGTERM stops both listeners, drains what is in flight, then closes the pool.",
            LOOP if choice == "shared_loop" else "Each process has a pool of its own.",
        ),
        confirmed_by="operations_shutdown: SIGTERM drains; load: saturation beside the prediction",
        patterns=(Pattern("lifecycle", "resources open in order and close in reverse"),),
    )


DECISIONS.add(
    "process_model",
    Rule(
        title="Process model",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("interface_style", "framework", "deployment", "datastore", "cache"),
    ),
)

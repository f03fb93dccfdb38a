"""How many processes a replica runs, and whether REST and gRPC share one."""

from math import ceil
from typing import Final

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer
from architect.design.sizing.demand import demand
from architect.model.decision import Option, Pattern

SYNCHRONOUS: Final = ("flask", "django")
LOOP: Final = "Nothing may block the loop: no synchronous call in an endpoint."


def _context(case: Case) -> str:
    cores = case.cores(demand(case).cpu_ms)
    return f"{cores:.2f} busy cores at the peak on {case.choice('deployment')}; a Python process uses one."


def _options(case: Case) -> tuple[Option, ...]:
    both = case.choice("interface_style") == "both"
    fixed = case.choice("deployment") in {"vm", "compose"}
    cores = case.cores(demand(case).cpu_ms) / case.number("size.utilisation")
    machines = 1 if case.choice("deployment") == "compose" or case.needs.availability <= 99.5 else 2  # noqa: PLR2004
    each = cores / machines
    base = case.tables.calibration.rss_mib.base
    more = max(1, ceil(each)) if fixed else 1
    memory = base / 1024 * case.price("gib")
    blocked = None
    if both and case.choice("framework") in SYNCHRONOUS:
        blocked = f"{case.choice('framework')} blocks the loop that gRPC needs"
    full = (
        f"{each:.1f} cores are needed on each machine and one process uses one"
        if fixed and each > 1
        else None
    )
    loop = "REST and gRPC in one event loop" if both else "One asynchronous process"
    return (
        offer(
            case,
            "shared_loop",
            f"{loop} per replica",
            gives=(
                "one process to start, watch and drain",
                "measured: both share a loop without loss" if both else "grows by replicas",
            ),
            costs=("one core for each replica",),
            usd=memory,
            usd_from=f"{base:.0f} MiB for each process",
            figures=(computed("processes on each machine", 1, "", "one"),),
            infeasible=blocked or full,
        ),
        offer(
            case,
            "workers",
            "Several worker processes per replica",
            gives=("all cores of a machine are used",),
            costs=("limits, pools and caches are kept once for each worker",),
            usd=memory * more,
            usd_from=f"{more} x {base:.0f} MiB",
            hours=case.care("workers"),
            figures=(computed("processes on each machine", more, "", "cores needed over machines"),),
            infeasible=blocked,
        ),
        offer(
            case,
            "separate",
            "REST and gRPC in processes of their own",
            gives=("each grows and fails alone",),
            costs=("two deployments, two rollouts, twice the least replicas",),
            usd=memory * more * 2,
            usd_from=f"2 x {more} x {base:.0f} MiB",
            hours=case.care("separate") + (case.care("workers") if full else 0.0),
            figures=(computed("processes on each machine", 2 * more, "", "one of each kind for each core"),),
            infeasible=None if both else "there is one interface",
        ),
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

"""How many databases: one with backups, one with a standby, or with read replicas besides."""

from math import ceil
from typing import Final

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer
from architect.design.sizing.cost import database_usd
from architect.design.sizing.demand import database_vcpu, demand, shares
from architect.model.decision import Option
from architect.model.fact import Figure

BUILT_IN: Final = ("dynamodb", "mongodb")
"""Stores that come as several nodes."""
ALONE: Final = ("sqlite",)


FAILOVER: Final = "The pool reconnects after a failover; requests meanwhile answer 503 with Retry-After."
CONSEQUENCE: Final = {
    "single": "Losing the machine loses what was written since the last backup or archived log.",
}


def _context(case: Case) -> str:
    allowed = (100 - case.needs.availability) / 100 * 43800
    return f"{case.needs.availability:g}% availability leaves {allowed:,.0f} minutes of downtime a month."


def _options(case: Case) -> tuple[Option, ...]:
    store = case.choice("datastore")
    asked = demand(case)
    busy = database_vcpu(case, asked) / case.number("size.utilisation")
    most = _most(case, store)
    needed = min(case.needs.availability, most)
    return (_single(case, needed, busy), _standby(case, busy), _replicas(case, busy))


def _most(case: Case, store: str) -> float:
    if store in ALONE or case.choice("deployment") == "compose":
        return case.number("reach.database_single")
    return case.number("reach.regions" if case.needs.regions > 1 else "reach.database_standby")


def _single(case: Case, needed: float, busy: float) -> Option:
    store = case.choice("datastore")
    reach = case.number("reach.database_single")
    largest = case.number("size.largest_primary_vcpu")
    problem = None
    if store in BUILT_IN:
        problem = f"{store} comes as several nodes"
    elif reach < needed:
        problem = f"reaches {reach:g}% and {needed:g}% is needed"
    elif busy > largest and store not in ALONE:
        problem = f"needs {busy:.0f} vCPU and one machine has {largest:.0f}"
    return offer(
        case,
        "single",
        "One database with backups",
        gives=("nothing more to pay or to run",),
        costs=(f"its loss is an outage of {case.number('recovery.restore_minutes'):.0f} minutes",),
        figures=_figures(reach, case.number("recovery.restore_minutes")),
        infeasible=problem,
    )


def _standby(case: Case, busy: float) -> Option:
    store = case.choice("datastore")
    own = not case.provider.managed
    included = store in BUILT_IN
    usd, told = (0.0, "in the store's price") if included else database_usd(case, busy)
    problem = None
    if store in ALONE:
        problem = f"{store} lives on one machine"
    elif case.choice("deployment") == "compose":
        problem = "a standby on the same machine fails with it"
    elif busy > case.number("size.largest_primary_vcpu") and not included:
        problem = f"needs {busy:.0f} vCPU and one machine has {case.number('size.largest_primary_vcpu'):.0f}"
    return offer(
        case,
        "standby",
        "Primary with a standby in another zone",
        gives=(f"takes over within {case.number('recovery.failover_minutes') * 60:.0f} s",),
        costs=("the database is paid twice",) if not included else (),
        usd=usd,
        usd_from=told,
        hours=case.care("own_standby" if own and not included else "standby"),
        figures=_figures(_most(case, store), case.number("recovery.failover_minutes")),
        infeasible=problem,
    )


def _replicas(case: Case, busy: float) -> Option:
    store = case.choice("datastore")
    mix = shares(case)
    operations = case.tables.calibration.operations
    work = sum(share * operations[name].db_ms for name, share in mix.items())
    reads = (mix["get"] * operations["get"].db_ms + mix["list"] * operations["list"].db_ms) / work
    largest = case.number("size.largest_primary_vcpu")
    count = max(2.0, busy * reads / largest)
    usd, told = database_usd(case, max(busy * (1 - reads), busy * reads / count))
    problem = None
    if store in {*ALONE, *BUILT_IN} or case.choice("deployment") == "compose":
        problem = f"{store} on {case.choice('deployment')} has none"
    elif busy * (1 - reads) > largest:
        problem = f"the writes alone need {busy * (1 - reads):.0f} vCPU and one primary has {largest:.0f}"
    return offer(
        case,
        "read_replicas",
        "Primary with read replicas, one of them the standby",
        gives=(f"{reads:.0%} of the work leaves the primary", "takes over within minutes"),
        costs=(f"{ceil(count)} more databases", "a read may be older than the write before it"),
        usd=count * usd,
        usd_from=f"{count:g} x ({told})",
        hours=case.care("standby") + case.care("read_replicas")
        if case.provider.managed
        else case.care("own_replicas"),
        figures=(
            *_figures(_most(case, store), case.number("recovery.failover_minutes")),
            computed(
                "replicas", ceil(count), "", "reads' share of the work over the largest machine, at least 2"
            ),
        ),
        infeasible=problem,
    )


def _figures(reach: float, recovery: float) -> tuple[Figure, ...]:
    return (
        Figure("availability", reach, "%", "assumed", "service levels of managed databases"),
        Figure(
            "recovery", recovery, "min", "assumed", "time until a restored or standing-by database answers"
        ),
    )


def _explain(case: Case, choice: str) -> Explanation:
    needs = case.needs
    most = _most(case, case.choice("datastore"))
    warnings: tuple[str, ...] = ()
    if needs.availability > most and case.choice("deployment") != "compose":
        where = f"{case.choice('datastore')} on {case.choice('deployment')}"
        asked = f"load.availability: {needs.availability:g}% is asked and {where} reaches {most:g}%"
        warnings = (f"{asked}; lower the target, or answer without the database for a while",)
    return Explanation(
        drivers=(f"{needs.availability:g}% availability", f"{needs.reads:,.0f} reads/s"),
        consequences=(
            "Backups are restored on trial before the first release.",
            CONSEQUENCE.get(choice, FAILOVER),
        ),
        confirmed_by="operations: readiness turns false while the database is away and true again after",
        warnings=warnings,
    )


DECISIONS.add(
    "database_topology",
    Rule(
        title="Database topology",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("interface_style", "framework", "deployment", "datastore", "cache"),
    ),
)

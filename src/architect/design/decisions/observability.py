"""What is seen of the running service: logs, metrics besides, traces besides."""

from typing import Final

from architect.design.case import SECONDS_PER_MONTH, Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer
from architect.model.decision import Library, Option
from architect.model.fact import Figure

LEVELS: Final = ("logs", "metrics", "traces")
SEEN: Final = {
    "logs": "the calibrated service writes its logs already",
    "metrics": "hand-kept Prometheus counters against the same endpoint without",
    "traces": "counters and instrumentation sampling 10% against the same endpoint without",
}
"""How the CPU of each level was measured."""


def downtime(case: Case, level: str) -> float:
    """Return the minutes of downtime to expect in a month: incidents times the time to find and mend one."""
    hops = len(case.needs.calls)
    incidents = case.number("incident.a_month") * (1 + hops * case.number("incident.for_each_call"))
    minutes = case.number(f"incident.minutes_{level}")
    if level != "traces":
        minutes += hops * case.number("incident.minutes_each_hop")
    return incidents * minutes


def _allowed(case: Case) -> float:
    return (100 - case.needs.availability) / 100 * SECONDS_PER_MONTH / 60


def _context(case: Case) -> str:
    return (
        f"{case.needs.availability:g}% leaves {_allowed(case):.1f} minutes a month; "
        f"{len(case.needs.calls)} other services are called."
    )


def _options(case: Case) -> tuple[Option, ...]:
    allowed = max(_allowed(case), min(downtime(case, level) for level in LEVELS))
    return tuple(_option(case, level, allowed) for level in LEVELS)


def _option(case: Case, level: str, allowed: float) -> Option:
    down = downtime(case, level)
    usd = hours = cpu = 0.0
    if level != "logs":
        usd, hours, cpu = case.price("metrics"), case.care("metrics"), case.number("part.metrics")
    if level == "traces":
        usd += case.price("traces_million") * case.requests_a_month() / 1e6 * case.number("traces.sampled")
        hours += case.care("traces")
        cpu += case.number("part.traces")
    gives = {
        "logs": "structured events with a request id; the platform adds CPU, memory and restarts",
        "metrics": "rates, errors and durations by route; alerts before people call",
        "traces": "the slow or failing hop of one request, across services",
    }
    costs = {
        "logs": "an incident is noticed by people first",
        "metrics": "dashboards and alerts to keep honest",
        "traces": "a collector, sampling, context passed through every call",
    }
    return offer(
        case,
        level,
        {"logs": "Structured logs", "metrics": "Logs and metrics", "traces": "Logs, metrics and traces"}[
            level
        ],
        gives=(gives[level],),
        costs=(costs[level],),
        usd=usd + case.compute_usd(case.cores(cpu)),
        usd_from=f"backend, and {cpu:.2f} ms of CPU a request",
        hours=hours,
        figures=(
            computed(
                "expected downtime",
                round(down, 1),
                "min/month",
                "incidents a month x minutes to find and mend",
            ),
            Figure("CPU per request", cpu, "ms", "measured", SEEN[level]),
        ),
        infeasible=f"{down:.0f} minutes of downtime are to be expected and {allowed:.0f} are allowed"
        if down > allowed
        else None,
    )


def _explain(case: Case, choice: str) -> Explanation:
    libraries = [
        Library("structlog", "structured events with context, 0.04 ms an access log", "stdlib logging")
    ]
    if choice != "logs":
        libraries.append(
            Library(
                "prometheus-client",
                "hand-kept counters cost 0.03 ms; an instrumentator 0.15",
                "opentelemetry",
            )
        )
    if choice == "traces":
        libraries.append(
            Library("opentelemetry-sdk", "the common format; 0.15 ms at 10% sampling", "sentry-sdk")
        )
    return Explanation(
        drivers=(
            f"{_allowed(case):.1f} minutes a month may be lost",
            f"{len(case.needs.calls)} services are called",
        ),
        consequences=("Every log line carries the request id, which is also in the answer.",),
        confirmed_by="operations: logs are JSON; security_disclosure: no secret and no stack trace leaves",
        libraries=tuple(libraries),
    )


DECISIONS.add(
    "observability",
    Rule(title="Observability", context=_context, options=_options, explain=_explain),
)

"""Where a caller's requests are counted: in the process, in Redis, or at a gateway."""

from typing import Final

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer
from architect.design.sizing.capacity import plan
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Figure

REDIS: Final = Library("redis", "one script counts and opens the window in one round trip", "limits")


def _context(case: Case) -> str:
    return f"{plan(case).processes} processes; a limit kept in each of them admits as many times the limit."


def _options(case: Case) -> tuple[Option, ...]:
    processes = plan(case).processes
    most = case.number("limit.overshoot")
    over = computed("worst overshoot", processes, "x the limit", "processes, each with its own count")
    there = "redis" in {case.choice("cache"), case.choice("messaging")} or case.needs.runs("redis")
    millions = case.requests_a_month() / 1e6
    gateway = case.needs.has("gateway")
    fleeting = case.choice("deployment") == "serverless"
    return (
        offer(
            case,
            "in_process",
            "In each process",
            gives=("nothing to run, nothing that can be down",),
            costs=(f"a caller spread over all processes gets up to {processes} times the limit",),
            figures=(over, _cpu(case, "part.limits_memory")),
            infeasible="instances come and go with their counts"
            if fleeting
            else f"{processes} processes would admit {processes} times the limit"
            if processes > most
            else None,
        ),
        offer(
            case,
            "redis",
            "In Redis, shared by all",
            gives=("one count for each caller, whatever the replicas",),
            costs=(
                "a round trip for every request",
                "when Redis is away, requests pass uncounted",
            ),
            usd=0.0 if there else case.price("redis"),
            usd_from="Redis is there already" if there else f"list price of one node, {case.provider.title}",
            hours=case.care("limit_shared_redis" if there else "limit_redis"),
            figures=(
                computed("worst overshoot", 1, "x the limit", "one count"),
                _cpu(case, "part.limits_redis"),
            ),
        ),
        offer(
            case,
            "gateway",
            "At the API gateway",
            gives=("refused before it reaches the service",),
            costs=("limits are kept outside the code, and gRPC often passes by",),
            usd=0.0 if gateway else millions * case.price("gateway_million"),
            usd_from="a gateway is there already" if gateway else f"{millions:,.1f} million requests/month",
            hours=0.0 if gateway and case.choice("interface_style") == "rest" else case.care("limit_gateway"),
        ),
    )


def _cpu(case: Case, name: str) -> Figure:
    found = case.tables.constants[name]
    return Figure("CPU per request", found.value, "ms", found.source, found.because)


def _explain(case: Case, choice: str) -> Explanation:
    return Explanation(
        drivers=(f"{plan(case).processes} processes", f"deployment: {case.choice('deployment')}"),
        consequences=(
            "A caller beyond its limit gets 429 (RESOURCE_EXHAUSTED) with the time to wait.",
            "RATE_LIMIT_STORAGE_URL moves the counts without a change of code.",
        ),
        confirmed_by="security_limits: the request after the last allowed one is refused, with headers",
        patterns=(Pattern("strategy", "counting behind one port: memory or Redis"),)
        if choice != "gateway"
        else (),
        libraries=(REDIS,) if choice == "redis" else (),
    )


DECISIONS.add(
    "rate_limiting",
    Rule(
        title="Rate limiting",
        context=_context,
        options=_options,
        explain=_explain,
        reads=(
            "interface_style",
            "framework",
            "deployment",
            "datastore",
            "cache",
            "messaging",
            "process_model",
            "identity",
        ),
    ),
)

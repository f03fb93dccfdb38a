"""Whether answers are kept: not at all, by HTTP and in the process, or in Redis."""

from typing import Final

from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer, wish_at
from architect.design.sizing.cost import database_usd
from architect.design.sizing.demand import demand, shares
from architect.model.decision import Library, Option, Pattern

FAMILY: Final = ("redis", "memcached", "valkey")


def _context(case: Case) -> str:
    gets = shares(case)["get"] * case.needs.rate
    return (
        f"{gets:,.0f} of {case.needs.rate:,g} requests/s read one record; "
        f"{case.needs.writes:,.0f} writes/s make copies stale."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return (_none(case), _http(case), _redis(case))


def _database_usd(case: Case, hits: float) -> float:
    """Return what the database's cores cost with so many of the gets answered elsewhere."""
    operations = case.tables.calibration.operations
    saved = hits * shares(case)["get"] * operations["get"].db_ms
    busy = case.cores(max(0.0, demand(case).db_ms - saved)) / case.number("size.utilisation")
    nodes = 1 if case.choice("deployment") == "compose" else 2
    return nodes * database_usd(case, busy)[0]


def _none(case: Case) -> Option:
    usd = _database_usd(case, 0)
    return offer(
        case,
        "none",
        "No cache",
        gives=("an answer is never older than the row",),
        costs=("every read asks the database",),
        usd=0,
        usd_from=f"the database as it is, {usd:,.0f} USD",
        figures=(computed("database reads", round(case.needs.reads, 1), "reads/s", "rate x read share"),),
    )


def _http(case: Case) -> Option:
    hits = case.number("cache.hit_http")
    saved = _database_usd(case, 0) - _database_usd(case, hits)
    cpu = hits * shares(case)["get"] * case.number("cache.saved_cpu")
    return offer(
        case,
        "http",
        "Cache-Control and a short-lived copy in the process",
        gives=(f"{hits:.0%} of the gets never reach the database", "nothing to run"),
        costs=("an answer may be some seconds old, and replicas may disagree",),
        usd=-saved - case.compute_usd(case.cores(cpu)),
        usd_from=f"saves {saved:,.0f} USD of database and {cpu:.2f} ms of CPU a request",
        hours=case.care("cache_http"),
        figures=(
            computed(
                "p95 effect", round(-hits * case.number("size.round_trip_ms"), 2), "ms", "hits x round trip"
            ),
        ),
    )


def _redis(case: Case) -> Option:
    hits = case.number("cache.hit_redis")
    saved = _database_usd(case, 0) - _database_usd(case, hits)
    cpu = shares(case)["get"] * (case.number("cache.redis_cpu") - hits * case.number("cache.saved_cpu"))
    return offer(
        case,
        "redis",
        "Redis",
        gives=(f"{hits:.0%} of the gets never reach the database", "one copy for all replicas"),
        costs=("every write must drop what it made stale", "one more store in the path of every read"),
        usd=case.price("redis") - saved + case.compute_usd(case.cores(cpu)),
        usd_from=f"a node at {case.price('redis'):,.0f} USD, saves {saved:,.0f} USD of database, "
        f"{cpu:+.2f} ms of CPU a request",
        hours=case.care("cache_redis", product="redis", family=FAMILY),
        figures=(
            computed(
                "p95 effect",
                round(-hits * case.tables.calibration.operations["get"].db_ms, 2),
                "ms",
                "hits x database ms of a get",
            ),
        ),
    )


def _explain(case: Case, choice: str) -> Explanation:
    redis = Library("redis", "the vendor's asynchronous client", "coredis")
    consequences = {
        "none": ("ETag still spares the body of an unchanged record.",),
        "http": ("What may be stale is written at each endpoint.",),
    }
    return Explanation(
        drivers=(f"{case.needs.reads:,.0f} reads/s", f"{case.needs.writes:,.0f} writes/s"),
        consequences=consequences.get(
            choice, ("A write drops the keys of its entity in the same unit of work.",)
        ),
        confirmed_by="load: p95 and CPU per request beside the sizing's prediction",
        patterns=()
        if choice == "none"
        else (Pattern("cache-aside", "the repository asks the cache first and fills it"),),
        libraries=(redis,) if choice == "redis" else (),
    )


DECISIONS.add(
    "cache",
    Rule(
        title="Cache",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("interface_style", "framework", "deployment", "datastore"),
        wished=wish_at("prefer.cache"),
    ),
)

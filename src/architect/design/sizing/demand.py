"""What one request costs on average: CPU of the service, work of the database, time a connection is held."""

from dataclasses import dataclass
from typing import Final

from architect.design.case import Case, once

CPU_OF: Final = {
    ("rate_limiting", "redis"): ("part.limits_redis", "part.limits_memory"),
    ("rate_limiting", "gateway"): (None, "part.limits_memory"),
    ("observability", "metrics"): ("part.metrics", None),
    ("identity", "none"): (None, "part.jwt_cached"),
    ("identity", "mtls"): (None, "part.jwt_cached"),
}
"""Parts that a choice adds to and takes from the calibrated service (JWT, limits in memory, logs)."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Means over all requests, in milliseconds; shares are of all requests."""

    cpu_ms: float
    db_ms: float
    """Work of the database, zero where it is in the process."""
    held_ms: float
    """Time that a connection is held."""
    get_share: float
    grpc_share: float
    because: str


@once
def shares(case: Case) -> dict[str, float]:
    """Return the share of get, list, create and update among the requests."""
    needs = case.needs
    gets, creates = case.number("mix.get_of_reads"), case.number("mix.create_of_writes")
    writes = 1 - needs.read_share
    return {
        "get": needs.read_share * gets,
        "list": needs.read_share * (1 - gets),
        "create": writes * creates,
        "update": writes * (1 - creates),
    }


def grpc_share(case: Case) -> float:
    """Return the share of requests that come by gRPC."""
    style = case.choice("interface_style", "rest")
    return {"rest": 0.0, "grpc": 1.0}.get(style, case.number("mix.grpc_of_requests"))


def cache_hits(case: Case) -> float:
    """Return the share of gets that the cache answers."""
    cache = case.choice("cache", "none")
    if cache == "none":
        return 0.0
    return case.number("cache.hit_http" if cache == "http" else "cache.hit_redis")


@once
def demand(case: Case) -> Demand:
    """Return what a request costs, given the choices in sight."""
    operations = case.tables.calibration.operations
    mix = shares(case)
    by_grpc = grpc_share(case)
    cpu = sum(share * operations[name].cpu_ms for name, share in mix.items())
    db = sum(share * operations[name].db_ms for name, share in mix.items())
    parts = [f"{cpu:.2f} for the mix of operations"]
    for name, extra in _extras(case, by_grpc):
        if extra:
            cpu += extra
            parts.append(f"{extra:+.2f} {name}")
    hits = mix["get"] * cache_hits(case)
    if hits:
        saved = hits * case.number("cache.saved_cpu")
        asked = mix["get"] * case.number("cache.redis_cpu") if case.choice("cache") != "http" else 0.0
        cpu += asked - saved
        db -= hits * operations["get"].db_ms
        parts.append(f"{asked - saved:+.2f} cache")
    in_process = case.choice("datastore") == "sqlite"
    trips = 0.0 if in_process else case.number("size.round_trip_ms") * (1 - hits)
    return Demand(
        cpu_ms=cpu + db if in_process else cpu,
        db_ms=0.0 if in_process else db,
        held_ms=db + trips,
        get_share=mix["get"],
        grpc_share=by_grpc,
        because=", ".join(parts),
    )


def _extras(case: Case, by_grpc: float) -> list[tuple[str, float]]:
    operations = case.tables.calibration.operations
    framework = case.tables.constants.get(f"framework.{case.choice('framework', 'fastapi')}")
    beyond = framework.value - case.number("framework.fastapi") if framework else 0.0
    found = [
        ("gRPC", by_grpc * (operations["grpc_get"].cpu_ms - operations["get"].cpu_ms)),
        (case.choice("framework"), (1 - by_grpc) * beyond),
    ]
    for (decision, choice), (adds, takes) in CPU_OF.items():
        if case.choice(decision) == choice:
            extra = (case.number(adds) if adds else 0.0) - (case.number(takes) if takes else 0.0)
            found.append((f"{decision} {choice}", extra))
    if case.choice("observability") == "traces":
        found.append(("metrics and traces", case.number("part.metrics") + case.number("part.traces")))
    return found


def database_vcpu(case: Case, asked: Demand) -> float:
    """Return the busy database cores at the peak."""
    return case.needs.rate * asked.db_ms / 1000

"""Replicas and worker processes: enough for the rate, the loss of one, the latency, the availability."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from architect.design.case import Case, once
from architect.design.sizing.demand import Demand, demand
from architect.design.sizing.queueing import Response, Station, poisson_quantile

REPLICATED_FROM: Final = 99.5
"""Availability in percent above which one replica is not enough."""
MOST_REPLICAS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Plan:
    """Replicas of all regions together, worker processes in each, and what made them so many."""

    replicas: int
    workers: int
    because: str

    @property
    def processes(self) -> int:
        """All worker processes."""
        return self.replicas * self.workers


@once
def plan(case: Case) -> Plan:
    """Return the replicas and workers that this case needs.

    The CPU of each process is a server of an M/M/c queue, c being the workers of one replica; arrivals are
    split evenly over the replicas, and a random split of Poisson arrivals is Poisson.
    """
    asked = demand(case)
    if case.choice("deployment") == "serverless":
        seconds = (asked.cpu_ms + asked.held_ms) / 1000
        count = max(1, poisson_quantile(case.needs.rate * seconds, case.number("size.pool_quantile")))
        return Plan(count, 1, f"{case.needs.rate:,g}/s x {seconds * 1000:.2f} ms in flight, Poisson")
    busy = case.cores(asked.cpu_ms)
    workers = _workers(case, busy)
    steady = ceil(busy / case.number("size.utilisation") / workers)
    spare = ceil(busy / case.number("size.after_failure") / workers) + 1 if least(case) > 1 else 1
    latency = _for_latency(case, asked, workers, max(steady, spare, least(case)))
    wanted = {
        f"{busy:.2f} busy cores at {case.number('size.utilisation'):.0%}": steady,
        "one may be lost": spare,
        f"{case.needs.availability:g}% on {case.choice('deployment')}": least(case),
        f"p{case.needs.percentile:g} under {case.needs.latency_ms:g} ms": latency,
    }
    most = max(wanted.values())
    reason = next(name for name, count in wanted.items() if count == most)
    kinds = 2 if case.choice("process_model") == "separate" and workers == 1 else 1
    return Plan(max(most * kinds, least(case) * kinds * case.needs.regions), workers, reason)


def least(case: Case) -> int:
    """Return the fewest replicas that the availability allows."""
    target = case.choice("deployment", "kubernetes")
    if target == "compose":
        return 1
    return 2 if target == "kubernetes" or case.needs.availability > REPLICATED_FROM else 1


def response(asked: Demand, arrivals: float, workers: int, database: Station | None) -> Response:
    """Return the distribution of response times of one replica, network to the database left out.

    Args:
        asked: what a request costs.
        arrivals: requests per second of one replica.
        workers: worker processes of one replica.
        database: the database as a station; None for one that never makes anyone wait.
    """
    return Response(
        (Station(arrivals, asked.cpu_ms, workers), database or Station(0.0, asked.db_ms, 1)),
    )


def network_ms(asked: Demand) -> float:
    """Return the time on the way to the database and back, for a mean request."""
    return max(0.0, asked.held_ms - asked.db_ms) if asked.db_ms else 0.0


def _workers(case: Case, busy: float) -> int:
    """Return the processes of one replica: as few machines as are allowed, each able to lose another."""
    several = case.choice("process_model") in {"workers", "separate"}
    if not several or case.choice("deployment") not in {"vm", "compose"}:
        return 1
    machines = least(case)
    each = busy / case.number("size.utilisation") / machines
    if machines > 1:
        each = max(each, busy / case.number("size.after_failure") / (machines - 1))
    return max(2, min(int(case.number("machine.largest_vcpu")), ceil(each)))


def _for_latency(case: Case, asked: Demand, workers: int, at_least: int) -> int:
    """Return the fewest replicas whose percentile is within the target; ``at_least`` when none can be."""
    bound = case.needs.latency_ms - network_ms(asked)

    def met(replicas: int) -> bool:
        each = response(asked, case.needs.rate / replicas, workers, None)
        return bound > 0 and each.beyond(bound) <= 1 - case.needs.percentile / 100

    if met(at_least):
        return at_least
    if not met(MOST_REPLICAS):
        return at_least
    low, high = at_least, at_least * 2
    while not met(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if met(middle) else (middle, high)
    return high

"""Response times of stations in a row, each an M/M/c queue, by closed formulas.

Sources: Erlang (1917) for the probability of waiting; the sojourn time of an M/M/c queue is its service plus,
with that probability, an exponential wait of rate ``c*mu - lambda`` (Kleinrock, Queueing Systems I, 3.5);
departures of an M/M/c queue are Poisson (Burke 1956) and the sojourn times of two such stations in a row are
independent (Reich 1963), so their sum is a mixture of sums of exponentials.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil, exp, inf, log, sqrt
from statistics import NormalDist
from typing import Final

_APART: Final = 1e-3
"""Relative distance by which equal rates are moved apart: the formula divides by their difference."""
_PRECISE: Final = 1e-6
_ROUNDS: Final = 60
"""More than bisection from any start needs."""


@dataclass(frozen=True, slots=True)
class Station:
    """A queue with ``servers`` alike; ``arrivals`` per second, mean ``service_ms`` in milliseconds."""

    arrivals: float
    service_ms: float
    servers: int

    @property
    def utilisation(self) -> float:
        """Share of the servers that is busy."""
        return self.arrivals * self.service_ms / 1000 / self.servers


def erlang_c(servers: int, offered: float) -> float:
    """Return the probability that an arrival waits in M/M/c (1 when it is overloaded).

    Args:
        servers: number of servers.
        offered: arrival rate times mean service time, in Erlang.
    """
    if offered >= servers:
        return 1.0
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = offered * blocked / (count + offered * blocked)
    return blocked / (1 - offered / servers * (1 - blocked))


def mean_wait_ms(station: Station) -> float:
    """Return the mean wait for a server in milliseconds (infinite when overloaded)."""
    if station.utilisation >= 1:
        return inf
    waits = erlang_c(station.servers, station.arrivals * station.service_ms / 1000)
    return waits * station.service_ms / (station.servers * (1 - station.utilisation))


class Response:
    """Distribution of the time through stations in a row; times in milliseconds.

    Args:
        stations: at most two with more than one server are exact; every station must not be overloaded.
    """

    def __init__(self, stations: Sequence[Station]) -> None:
        self.overloaded = any(station.utilisation >= 1 for station in stations)
        self._terms = () if self.overloaded else _terms([each for each in stations if each.service_ms > 0])
        self.mean_ms = sum(station.service_ms + mean_wait_ms(station) for station in stations)

    def beyond(self, milliseconds: float) -> float:
        """Return the probability that it takes longer."""
        if self.overloaded:
            return 1.0
        total = 0.0
        for weight, rate in self._terms:
            total += weight * exp(-rate * milliseconds)
        return min(1.0, max(0.0, total))

    def percentile(self, percent: float) -> float:
        """Return the time that ``percent`` of the requests stay under (infinite when overloaded).

        Newton's method on the logarithm of the tail, which is nearly straight, kept within a bracket.
        """
        if self.overloaded:
            return inf
        if not self._terms:
            return 0.0
        wanted = log(1 - percent / 100)
        low, high, time = 0.0, inf, self.mean_ms
        for _ in range(_ROUNDS):
            tail = slope = 0.0
            for weight, rate in self._terms:
                part = weight * exp(-rate * time)
                tail += part
                slope += rate * part
            if tail <= 0 or log(tail) < wanted:
                high = time
            else:
                low = time
            step = (log(tail) - wanted) * tail / slope if tail > 0 and slope > 0 else -inf
            if abs(step) <= _PRECISE * time:
                break
            time += step
            if not low < time < high:
                time = (low + high) / 2 if high < inf else low * 2
        return time


def _terms(stations: Sequence[Station]) -> tuple[tuple[float, float], ...]:
    """Return the survival function as weighted exponentials: (weight, rate per ms)."""
    weights: dict[float, float] = defaultdict(float)
    used: list[float] = []
    for branch in product(*(_branches(station, used) for station in stations)):
        probability = 1.0
        rates: list[float] = []
        for share, stages in branch:
            probability *= share
            rates.extend(stages)
        if probability <= 0:
            continue
        for index, rate in enumerate(rates):
            weight = probability
            for other, another in enumerate(rates):
                if other != index:
                    weight *= another / (another - rate)
            weights[rate] += weight
    return tuple((weight, rate) for rate, weight in weights.items())


def _branches(station: Station, used: list[float]) -> tuple[tuple[float, tuple[float, ...]], ...]:
    """Return the ways through a station: (probability, rates per ms of its exponential stages)."""
    serve = _apart(1 / station.service_ms, used)
    waits = erlang_c(station.servers, station.arrivals * station.service_ms / 1000)
    leave = _apart(station.servers / station.service_ms - station.arrivals / 1000, used)
    return ((1 - waits, (serve,)), (waits, (serve, leave)))


def _apart(rate: float, used: list[float]) -> float:
    while any(abs(rate - other) < _APART * other for other in used):
        rate *= 1 + _APART
    used.append(rate)
    return rate


def poisson_quantile(mean: float, probability: float) -> int:
    """Return the least count that a Poisson variable of that mean stays within with that probability.

    The number of requests in service at once is Poisson when each finds a free server (M/G/infinity).
    """
    if mean > 500:  # noqa: PLR2004 # beyond it the normal approximation is within a count, and exp(-mean) underflows
        return ceil(mean + NormalDist().inv_cdf(probability) * sqrt(mean))
    term = total = exp(-mean)
    count = 0
    while total < probability and count < 2000:  # noqa: PLR2004 # rounding may keep the sum below the probability
        count += 1
        term *= mean / count
        total += term
    return count

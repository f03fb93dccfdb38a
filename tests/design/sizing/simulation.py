"""A small discrete-event simulation of queues in a row, to check the formulas against."""

import heapq
from collections import deque
from random import Random

from architect.design.sizing.queueing import Station


def response_times(stations: tuple[Station, ...], arrivals: float, count: int, seed: int) -> list[float]:
    """Sorted times in milliseconds through the stations, first come first served, all of them exponential.

    The first tenth is left out: the queues start empty.
    """
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    now = 0.0
    moments = []
    for _ in range(count):
        now += random.expovariate(arrivals / 1000)
        moments.append((now, now))
    for station in stations:
        moments = _through(station, moments, random)
    kept = moments[count // 10 :]
    return sorted(left - born for left, born in kept)


def _through(
    station: Station, moments: list[tuple[float, float]], random: Random
) -> list[tuple[float, float]]:
    """(moment, born) pairs leaving a station, in the order in which they leave."""
    free = [0.0] * station.servers
    heapq.heapify(free)
    leaving = deque[tuple[float, float]]()
    for arrived, born in moments:
        start = max(arrived, heapq.heappop(free))
        end = start + random.expovariate(1 / station.service_ms)
        heapq.heappush(free, end)
        leaving.append((end, born))
    return sorted(leaving)


def percentile(ordered: list[float], percent: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]

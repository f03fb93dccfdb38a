"""The formulas against textbooks and against a simulation."""

from math import exp, factorial, inf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulation import percentile, response_times

from architect.design.sizing.queueing import (
    Response,
    Station,
    erlang_c,
    mean_wait_ms,
    poisson_quantile,
)

TOLERANCE = 0.04
"""Relative: 150,000 simulated requests put a p99 within some 2%."""


@pytest.mark.parametrize(
    ("servers", "offered", "waits"),
    [
        (1, 0.5, 0.5),  # M/M/1: the utilisation
        (2, 1.0, 1 / 3),  # Kleinrock I, example of 3.5
        (5, 4.0, 0.5541),  # tables of Erlang's C
        (10, 8.0, 0.4092),
        (20, 16.0, 0.2561),
    ],
)
def test_erlang_c_is_the_textbooks(servers: int, offered: float, waits: float) -> None:
    assert erlang_c(servers, offered) == pytest.approx(waits, abs=5e-5)


@given(st.integers(1, 40), st.floats(0.01, 0.99))
def test_erlang_c_is_the_definition(servers: int, share: float) -> None:
    offered = servers * share
    last = offered**servers / factorial(servers) / (1 - share)
    total = sum(offered**count / factorial(count) for count in range(servers)) + last
    assert erlang_c(servers, offered) == pytest.approx(last / total, rel=1e-9)


def test_mean_wait_is_the_textbooks() -> None:
    assert mean_wait_ms(Station(50, 10, 1)) == pytest.approx(10)  # rho/(mu(1-rho)), rho = 0.5
    assert mean_wait_ms(Station(100, 10, 1)) == inf


@given(st.floats(0.05, 0.95), st.floats(0.1, 100), st.floats(1, 99.9))
def test_one_server_answers_in_an_exponential_time(share: float, service: float, percent: float) -> None:
    arrivals = share / service * 1000
    expected = -log(1 - percent / 100) / (1 / service - arrivals / 1000)
    assert Response((Station(arrivals, service, 1),)).percentile(percent) == pytest.approx(expected, rel=2e-3)


@given(st.integers(2, 12), st.floats(0.1, 0.95))
def test_many_servers_follow_the_closed_form(servers: int, share: float) -> None:
    service = 5.0
    offered = servers * share
    station = Station(offered / service * 1000, service, servers)
    waits, rate = erlang_c(servers, offered), 1 / service
    apart = servers - 1 - offered
    response = Response((station,))
    for moment in (1.0, 5.0, 20.0):
        if abs(apart) < 0.02:
            continue
        closed = exp(-rate * moment) * (1 + waits * (1 - exp(-rate * moment * apart)) / apart)
        assert response.beyond(moment) == pytest.approx(closed, rel=2e-2, abs=1e-6)


@pytest.mark.parametrize(
    "stations",
    [
        (Station(100, 5, 1),),
        (Station(700, 1.2, 1),),
        (Station(150, 10, 2),),
        (Station(700, 5, 4),),
        (Station(300, 2, 1), Station(300, 3, 2)),
        (Station(400, 4, 2), Station(400, 4, 2)),
        (Station(200, 1.2, 1), Station(200, 0.4, 2)),
    ],
    ids=str,
)
def test_percentiles_are_what_a_simulation_gives(stations: tuple[Station, ...]) -> None:
    simulated = response_times(stations, stations[0].arrivals, 150_000, seed=7)
    response = Response(stations)
    for percent in (50, 95, 99):
        assert response.percentile(percent) == pytest.approx(percentile(simulated, percent), rel=TOLERANCE)
    assert response.mean_ms == pytest.approx(sum(simulated) / len(simulated), rel=TOLERANCE)


@given(st.integers(1, 8), st.floats(0.05, 0.9), st.floats(0.05, 0.9), st.floats(0.1, 50))
def test_percentiles_grow_with_the_percentage_and_the_load(
    servers: int, share: float, more: float, service: float
) -> None:
    low, high = sorted((share, more))
    light = Response((Station(low * servers / service * 1000, service, servers),))
    heavy = Response((Station(high * servers / service * 1000, service, servers),))
    assert light.percentile(50) <= light.percentile(95) <= light.percentile(99)
    assert light.percentile(95) <= heavy.percentile(95) * 1.002


def test_an_overloaded_queue_has_no_percentile() -> None:
    response = Response((Station(1000, 1, 1),))
    assert response.overloaded
    assert response.percentile(50) == inf
    assert response.beyond(1e9) == 1


def test_nothing_to_do_takes_no_time() -> None:
    assert Response((Station(10, 0, 1),)).percentile(99) == 0


@given(st.floats(0, 60), st.sampled_from([0.5, 0.9, 0.99, 0.9999]))
def test_poisson_quantile_is_the_definition(mean: float, probability: float) -> None:
    count = poisson_quantile(mean, probability)

    def within(most: int) -> float:
        return sum(exp(-mean) * mean**each / factorial(each) for each in range(most + 1))

    assert within(count) >= probability - 1e-12
    assert count == 0 or within(count - 1) < probability + 1e-12


def test_poisson_quantile_of_large_means_is_near_the_normal() -> None:
    assert poisson_quantile(499.9, 0.9999) == pytest.approx(poisson_quantile(500.1, 0.9999), abs=4)

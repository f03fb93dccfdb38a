import pytest
from briefs import EMPTY, Value, brief, choice, option


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "vm"),
        ({"load.availability": 99.0}, "compose"),
        ({"load.requests_per_second": 3.0}, "vm"),
        ({"load.requests_per_second": 40_000.0, "team.developers": 20}, "kubernetes"),
        ({"team.knows": ("kubernetes",)}, "kubernetes"),
        ({"deployment.target": "kubernetes"}, "kubernetes"),
    ],
)
def test_the_least_that_carries_it_is_taken(values: dict[str, Value], chosen: str) -> None:
    assert choice("deployment", values) == chosen


@pytest.mark.parametrize(
    ("values", "name", "reason"),
    [
        ({"load.availability": 99.9}, "compose", "reaches 99.5% and 99.9% is asked"),
        (
            {"load.availability": 99.0, "load.requests_per_second": 20_000.0},
            "compose",
            "more than one machine",
        ),
        ({"load.availability": 99.0, "deployment.regions": 2}, "compose", "cannot be in two regions"),
        ({"services[].interfaces": ("rest", "grpc")}, "serverless", "no gRPC"),
        ({"deployment.cloud": "hetzner"}, "serverless", "sells no functions"),
        (
            {"load.latency.percentile": 99.0, "load.latency.milliseconds": 100.0},
            "serverless",
            "would meet cold starts",
        ),
        (
            {"team.developers": 1, "load.requests_per_second": 30_000.0},
            "vm",
            None,
        ),
    ],
)
def test_what_cannot_be_had_says_why(values: dict[str, Value], name: str, reason: str | None) -> None:
    found = option(brief(values), "deployment", name).infeasible
    if reason is None:
        assert found is None
    else:
        assert found is not None
        assert reason in found


def test_a_small_team_cannot_run_a_cluster_of_its_own_in_two_regions() -> None:
    values: dict[str, Value] = {"team.developers": 1, "deployment.cloud": "hetzner", "deployment.regions": 2}
    found = option(brief(values), "deployment", "kubernetes")
    assert option(EMPTY, "deployment", "kubernetes").score > found.score


def test_a_second_region_doubles_what_is_paid() -> None:
    one = option(EMPTY, "deployment", "vm")
    two = option(brief({"deployment.regions": 2}), "deployment", "vm")
    assert two.figures[0].value == pytest.approx(2 * one.figures[0].value)
    assert two.figures[2].value > one.figures[2].value  # the availability that it reaches


def test_recovery_and_downtime_are_figures() -> None:
    figures = {figure.name: figure.value for figure in option(EMPTY, "deployment", "compose").figures}
    assert figures["recovery"] == 45
    assert figures["downtime allowed"] == 43.8

import pytest
from briefs import EMPTY, Value, brief, choice, option

from architect.design.engine import design


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "in_process"),
        ({"deployment.target": "kubernetes", "load.requests_per_second": 8000.0}, "redis"),
        ({"deployment.target": "serverless"}, "redis"),
        ({"integrations": ("gateway:kong",), "load.requests_per_second": 8000.0}, "gateway"),
        ({"deployment.target": "kubernetes", "deployment.regions": 3}, "redis"),
    ],
)
def test_where_requests_are_counted(values: dict[str, Value], chosen: str) -> None:
    assert choice("rate_limiting", values) == chosen


def test_the_overshoot_is_as_many_times_as_there_are_processes() -> None:
    made = design(EMPTY)
    figures = {each.name: each.value for each in option(EMPTY, "rate_limiting", "in_process").figures}
    assert figures["worst overshoot"] == made.sizing.replicas


def test_a_redis_that_is_there_is_not_paid_twice() -> None:
    alone = option(EMPTY, "rate_limiting", "redis")
    shared = option(brief({"prefer.cache": "redis"}), "rate_limiting", "redis")
    assert alone.figures[0].value > shared.figures[0].value == 0
    assert alone.score < shared.score


def test_the_cost_of_counting_is_measured() -> None:
    for name in ("in_process", "redis"):
        figures = [each for each in option(EMPTY, "rate_limiting", name).figures if each.unit == "ms"]
        assert [each.source for each in figures] == ["measured"]

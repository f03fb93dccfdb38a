import pytest
from briefs import EMPTY, Value, brief, choice, option

from architect.design.engine import design


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "none"),
        ({"load.requests_per_second": 30_000.0}, "redis"),
        ({"load.requests_per_second": 30_000.0, "load.read_share": 0.1}, "none"),
        ({"prefer.cache": "redis"}, "redis"),
        ({"prefer.cache": "memcached"}, "memcached"),
    ],
)
def test_a_cache_must_pay_for_itself(values: dict[str, Value], chosen: str) -> None:
    assert choice("cache", values) == chosen


def test_redis_spares_the_database_and_is_drawn_and_paid() -> None:
    bare, cached = design(EMPTY), design(brief({"prefer.cache": "redis"}))
    work = [
        next(figure.value for figure in made.sizing.figures if figure.name == "database work per request")
        for made in (bare, cached)
    ]
    assert work[1] < work[0]
    assert "redis" in {component.name for component in cached.components}
    assert any(figure.name == "cost: redis" for figure in cached.sizing.figures)
    assert cached.decision("cache").patterns[0].name == "cache-aside"


def test_the_effect_on_the_time_is_a_figure() -> None:
    figures = {each.name: each.value for each in option(EMPTY, "cache", "redis").figures}
    assert figures["p95 effect"] < 0

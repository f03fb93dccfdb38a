from dataclasses import replace

import pytest
from briefs import EMPTY, Value, brief, choice, fact, option

from architect.design.engine import choices, design


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "logs"),
        ({"load.availability": 99.95}, "metrics"),
        ({"load.availability": 99.97}, "traces"),
        ({"load.availability": 99.999}, "traces"),
    ],
)
def test_the_less_may_be_lost_the_more_is_seen(values: dict[str, Value], chosen: str) -> None:
    assert choice("observability", values) == chosen


def test_calling_others_makes_incidents_and_searching() -> None:
    calling = brief({}, orders=())
    service = replace(calling.services[0], calls=(fact("stock"), fact("payments")))
    assert choices(replace(calling, services=(service,)))["observability"] == "traces"


def test_expected_downtime_is_incidents_times_minutes() -> None:
    figures = {each.name: each.value for each in option(EMPTY, "observability", "logs").figures}
    assert figures["expected downtime"] == 0.5 * 60


def test_what_is_seen_costs_cpu() -> None:
    bare = design(EMPTY).sizing.saturation_requests_per_second
    assert design(brief({"load.availability": 99.97})).sizing.saturation_requests_per_second < bare

from math import exp

import pytest
from briefs import DEMO, Value, brief, case_of, choice, option

from architect.design.decisions.consistency import conflict
from architect.design.engine import design


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "optimistic"),
        ({"services[].interfaces": ("rest", "events")}, "outbox"),
        ({"workflows": ("checkout",)}, "saga"),
        ({"data.records": 200, "load.requests_per_second": 500.0}, "row_locks"),
        (
            {"data.records": 200, "load.requests_per_second": 500.0, "prefer.database": "mongodb"},
            "optimistic",
        ),
        ({"prefer.broker": "kafka", "prefer.database": "mongodb"}, "outbox"),
    ],
)
def test_what_must_hold_decides(values: dict[str, Value], chosen: str) -> None:
    assert choice("consistency", values) == chosen


def test_the_odds_of_a_conflict_are_poisson() -> None:
    case = case_of(brief({"load.requests_per_second": 100.0, "load.read_share": 0.5, "data.records": 10_000}))
    updates_of_a_row = 100 * 0.5 * 0.4 * 0.2 / (10_000 * 0.01)
    assert conflict(case) == pytest.approx(1 - exp(-updates_of_a_row * 15))


def test_events_are_measured_where_they_are_written() -> None:
    figures = {each.name: each for each in option(DEMO, "consistency", "outbox").figures}
    assert figures["write with event"].value == 0.73
    assert figures["write with event"].source == "measured"


def test_a_saga_brings_its_patterns() -> None:
    names = {
        each.name for each in design(brief({"workflows": ("checkout",)})).decision("consistency").patterns
    }
    assert names == {"optimistic locking", "transactional outbox", "saga"}

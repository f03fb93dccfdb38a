from dataclasses import replace

import pytest
from briefs import ORDER, Value, brief, choice, fact, option


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "none"),
        ({"services[].interfaces": ("rest", "events")}, "queue_table"),
        ({"workflows": ("checkout",)}, "queue_table"),
        ({"services[].interfaces": ("rest", "events"), "prefer.database": "dynamodb"}, "nats"),
        ({"services[].interfaces": ("rest", "events"), "load.requests_per_second": 20_000.0}, "nats"),
        (
            {
                "services[].interfaces": ("rest", "events"),
                "load.requests_per_second": 900_000.0,
                "load.read_share": 0.5,
            },
            "kafka",
        ),
        (
            {
                "services[].interfaces": ("rest", "events"),
                "load.requests_per_second": 20_000.0,
                "integrations": ("broker:rabbitmq",),
            },
            "rabbitmq",
        ),
        ({"prefer.broker": "kafka"}, "kafka"),
    ],
)
def test_a_broker_only_where_others_are_told(values: dict[str, Value], chosen: str) -> None:
    assert choice("messaging", values) == chosen


def test_an_entity_that_emits_needs_someone_to_tell() -> None:
    telling = replace(ORDER, emits=(fact("OrderPlaced"),))
    assert choice("messaging", {}, shop=(ORDER,)) == "none"
    assert choice("messaging", {}, shop=(telling,)) == "queue_table"


def test_a_full_table_says_so() -> None:
    values: dict[str, Value] = {"services[].interfaces": ("events",), "load.requests_per_second": 20_000.0}
    found = option(brief(values), "messaging", "queue_table")
    assert found.infeasible == "polling carries 500 events/s"
    assert next(each.value for each in found.figures if each.name == "load") == 2.0

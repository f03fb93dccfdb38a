import pytest
from briefs import CUSTOMER, DEMO, EMPTY, ORDER, Value, brief, choice, option

from architect.design.engine import design


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "postgresql"),
        ({"team.knows": ("mysql",)}, "postgresql"),
        ({"integrations": ("database:mysql",)}, "mysql"),
        ({"prefer.database": "postgresql", "integrations": ("database:mysql",)}, "postgresql"),
        ({"load.requests_per_second": 1_500_000.0, "deployment.cloud": "gcp"}, "mongodb"),
        ({"avoid": ("postgresql",)}, "mysql"),
    ],
)
def test_the_store_follows_the_brief(values: dict[str, Value], chosen: str) -> None:
    assert choice("datastore", values) == chosen


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"deployment.target": "kubernetes"}, "moves replicas between machines"),
        ({"deployment.target": "vm", "load.availability": 99.9}, "lives on one machine"),
        (
            {"deployment.target": "compose", "load.requests_per_second": 8000.0, "load.read_share": 0.9},
            "commits at most 500 writes/s and 800 are needed",
        ),
    ],
)
def test_sqlite_says_why_it_cannot(values: dict[str, Value], reason: str) -> None:
    found = option(brief(values), "datastore", "sqlite").infeasible
    assert found is not None
    assert reason in found


def test_sqlite_can_where_one_machine_is_enough() -> None:
    assert option(brief({"deployment.target": "compose"}), "datastore", "sqlite").infeasible is None


def test_references_are_dear_where_the_store_keeps_none() -> None:
    bare = option(EMPTY, "datastore", "mongodb")
    joined = option(brief({}, shop=(CUSTOMER, ORDER)), "datastore", "mongodb")
    assert joined.figures[1].value == bare.figures[1].value + 1  # one reference, one hour of care
    assert "1 reference to be kept by the application" in joined.costs


def test_each_filter_is_an_index_to_pay_in_dynamodb() -> None:
    bare = option(EMPTY, "datastore", "dynamodb")
    filtered = option(brief({}, shop=(CUSTOMER, ORDER)), "datastore", "dynamodb")
    assert filtered.figures[0].value > bare.figures[0].value
    assert option(brief({"deployment.cloud": "gcp"}), "datastore", "dynamodb").infeasible is not None


def test_the_event_beside_the_row_is_measured() -> None:
    postgresql = {each.name: each for each in option(DEMO, "datastore", "postgresql").figures}
    mysql = {each.name: each for each in option(DEMO, "datastore", "mysql").figures}
    assert postgresql["write with event"].source == "measured"
    assert postgresql["write with event"].value < mysql["write with event"].value


def test_it_brings_repository_and_mapper() -> None:
    decision = design(DEMO).decision("datastore")
    assert {"repository", "data mapper"} <= {pattern.name for pattern in decision.patterns}
    assert decision.libraries[0].name == "psycopg"
    assert decision.libraries[0].runner_up == "asyncpg"

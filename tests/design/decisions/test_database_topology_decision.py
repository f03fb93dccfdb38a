import pytest
from briefs import EMPTY, Value, brief, choice, option

from architect.design.engine import design


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "standby"),
        ({"load.availability": 99.0, "deployment.target": "vm"}, "single"),
        ({"deployment.target": "compose"}, "single"),
        (
            {"load.requests_per_second": 200_000.0, "prefer.database": "postgresql", "prefer.cache": "none"},
            "read_replicas",
        ),
        ({"prefer.database": "dynamodb"}, "standby"),
        ({"prefer.database": "sqlite", "deployment.target": "compose"}, "single"),
    ],
)
def test_as_many_databases_as_the_brief_needs(values: dict[str, Value], chosen: str) -> None:
    assert choice("database_topology", values) == chosen


def test_a_standby_shortens_recovery_and_is_paid() -> None:
    single = {each.name: each.value for each in option(EMPTY, "database_topology", "single").figures}
    standby = {each.name: each.value for each in option(EMPTY, "database_topology", "standby").figures}
    assert standby["recovery"] < single["recovery"] / 10
    assert standby["infrastructure"] > single["infrastructure"]
    assert standby["availability"] > single["availability"]


def test_what_no_topology_reaches_is_warned_of() -> None:
    made = design(brief({"load.availability": 99.99, "deployment.target": "kubernetes"}))
    assert any("postgresql on kubernetes reaches 99.95%" in warning for warning in made.warnings)
    two = design(
        brief({"load.availability": 99.99, "deployment.target": "kubernetes", "deployment.regions": 2})
    )
    assert not any("reaches" in warning for warning in two.warnings)

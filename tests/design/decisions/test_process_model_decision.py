import pytest
from briefs import DEMO, Value, brief, choice, option

from architect.design.engine import design


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, "shared_loop"),
        ({"deployment.target": "kubernetes", "load.requests_per_second": 20_000.0}, "shared_loop"),
        ({"deployment.target": "vm", "load.requests_per_second": 5000.0}, "workers"),
        ({"deployment.target": "compose", "load.requests_per_second": 2000.0}, "workers"),
        ({"prefer.framework": "flask", "services[].interfaces": ("rest", "grpc")}, "separate"),
    ],
)
def test_processes_follow_the_machines(values: dict[str, Value], chosen: str) -> None:
    assert choice("process_model", values) == chosen


def test_one_loop_serves_both_interfaces() -> None:
    decision = design(DEMO).decision("process_model")
    assert decision.choice == "shared_loop"
    assert "REST and gRPC in one event loop" in decision.chosen.title
    assert option(DEMO, "process_model", "separate").score < decision.chosen.score


def test_processes_of_their_own_share_the_machines() -> None:
    values = {
        "prefer.framework": "flask",
        "services[].interfaces": ("rest", "grpc"),
        "deployment.target": "vm",
    }
    made = design(brief({**values, "load.requests_per_second": 5000.0}))
    assert made.choice("process_model") == "separate"
    assert made.sizing.replicas <= 3
    assert made.sizing.workers_per_replica >= 4

from dataclasses import replace
from math import ceil

import pytest
from briefs import DEMO, EMPTY, brief, case_of

from architect.design.engine import design
from architect.design.sizing.capacity import least, plan, response
from architect.design.sizing.cost import Bought, bill, database_usd, elastic_cores, whole_cores
from architect.design.sizing.demand import demand, shares
from architect.design.sizing.size import size
from architect.design.tables import shipped
from architect.model.fact import Figure


def figures(known: object) -> dict[str, Figure]:
    return {figure.name: figure for figure in design(known).sizing.figures}  # type: ignore[arg-type] # a Brief


def test_a_request_costs_the_mean_of_the_calibrated_operations() -> None:
    operations = shipped().calibration.operations
    case = case_of(EMPTY)
    mix = shares(case)
    assert sum(mix.values()) == pytest.approx(1)
    assert mix["get"] == pytest.approx(0.9 * 0.7)
    by_hand = sum(share * operations[name].cpu_ms for name, share in mix.items())
    assert demand(case).cpu_ms == pytest.approx(by_hand)
    assert demand(case).held_ms == pytest.approx(
        sum(share * operations[name].db_ms for name, share in mix.items()) + 0.5
    )


def test_grpc_a_cache_and_a_shared_limit_change_what_a_request_costs() -> None:
    bare = demand(case_of(EMPTY))
    operations = shipped().calibration.operations
    by_grpc = operations["grpc_get"].cpu_ms - operations["get"].cpu_ms
    assert demand(case_of(EMPTY, interface_style="both")).cpu_ms == pytest.approx(bare.cpu_ms + by_grpc / 2)
    assert demand(case_of(EMPTY, rate_limiting="redis")).cpu_ms == pytest.approx(bare.cpu_ms + 0.08)
    assert demand(case_of(EMPTY, cache="redis")).db_ms < bare.db_ms
    sqlite = demand(case_of(EMPTY, datastore="sqlite"))
    assert sqlite.db_ms == 0
    assert sqlite.cpu_ms == pytest.approx(bare.cpu_ms + bare.db_ms)


def test_replicas_are_the_most_that_any_reason_asks_for() -> None:
    busy = case_of(brief({"load.requests_per_second": 3000.0, "deployment.target": "kubernetes"}))
    cores = busy.cores(demand(busy).cpu_ms)
    planned = plan(busy)
    assert planned.replicas == max(ceil(cores / 0.6), ceil(cores / 0.85) + 1)
    quiet = plan(case_of(brief({"load.requests_per_second": 1.0, "deployment.target": "kubernetes"})))
    assert quiet.replicas == least(busy) == 2


def test_a_tight_time_takes_more_replicas() -> None:
    values = {"load.requests_per_second": 3000.0, "deployment.target": "kubernetes", "prefer.cache": "none"}
    loose = design(brief(values)).sizing
    floor = response(demand(case_of(brief(values))), 0.0, 1, None).percentile(95) + 0.5
    target = round((floor + loose.predicted_p95_ms) / 2, 2)
    asked = brief({**values, "load.latency.milliseconds": target})
    tight = design(asked).sizing
    assert tight.replicas > loose.replicas
    assert tight.predicted_p95_ms <= target * 1.1  # the database's own queue comes on top
    assert figures(asked)["replicas"].because == f"p95 under {target:g} ms"


def test_machines_with_several_cores_run_several_processes() -> None:
    known = brief({"load.requests_per_second": 5000.0, "deployment.target": "vm"})
    sizing = design(known).sizing
    busy = 5000 / sizing.saturation_requests_per_second * sizing.replicas * sizing.workers_per_replica
    assert sizing.replicas <= 3
    assert sizing.workers_per_replica >= 4
    assert (sizing.replicas - 1) * sizing.workers_per_replica * 0.85 >= busy  # one machine may be lost
    assert sizing.cpu_millicores == 1000 * sizing.workers_per_replica
    assert sizing.pool_size_per_replica % sizing.workers_per_replica == 0


def test_functions_are_as_many_as_are_in_flight() -> None:
    known = brief({"load.requests_per_second": 1000.0, "deployment.target": "serverless"})
    sizing = design(known).sizing
    asked = demand(case_of(known))
    in_flight = 1000 * (asked.cpu_ms + asked.held_ms) / 1000
    assert in_flight < sizing.replicas < 6 * in_flight
    assert any(figure.name == "cost: connection proxy" for figure in sizing.figures)


def test_connections_stay_within_what_the_database_accepts() -> None:
    slow = shipped()
    operations = {
        name: replace(each, db_ms=each.db_ms * 100) for name, each in slow.calibration.operations.items()
    }
    tables = replace(slow, calibration=replace(slow.calibration, operations=operations))
    known = brief({"load.requests_per_second": 2000.0, "prefer.database": "postgresql"})
    sizing, _ = size(case_of(known, tables))
    assert sizing.database_connections <= 1000


def test_the_limit_lets_a_calling_service_work() -> None:
    both = design(DEMO).sizing
    rest = design(brief({"load.requests_per_second": 200.0})).sizing
    assert both.rate_limit_requests == 200 * 0.5 * 2 * both.rate_limit_window_seconds
    assert rest.rate_limit_requests == 60


def test_every_number_of_the_sizing_is_a_figure_with_a_formula() -> None:
    made = design(DEMO).sizing
    found = {figure.name: figure for figure in made.figures}
    for name, value in (
        ("replicas", made.replicas),
        ("workers per replica", made.workers_per_replica),
        ("pool of a replica", made.pool_size_per_replica),
        ("CPU of a replica", made.cpu_millicores),
        ("memory of a replica", made.memory_mebibytes),
        ("database connections", made.database_connections),
        ("rate limit", made.rate_limit_requests),
        ("predicted p50", made.predicted_p50_ms),
        ("predicted p95", made.predicted_p95_ms),
        ("predicted p99", made.predicted_p99_ms),
        ("saturation", made.saturation_requests_per_second),
        ("utilisation", made.utilisation),
        ("monthly cost", made.monthly_usd),
    ):
        assert found[name].value == value
        assert found[name].source == "computed"
        assert found[name].because
    assert found["request rate"].source == "stated"
    assert found["read share"].source == "assumed"
    assert {"database size", "database IOPS", "database cores"} <= set(found)


def test_the_predicted_times_are_those_of_the_queue() -> None:
    case = case_of(DEMO)
    asked, planned = demand(case), plan(case)
    assert planned.processes == 2
    floor = asked.cpu_ms + asked.db_ms
    assert floor * 0.5 < design(DEMO).sizing.predicted_p50_ms < floor * 2


def test_the_bill_is_made_of_whole_cores() -> None:
    assert [whole_cores(each) for each in (0.2, 1.0, 1.1, 2.5)] == [0.2, 1.0, 2.0, 3.0]
    case = case_of(EMPTY)
    small, _ = database_usd(case, 0.2)
    large, _ = database_usd(case, 4.0)
    assert small == pytest.approx(47.45 + 1.35 * 0.115)
    assert large == pytest.approx(4 * 58.0 + 1.35 * 0.115)


def test_autoscaling_is_paid_by_the_mean() -> None:
    case = case_of(EMPTY)
    assert elastic_cores(case, 1.0) == 1.0
    assert elastic_cores(case, 11.0) == pytest.approx(1 + 10 * 0.7)


def test_every_region_pays_everything() -> None:
    bought = Bought(cores=1, gibibytes=1, database_vcpu=0.2, in_flight_ms=2, machines=2)
    one = case_of(EMPTY)
    two = replace(one, needs=replace(one.needs, regions=2))
    assert sum(item.usd for item in bill(two, bought)) == pytest.approx(
        2 * sum(item.usd for item in bill(one, bought))
    )


def test_what_is_there_already_is_not_paid() -> None:
    bought = Bought(cores=1, gibibytes=1, database_vcpu=0.2, in_flight_ms=2, machines=2)
    paid = {item.name for item in bill(case_of(EMPTY, cache="redis", messaging="rabbitmq"), bought)}
    assert {"redis", "rabbitmq"} <= paid
    there = case_of(
        brief({"integrations": ("cache:redis", "broker:rabbitmq")}), cache="redis", messaging="rabbitmq"
    )
    assert not {"redis", "rabbitmq"} & {item.name for item in bill(there, bought)}

from briefs import EMPTY, brief, choice, option

from architect.design.engine import design


def test_fastapi_unless_something_speaks_against_it() -> None:
    assert choice("framework") == "fastapi"


def test_a_very_high_rate_pays_for_the_leaner_one() -> None:
    rest = {"services[].interfaces": ("rest",)}
    assert choice("framework", {**rest, "load.requests_per_second": 90_000.0}) == "fastapi"
    assert choice("framework", {**rest, "load.requests_per_second": 300_000.0}) == "litestar"


def test_grpc_alone_needs_no_web_framework() -> None:
    assert choice("framework", {"services[].interfaces": ("grpc",)}) == "grpcio"
    assert option(EMPTY, "framework", "grpcio").infeasible is not None


def test_what_the_team_knows_weighs() -> None:
    known = brief({"team.knows": ("flask",)})
    assert option(known, "framework", "flask").score > option(EMPTY, "framework", "flask").score
    assert option(known, "framework", "fastapi").score < option(EMPTY, "framework", "fastapi").score


def test_a_synchronous_one_beside_grpc_costs_a_process() -> None:
    both = brief({"services[].interfaces": ("rest", "grpc"), "prefer.framework": "flask"})
    made = design(both)
    assert made.choice("framework") == "flask"
    assert made.choice("process_model") == "separate"
    assert any("process of its own" in cost for cost in made.decision("framework").chosen.costs)


def test_what_is_not_written_for_them_costs_hours() -> None:
    flask = option(EMPTY, "framework", "flask")
    assert any("not written by this version" in cost for cost in flask.costs)
    assert not any("not written" in cost for cost in option(EMPTY, "framework", "fastapi").costs)


def test_its_cpu_is_measured_and_part_of_the_sizing() -> None:
    figure = next(each for each in option(EMPTY, "framework", "django").figures if each.unit == "ms")
    assert figure.source == "measured"
    assert "framework_cost.py" in figure.because
    slow = design(brief({"prefer.framework": "django"})).sizing
    assert slow.saturation_requests_per_second < design(EMPTY).sizing.saturation_requests_per_second

import pytest
from briefs import EMPTY, brief, choice, option

from architect.design.engine import design
from architect.design.tables import shipped


def test_people_alone_get_rest() -> None:
    assert choice("interface_style") == "rest"


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        (("rest",), "rest"),
        (("grpc",), "grpc"),
        (("rest", "grpc"), "both"),
        (("rest", "events"), "rest"),
        (("events",), "rest"),
    ],
)
def test_what_is_asked_for_is_taken(asked: tuple[str, ...], chosen: str) -> None:
    assert choice("interface_style", {"services[].interfaces": asked}) == chosen


def test_several_calling_services_bring_grpc_without_being_asked_for() -> None:
    assert choice("interface_style", {"integrations": ("grpc:billing", "grpc:routing")}) == "both"


def test_programs_alone_get_grpc_alone() -> None:
    values = {"integrations": ("grpc:billing", "grpc:routing"), "load.concurrent_users": 0}
    assert choice("interface_style", values) == "grpc"


def test_each_style_costs_the_calibrated_cpu() -> None:
    operations = shipped().calibration.operations
    figures = {figure.name: figure for figure in option(EMPTY, "interface_style", "grpc").figures}
    assert figures["CPU per read"].value == pytest.approx(operations["grpc_get"].cpu_ms, abs=1e-3)
    mean = (operations["grpc_get"].cpu_ms + operations["get"].cpu_ms) / 2
    assert option(EMPTY, "interface_style", "both").figures[2].value == pytest.approx(mean, abs=1e-3)


def test_each_interface_is_confirmed_by_its_own_gate() -> None:
    both = design(brief({"services[].interfaces": ("rest", "grpc")})).decision("interface_style")
    assert both.confirmed_by.startswith("rest_contract, grpc_contract: ")
    assert {library.name for library in both.libraries} >= {"grpcio", "pydantic"}
    rest = design(EMPTY).decision("interface_style")
    assert "grpc" not in rest.confirmed_by
    assert "grpcio" not in {library.name for library in rest.libraries}

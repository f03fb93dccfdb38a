"""What holds for every brief."""

from math import isfinite

import pytest
from briefs import fact
from hypothesis import HealthCheck, assume, given, settings
from wishes import RATES, briefs

from architect.design.engine import design, outline
from architect.design.order import in_order
from architect.design.paths import told
from architect.model.brief import Brief
from architect.model.design import Design
from architect.model.errors import InputError
from architect.model.fact import Figure
from architect.registry import walk

GATES = {module.rpartition(".")[2] for module in walk("architect.verify.gates")}
SOURCES = {"stated", "computed", "measured", "assumed"}

many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def designed(known: Brief) -> Design:
    """The design; a brief that wishes for what it avoids is no example."""
    try:
        return design(known)
    except InputError as error:
        assume("avoid" not in error.line())
        raise


def figures(made: Design) -> list[Figure]:
    options = (option for decision in made.decisions for option in decision.options)
    return [*made.sizing.figures, *(figure for option in options for figure in option.figures)]


@many
@given(briefs())
def test_the_same_brief_gives_the_same_design(known: Brief) -> None:
    made = designed(known)
    assert design(known) == made
    assert design(made.brief) == made


@many
@given(briefs())
def test_every_choice_is_an_option_that_can_be_had_or_is_told(known: Brief) -> None:
    made = designed(known)
    for decision in made.decisions:
        names = [option.name for option in decision.options]
        assert len(names) == len(set(names))
        assert decision.choice in names
        if decision.chosen.infeasible:
            assert any(
                f" {decision.choice}: {decision.chosen.infeasible}" in warning for warning in made.warnings
            ), decision.name


@many
@given(briefs())
def test_the_own_choice_is_the_best_that_can_be_had(known: Brief) -> None:
    made = designed(known)
    rules = dict(in_order())
    for decision in made.decisions:
        feasible = [option for option in decision.options if option.infeasible is None]
        if feasible and not rules[decision.name].wished(made.brief):
            assert decision.chosen.infeasible is None
            assert decision.chosen.score == max(option.score for option in feasible)


@many
@given(briefs())
def test_no_figure_is_without_a_source(known: Brief) -> None:
    for figure in figures(designed(known)):
        assert figure.source in SOURCES
        assert figure.because.strip(), figure
        assert isfinite(figure.value), figure


@many
@given(briefs())
def test_every_decision_is_whole(known: Brief) -> None:
    for decision in designed(known).decisions:
        assert decision.context
        assert decision.drivers
        assert decision.consequences
        gates = {
            name.strip()
            for part in decision.confirmed_by.split("; ")
            for name in part.split(": ")[0].split(",")
        }
        assert gates <= GATES, decision.confirmed_by
        for option in decision.options:
            assert option.title
            assert option.gives
            assert option.costs or option.name in {"standby", "rest"}, option


@many
@given(briefs())
def test_the_sizing_holds_together(known: Brief) -> None:
    sizing = designed(known).sizing
    assert sizing.replicas >= 1
    assert sizing.workers_per_replica >= 1
    assert sizing.pool_size_per_replica >= sizing.workers_per_replica
    assert sizing.database_connections == sizing.pool_size_per_replica * sizing.replicas
    assert 0 <= sizing.predicted_p50_ms <= sizing.predicted_p95_ms <= sizing.predicted_p99_ms
    assert 0 < sizing.utilisation < 1
    assert sizing.cpu_millicores >= 500
    assert sizing.rate_limit_requests >= 60
    bill = sum(figure.value for figure in sizing.figures if figure.name.startswith("cost: "))
    assert bill == pytest.approx(sizing.monthly_usd, abs=0.2)


@many
@given(briefs(without=("load.requests_per_second",)), RATES, RATES)
def test_more_requests_never_take_fewer_processes(known: Brief, one: float, other: float) -> None:
    low, high = sorted((one, other))
    path = "load.requests_per_second"
    light = known.put(path, told(path, low, "test"))
    heavy = known.put(path, told(path, high, "test"))
    try:
        before, after = outline(light), outline(heavy)
    except InputError:
        assume(False)  # noqa: FBT003 - it wishes for what it avoids
    assume(before.choices == after.choices)
    assert before.processes <= after.processes


@many
@given(briefs(without=("deployment.regions", "deployment.target")))
def test_a_second_region_never_costs_less(known: Brief) -> None:
    target = known.put("deployment.target", fact("kubernetes"))
    try:
        one = outline(target.put("deployment.regions", fact(1)))
        two = outline(target.put("deployment.regions", fact(2)))
    except InputError:
        assume(False)  # noqa: FBT003 - it wishes for what it avoids
    assume(one.choices == two.choices)
    assert two.monthly_usd >= one.monthly_usd


@many
@given(briefs())
def test_a_wish_is_never_overruled(known: Brief) -> None:
    made = designed(known)
    for path, name in (
        ("prefer.framework", "framework"),
        ("prefer.database", "datastore"),
        ("prefer.cache", "cache"),
        ("prefer.broker", "messaging"),
        ("deployment.target", "deployment"),
    ):
        wished = known.at(path)
        if wished is not None:
            assert made.choice(name) == getattr(wished, "value", None)
            assert made.decision(name).wish is not None


@many
@given(briefs())
def test_the_diagram_joins_boxes_that_are_there(known: Brief) -> None:
    made = designed(known)
    names = [component.name for component in made.components]
    assert len(names) == len(set(names))
    assert len([each for each in made.components if each.kind == "service"]) >= 1
    for link in made.links:
        assert {link.source, link.target} <= set(names)
        assert link.source != link.target

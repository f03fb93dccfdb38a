from dataclasses import replace

import pytest
from briefs import DEMO, EMPTY, brief, choice, fact

from architect.design.engine import choices, design, outline
from architect.design.order import in_order, ordered
from architect.design.rule import DECISIONS, Explanation, Rule
from architect.design.tables import shipped
from architect.model.decision import Option
from architect.model.errors import InputError
from architect.model.plain import plain

DEMO_CHOICES = {
    "interface_style": "both",
    "framework": "fastapi",
    "deployment": "kubernetes",
    "datastore": "postgresql",
    "cache": "none",
    "messaging": "none",
    "identity": "jwt",
    "tenancy": "single",
    "process_model": "shared_loop",
    "consistency": "optimistic",
    "database_topology": "standby",
    "observability": "logs",
    "rate_limiting": "in_process",
}


def test_the_demo_is_designed_as_a_person_would() -> None:
    made = design(DEMO)
    assert {decision.name: decision.choice for decision in made.decisions} == DEMO_CHOICES
    sizing = made.sizing
    assert sizing.replicas == 2
    assert sizing.workers_per_replica == 1
    assert 500 <= sizing.cpu_millicores <= 1000
    assert 128 <= sizing.memory_mebibytes <= 640
    assert 4 <= sizing.pool_size_per_replica <= 10
    assert sizing.predicted_p50_ms < sizing.predicted_p95_ms < sizing.predicted_p99_ms < 60
    assert sizing.saturation_requests_per_second > 3 * 200
    assert 100 < sizing.monthly_usd < 500
    assert made.warnings == ()


def test_the_brief_of_a_design_is_whole_and_gives_the_same_design() -> None:
    for known in (DEMO, EMPTY):
        made = design(known)
        assert design(made.brief) == made


def test_the_short_forms_agree_with_the_design() -> None:
    made = design(DEMO)
    short = outline(DEMO)
    assert dict(short.choices) == choices(DEMO) == {each.name: each.choice for each in made.decisions}
    assert short.processes == made.sizing.replicas * made.sizing.workers_per_replica
    assert short.monthly_usd == made.sizing.monthly_usd


def test_a_design_leaves_the_process_as_json() -> None:
    shown = plain(design(DEMO))
    assert isinstance(shown, dict)
    assert set(shown) >= {"brief", "decisions", "sizing", "components", "links", "warnings"}


def test_decisions_come_after_those_they_read() -> None:
    done: set[str] = set()
    for name, rule in in_order():
        assert done.issuperset(rule.reads), name
        done.add(name)
    assert done == set(DECISIONS.items())


def _rule(*reads: str) -> Rule:
    return Rule(
        title="A rule",
        context=lambda _case: "",
        options=lambda _case: (Option("one", "One", (), ()),),
        explain=lambda _case, _choice: Explanation((), (), "tests: nothing"),
        reads=reads,
    )


def test_rules_that_read_one_another_are_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        ordered({"a": _rule("b"), "b": _rule("a")})


def test_a_rule_that_reads_nothing_known_is_refused() -> None:
    with pytest.raises(ValueError, match="'missing', which does not exist"):
        ordered({"a": _rule("missing")})


def test_a_wish_wins_and_is_told_what_it_costs() -> None:
    made = design(brief({"prefer.database": "mongodb"})).decision("datastore")
    assert made.choice == "mongodb"
    assert made.wish is not None
    assert made.wish.would_have_chosen == "postgresql"
    assert "USD a month more than postgresql" in made.wish.cost


def test_a_wish_for_our_own_choice_costs_nothing() -> None:
    made = design(DEMO).decision("datastore")
    assert made.wish is not None
    assert made.wish.cost.startswith("nothing")


def test_what_was_assumed_for_us_is_followed_but_is_no_wish() -> None:
    assumed = replace(fact("kubernetes"), provenance="assumed")
    made = design(EMPTY.put("deployment.target", assumed)).decision("deployment")
    assert made.choice == "kubernetes"
    assert made.wish is None


def test_a_product_we_know_nothing_of_is_designed_all_the_same() -> None:
    made = design(brief({"prefer.database": "cassandra", "prefer.framework": "tornado"}))
    assert made.choice("datastore") == "cassandra"
    assert made.choice("framework") == "tornado"
    assert "no figures" in made.decision("datastore").chosen.costs[0]
    assert made.decision("datastore").wish is not None


def test_what_is_avoided_is_not_taken() -> None:
    assert choice("datastore") == "postgresql"
    assert choice("datastore", {"avoid": ("postgresql",)}) == "mysql"
    avoided = design(brief({"avoid": ("postgresql",)})).decision("datastore")
    assert (
        next(each for each in avoided.options if each.name == "postgresql").infeasible
        == "you asked to avoid it"
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"prefer.database": "mysql", "avoid": ("mysql",)}, "prefer.database asks for mysql"),
        ({"avoid": ("oidc", "jwt")}, "nothing is left for identity"),
        ({"load.requests_per_second": 0.0}, "load.requests_per_second: 0 cannot be"),
        ({"load.requests_per_second": -5.0}, "-5 cannot be"),
        ({"load.read_share": 1.5}, "load.read_share: 1.5 cannot be"),
        ({"load.availability": 101.0}, "load.availability: 101 cannot be"),
        ({"load.latency.milliseconds": 0.0}, "load.latency.milliseconds: 0 cannot be"),
        ({"load.latency.percentile": 100.0}, "load.latency.percentile: 100 cannot be"),
        ({"deployment.regions": 0}, "deployment.regions: 0 cannot be"),
    ],
)
def test_what_cannot_be_is_one_clear_line(values: dict[str, float | str], told: str) -> None:
    with pytest.raises(InputError, match=told) as raised:
        design(brief(values))
    assert raised.value.mend


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"prefer.database": "sqlite", "load.requests_per_second": 8000.0, "deployment.target": "compose"},
            "prefer.database asks for sqlite",
        ),
        (
            {"deployment.target": "serverless", "services[].interfaces": ("rest", "grpc")},
            "deployment.target asks for serverless: functions hold no gRPC connections",
        ),
        ({"load.latency.milliseconds": 1.0}, "load.latency: p95 of 1 ms cannot be met"),
        ({"budget.infrastructure_usd_per_month": 10.0}, "budget.infrastructure_usd_per_month: 10 given"),
        ({"load.availability": 99.999}, "load.availability: 99.999% is asked"),
        ({"security.authentication": ("none",)}, "security.authentication asks for none"),
        ({"deployment.cloud": "moonbase"}, "deployment.cloud: no prices for moonbase"),
        ({"deployment.target": "compose", "load.availability": 99.95}, "deployment.target asks for compose"),
        (
            {"load.requests_per_second": 2_000_000.0, "prefer.database": "postgresql"},
            "put a connection pooler",
        ),
    ],
)
def test_a_contradiction_is_warned_of(values: dict[str, float | str], told: str) -> None:
    warnings = design(brief(values)).warnings
    assert any(told in warning for warning in warnings), warnings


def test_decisions_of_an_assistant_are_made_for_an_assistant_alone() -> None:
    known = replace(EMPTY, assistant=replace(EMPTY.assistant, tasks=(fact("chat"),)))
    ours = {name for name, rule in DECISIONS.items().items() if rule.applies}
    assert len(ours) == 13
    assert ours.isdisjoint(choices(EMPTY))
    assert ours <= set(choices(known))


def test_a_cheaper_way_is_taken_when_money_is_short() -> None:
    free = design(EMPTY)
    short = design(brief({"budget.infrastructure_usd_per_month": free.sizing.monthly_usd / 2}))
    assert short.sizing.monthly_usd < free.sizing.monthly_usd


def test_own_prices_change_the_bill() -> None:
    tables = shipped()
    aws = tables.providers["aws"]
    dear = {name: replace(price, usd=price.usd * 10) for name, price in aws.prices.items()}
    dearer = replace(tables, providers={**tables.providers, "aws": replace(aws, prices=dear)})
    assert design(DEMO, dearer).sizing.monthly_usd > 5 * design(DEMO).sizing.monthly_usd


def test_own_calibration_changes_the_size() -> None:
    tables = shipped()
    slow = {
        name: replace(each, cpu_ms=each.cpu_ms * 20) for name, each in tables.calibration.operations.items()
    }
    slower = replace(tables, calibration=replace(tables.calibration, operations=slow))
    assert design(DEMO, slower).sizing.replicas > design(DEMO).sizing.replicas

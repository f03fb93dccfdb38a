from dataclasses import replace
from time import process_time

import pytest
from briefs import DEMO, EMPTY, brief, case_of
from hypothesis import HealthCheck, assume, given, settings
from wishes import briefs

from architect.design.engine import choices, design
from architect.design.flips import moved, with_flip_points
from architect.design.ladders import LADDERS, UNSET
from architect.design.paths import WHOLE_NUMBERS
from architect.model.brief import Brief
from architect.model.decision import FlipPoint
from architect.model.design import Design
from architect.model.errors import InputError

BRIEFS = {
    "demo": DEMO,
    "empty": EMPTY,
    "busy": brief({"load.requests_per_second": 8000.0, "prefer.cache": "redis", "deployment.cloud": "gcp"}),
    "hobby": brief(
        {
            "load.requests_per_second": 2.0,
            "load.availability": 99.0,
            "budget.infrastructure_usd_per_month": 30.0,
            "deployment.cloud": "hetzner",
        }
    ),
    "clinic": brief(
        {"security.tenancy": "multi", "security.compliance": ("hipaa",), "load.availability": 99.95}
    ),
    "streams": brief({"services[].interfaces": ("rest", "events"), "prefer.broker": "kafka"}),
}


def before(flip: FlipPoint) -> list[FlipPoint]:
    """Flip points a hair before the one that was found: within 1.5% of the number.

    Machines come in whole ones, so cost lines are stairs and may cross more than once within a hair.
    """
    assert not isinstance(flip.at, str)
    back = -1 if flip.direction == "above" else 1
    if flip.path in WHOLE_NUMBERS and flip.at < 1000:
        return [replace(flip, at=flip.at + back)]
    scale = 100 - flip.at if flip.path == "load.availability" else flip.at
    hairs = [max(1e-4, scale * step / 1000) for step in range(1, 16)]
    return [replace(flip, at=max(0.0, flip.at + back * hair)) for hair in hairs]


def check(known: Brief, made: Design) -> None:
    for decision in made.decisions:
        assert bool(decision.flips) != bool(decision.unflipped), decision.name
        for flip in decision.flips:
            there = choices(moved(known, flip))
            assert there[decision.name] == flip.then != decision.choice, flip.sentence
            if flip.direction != "is" and flip.at != (flip.now or UNSET.get(flip.path)):
                near = {choices(moved(known, each))[decision.name] for each in before(flip)}
                assert decision.choice in near, flip.sentence


@pytest.mark.parametrize("name", BRIEFS)
def test_each_flip_point_flips_and_not_a_hair_before(name: str) -> None:
    check(BRIEFS[name], with_flip_points(design(BRIEFS[name])))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(briefs())
def test_each_flip_point_of_any_brief_flips(known: Brief) -> None:
    try:
        made = with_flip_points(design(known))
    except InputError:
        assume(False)  # noqa: FBT003 - it wishes for what it avoids
    check(known, made)


def test_every_decision_of_the_demo_has_one() -> None:
    for decision in with_flip_points(design(DEMO)).decisions:
        assert decision.flips, decision.name


def test_nothing_but_flip_points_is_added() -> None:
    made = design(DEMO)
    flipped = with_flip_points(made)
    bare = tuple(replace(each, flips=(), unflipped="") for each in flipped.decisions)
    assert replace(flipped, decisions=bare) == made


def test_a_number_that_was_not_stated_is_shown_as_assumed_now() -> None:
    flips = [flip for decision in with_flip_points(design(EMPTY)).decisions for flip in decision.flips]
    budget = [flip for flip in flips if flip.path == "budget.infrastructure_usd_per_month"]
    rate = [flip for flip in flips if flip.path == "load.requests_per_second"]
    assert all(flip.now is None for flip in budget)
    assert rate
    assert all(flip.now == 50 for flip in rate)


def test_a_wish_that_holds_is_left_out_to_find_the_number() -> None:
    found = with_flip_points(design(DEMO)).decision("datastore").flips
    assert found[0].without == "prefer.database"
    assert found[0].path == "load.requests_per_second"
    assert choices(moved(DEMO, replace(found[0], without="")))["datastore"] == "postgresql"


def test_flip_points_are_found_in_a_second() -> None:
    made = design(DEMO)
    times = []
    for _ in range(3):
        start = process_time()
        with_flip_points(made)
        times.append(process_time() - start)
    assert min(times) < 1


def test_where_nothing_turns_it_the_reason_is_said() -> None:
    known = brief({"avoid": ("redis", "gateway")})
    made = with_flip_points(design(known))
    check(known, made)
    only = made.decision("rate_limiting")
    assert only.choice == "in_process"
    if only.unflipped:
        assert "redis you asked to avoid it" in only.unflipped


@pytest.mark.parametrize(
    ("flip", "sentence"),
    [
        (
            FlipPoint("load.requests_per_second", 200.0, 3400.0, "above", "redis"),
            "load.requests_per_second at 3,400 or more (now 200): redis",
        ),
        (
            FlipPoint("budget.infrastructure_usd_per_month", None, 186.0, "below", "sqlite"),
            "budget.infrastructure_usd_per_month at 186 or less: sqlite",
        ),
        (
            FlipPoint("prefer.database", "postgresql", "mysql", "is", "mysql", "avoid"),
            "prefer.database is mysql (now postgresql), without avoid: mysql",
        ),
    ],
)
def test_a_flip_point_reads_as_a_sentence(flip: FlipPoint, sentence: str) -> None:
    assert flip.sentence == sentence


def test_every_number_of_the_ladders_can_be_put() -> None:
    whole = case_of(EMPTY).brief
    for path, ladder in LADDERS.items():
        for value in ladder:
            moved_brief = moved(whole, FlipPoint(path, None, value, "is", ""))
            assert moved_brief.number(path) == pytest.approx(value, abs=0.5)

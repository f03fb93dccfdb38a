from dataclasses import replace
from itertools import product
from time import process_time

import pytest
from briefs import DEMO, EMPTY, Value, brief, fact

from architect.design.assumptions import complete
from architect.design.engine import design
from architect.design.flips import with_flip_points
from architect.design.paths import shown
from architect.design.questions import questions
from architect.design.tables import shipped
from architect.design.unknowns import UNKNOWNS, Unknown
from architect.model.brief import Brief, Integration, Workflow
from architect.model.design import Design
from architect.model.fact import Fact
from architect.model.question import Questions

COVERED = {
    "volume": "load.requests_per_second",
    "latency": "load.latency.milliseconds",
    "existing systems": "integrations",
    "deployment": "deployment.target",
    "team": "team.knows",
    "budget": "budget.infrastructure_usd_per_month",
    "identity": "security.authentication",
    "tenancy": "security.tenancy",
    "consistency": "workflows",
    "availability": "load.availability",
    "data volume": "data.gigabytes",
}
ONE_LINE = brief({"prefer.framework": "fastapi", "services[].interfaces": ("rest", "grpc")})


def paths(found: Questions) -> list[str]:
    return [question.path for question in found.asked]


def open_unknowns(known: Brief) -> list[Unknown]:
    """The unknowns of a brief without assumed values, by the oracle's own reading of it."""
    found = []
    for unknown in UNKNOWNS:
        held = known.at(unknown.path)
        if held is None or held == ():
            found.append(unknown)
    return found


def answered(known: Brief, unknown: Unknown) -> list[Design]:
    """The designs of every plausible answer, built with facts made here and not by the engine."""
    told = [by_hand(unknown.path, value) for value in unknown.answers.values()]
    return [design(known), *(design(known.put(unknown.path, each)) for each in told)]


def by_hand(path: str, value: Value) -> object:
    if path == "security.personal_data":
        return fact(value == "true")
    if isinstance(value, tuple):
        if path == "integrations":
            pairs = [name.partition(":") for name in value]
            return tuple(fact(Integration(product or kind, kind, product)) for kind, _, product in pairs)
        if path == "workflows":
            return tuple(fact(Workflow(name, ())) for name in value)
        return tuple(fact(name) for name in value)
    whole = path in {"load.concurrent_users", "data.records", "data.retention_days", "deployment.regions"}
    return fact(int(value)) if whole or path == "team.developers" else fact(value)  # type: ignore[arg-type] # numbers


def differ(one: Design, other: Design) -> bool:
    """The oracle's comparison, written down again: choices, processes and cost beyond a quarter."""
    for decision in one.decisions:
        if other.decision(decision.name).choice != decision.choice:
            return True
    few, many = sorted(each.sizing.replicas * each.sizing.workers_per_replica for each in (one, other))
    if many > few * 1.25:
        return True
    cheap, dear = sorted(each.sizing.monthly_usd for each in (one, other))
    return dear > cheap * 1.25 and dear - cheap > 50


GRID: list[dict[str, Value]] = [
    dict(zip(("load.requests_per_second", "deployment.target", "load.availability"), row, strict=True))
    for row in product((20.0, 900.0, 12_000.0), ("kubernetes", "compose", "vm"), (99.0, 99.95))
]
GRID += [
    {"prefer.database": "sqlite", "deployment.target": "compose"},
    {"security.tenancy": "multi", "security.compliance": ("hipaa",), "load.concurrent_users": 300},
    {"services[].interfaces": ("grpc",), "deployment.cloud": "hetzner"},
    {"budget.infrastructure_usd_per_month": 100.0, "team.developers": 1},
    {"prefer.broker": "kafka", "prefer.database": "mongodb", "deployment.regions": 2},
]


@pytest.mark.parametrize("values", GRID, ids=str)
def test_the_engine_asks_what_brute_force_would_ask(values: dict[str, Value]) -> None:
    known = brief(values)
    found = questions(known)
    expected = set()
    for unknown in open_unknowns(known):
        designs = answered(known, unknown)
        if any(differ(one, other) for index, one in enumerate(designs) for other in designs[index + 1 :]):
            expected.add(unknown.path)
    assert set(paths(found)) == expected
    spared = {each.path for each in found.not_asked}
    assert spared == {unknown.path for unknown in open_unknowns(known)} - expected


def test_every_subject_is_an_unknown_that_may_be_asked() -> None:
    known = {unknown.path for unknown in UNKNOWNS}
    assert set(COVERED.values()) <= known
    seen = questions(EMPTY)
    assert set(COVERED.values()) <= set(paths(seen)) | {each.path for each in seen.not_asked}


def test_what_is_stated_is_not_asked() -> None:
    for question in questions(DEMO).asked:
        held = DEMO.at(question.path)
        assert held is None or held == (), question.path


def test_what_was_assumed_is_still_unknown() -> None:
    assert paths(questions(complete(EMPTY))) == paths(questions(EMPTY))


def test_what_was_answered_with_nothing_is_not_asked_again() -> None:
    assert "workflows" in paths(questions(EMPTY))
    again = questions(EMPTY, settled={"workflows"})
    assert "workflows" not in paths(again)
    assert "workflows" not in {each.path for each in again.not_asked}


@pytest.mark.parametrize("known", [EMPTY, ONE_LINE, DEMO], ids=["empty", "one line", "demo"])
def test_the_answers_do_what_they_say(known: Brief) -> None:
    found = questions(known)
    assert found.asked
    base = design(known)
    for question in found.asked:
        assert question.effects[0].answer == question.recommended
        assert question.effects[0].changes == ()
        for effect in question.effects:
            there = design(known.put(question.path, effect.fact))
            for name, before, after in effect.changes:
                if name in {decision.name for decision in base.decisions}:
                    assert base.choice(name) == before
                    assert there.choice(name) == after
            changed = {name for name, _, _ in effect.changes}
            for decision in there.decisions:
                if decision.name not in changed:
                    assert decision.choice == base.choice(decision.name), (question.path, effect.answer)


def test_taking_the_recommended_answers_gives_the_same_design() -> None:
    taken = ONE_LINE
    for question in questions(ONE_LINE).asked:
        taken = taken.put(question.path, question.effects[0].fact)
    before, after = design(ONE_LINE), design(taken)
    for decision in before.decisions:
        assert after.choice(decision.name) == decision.choice
    assert after.sizing.replicas == before.sizing.replicas


def test_the_dearest_to_undo_comes_first() -> None:
    asked = questions(ONE_LINE).asked
    weights = [question.weight for question in asked]
    assert weights == sorted(weights, reverse=True)
    order = [question.path for question in asked]
    assert order.index("security.tenancy") < order.index("deployment.cloud")
    assert order.index("load.requests_per_second") < order.index("data.gigabytes")


def test_the_reason_names_the_number_at_which_it_turns() -> None:
    by_path = {question.path: question.because for question in questions(ONE_LINE).asked}
    assert by_path["load.requests_per_second"].startswith("at ")
    assert " requests/s or more " in by_path["load.requests_per_second"]
    assert " changes from " in by_path["load.requests_per_second"]
    number = float(by_path["load.requests_per_second"].split()[1].replace(",", ""))
    assert 50 < number < 20_000
    before = design(ONE_LINE.put("load.requests_per_second", fact(number * 0.99)))
    after = design(ONE_LINE.put("load.requests_per_second", fact(number * 1.02)))
    assert any(after.choice(each.name) != each.choice for each in before.decisions)
    assert by_path["load.availability"].startswith("at 99.")


def test_the_number_named_turns_it_as_the_flip_point_says() -> None:
    path = "budget.infrastructure_usd_per_month"
    because = next(each.because for each in questions(ONE_LINE).asked if each.path == path)
    number = float(because.split()[1].replace(",", ""))
    assert because.endswith("USD a month or less the deployment changes from vm to compose")
    assert design(ONE_LINE.put(path, fact(number))).choice("deployment") == "compose"
    flips = with_flip_points(design(ONE_LINE)).decision("deployment").flips
    assert [flip.at for flip in flips if flip.path == path] == [pytest.approx(number, rel=0.01)]


def test_what_does_not_matter_says_so() -> None:
    spared = {each.path: each for each in questions(DEMO).not_asked}
    retention = spared["data.retention_days"]
    assert retention.assumed == "1,825"
    assert "every choice stays" in retention.reason


def test_a_question_has_at_least_two_answers_and_its_recommended_one() -> None:
    for question in questions(EMPTY).asked:
        answers = [effect.answer for effect in question.effects]
        assert len(answers) == len(set(answers)) >= 2
        assert question.recommended in answers
        assert all(answers)
        for effect in question.effects:
            assert effect.fact == () or shown(effect.fact) is not None


def test_an_answer_that_contradicts_the_brief_is_not_offered() -> None:
    known = replace(EMPTY, avoid=(fact("kubernetes"),))
    target = next(each for each in questions(known).asked if each.path == "deployment.target")
    assert "Kubernetes" not in [effect.answer for effect in target.effects]


def test_the_numbers_between_the_answers_hide_nothing() -> None:
    """Where every plausible number gives one design, no number between them gives another."""
    spared = {each.path for each in questions(DEMO).not_asked}
    base = design(DEMO)
    for unknown in UNKNOWNS:
        numbers = [value for value in unknown.answers.values() if isinstance(value, int | float)]
        if unknown.path not in spared or len(numbers) < 2 or unknown.path == "deployment.regions":
            continue
        low, high = min(numbers), max(numbers)
        for step in range(1, 12):
            value = low + (high - low) * (step / 12) ** 3
            held: Fact[object] = fact(int(value) if isinstance(numbers[0], int) else value)
            assert not differ(base, design(DEMO.put(unknown.path, held))), (unknown.path, value)


def test_a_decision_whose_undoing_nobody_estimated_is_asked_about_all_the_same() -> None:
    tables = shipped()
    constants = {name: each for name, each in tables.constants.items() if name != "undo.tenancy"}
    found = questions(EMPTY, replace(tables, constants=constants))
    weights = {question.path: question.weight for question in found.asked}
    before = {question.path: question.weight for question in questions(EMPTY).asked}
    assert 0 < weights["security.tenancy"] < before["security.tenancy"]


def test_a_line_is_questioned_within_a_second() -> None:
    times = []
    for _ in range(3):
        start = process_time()
        questions(ONE_LINE)
        times.append(process_time() - start)
    assert min(times) < 1

"""What a flip point says holds for whoever writes the number into the brief and designs anew."""

from pathlib import Path

import pytest
import yaml
from assistants import assistant
from briefs import CUSTOMER, DEMO, ORDER, Value, brief

from architect.design.assumptions import complete
from architect.design.engine import choices, design
from architect.design.flips import with_flip_points
from architect.design.ladders import ASSISTANT_LADDERS, LADDERS
from architect.design.paths import WHOLE_NUMBERS, told
from architect.model.brief import Brief
from architect.model.decision import FlipPoint
from architect.model.errors import InputError

CASES = sorted((Path(__file__).parents[1] / "cases" / "design").glob("*.yaml"))
BUDGET = "budget.infrastructure_usd_per_month"


def shipped(path: Path) -> Brief:
    values: dict[str, Value] = yaml.safe_load(path.read_text(encoding="utf-8"))["brief"]
    return brief(values)


RAG = brief({"assistant.tasks": ("question_answering",)})
BRIEFS = {
    "rag": RAG,
    "contracts": assistant(),
    "strict contracts": assistant({"assistant.quality": 0.8}),
    "rest": brief({"services[].interfaces": ("rest",)}, shop=(CUSTOMER, ORDER)),
    "demo": DEMO,
    **{path.stem: shipped(path) for path in CASES},
}
ENDS = {path: (ladder[0], ladder[-1]) for path, ladder in {**LADDERS, **ASSISTANT_LADDERS}.items()}


def stating(known: Brief, flip: FlipPoint, value: float) -> dict[str, str]:
    """What is chosen when the number is written into the brief that was given."""
    free = known.put(flip.without, None) if flip.without else known
    try:
        return choices(free.put(flip.path, told(flip.path, value, "stated")))
    except InputError:
        return {}


def between(path: str, first: float, last: float) -> list[float]:
    """Both numbers and what lies between them, nearer to the first one more closely."""
    shares = (0, 0.02, 0.1, 0.4, 1)
    values = [first + (last - first) * share for share in shares]
    return sorted({round(each) for each in values} if path in WHOLE_NUMBERS else set(values))


def beyond(flip: FlipPoint) -> list[float]:
    """Numbers from the flip point on to where it says that it ends."""
    assert not isinstance(flip.at, str)
    if flip.until is not None:
        return between(flip.path, flip.at, flip.until)
    least, most = ENDS[flip.path]
    end = max(most, flip.at) if flip.direction == "above" else min(least, flip.at)
    near = min(end, flip.at * 2) if flip.direction == "above" else max(end, flip.at / 2)
    return [*between(flip.path, flip.at, near), *between(flip.path, near, end)]


def before(flip: FlipPoint) -> list[float]:
    """Numbers from what is known now on, to a hair (1.5%) before the flip point."""
    assert not isinstance(flip.at, str)
    if not isinstance(flip.now, int | float):
        return []
    hair = 1 if flip.path in WHOLE_NUMBERS and flip.at < 100 else 0.015 * abs(flip.at)
    if flip.path == "load.availability":
        hair = 0.015 * (100 - flip.at)
    last = flip.at - hair if flip.direction == "above" else flip.at + hair
    return between(flip.path, last, flip.now) if (last > flip.now) == (flip.at > flip.now) else []


@pytest.mark.parametrize("name", BRIEFS)
def test_a_number_that_is_written_into_the_brief_does_what_its_flip_point_says(name: str) -> None:
    known = BRIEFS[name]
    told_wrong = []
    for decision in with_flip_points(design(known)).decisions:
        for flip in decision.flips:
            if flip.direction == "is":
                continue
            for value in beyond(flip):
                then = stating(known, flip, value).get(decision.name)
                if then != flip.then:
                    told_wrong.append(f"{decision.name}: {flip.sentence}; at {value:,.6g} {then}")
            for value in before(flip):
                then = stating(known, flip, value).get(decision.name, decision.choice)
                if then != decision.choice:
                    told_wrong.append(f"{decision.name}: {flip.sentence}; before, at {value:,.6g} {then}")
    assert not told_wrong


def test_what_is_assumed_follows_the_number_that_is_stated() -> None:
    turns = [
        flip for flip in with_flip_points(design(RAG)).decision("deployment").flips if flip.path == BUDGET
    ]
    assert [flip.then for flip in turns] == ["compose"]
    assert choices(RAG.put(BUDGET, told(BUDGET, turns[0].at, "stated")))["deployment"] == "compose"


def test_a_brief_that_was_completed_before_has_the_same_flip_points() -> None:
    assert with_flip_points(design(complete(RAG))) == with_flip_points(design(RAG))


def test_no_target_for_quality_is_less_than_any() -> None:
    quality = [
        flip
        for flip in with_flip_points(design(RAG)).decision("evaluation").flips
        if flip.path == "assistant.quality"
    ]
    assert [flip.direction for flip in quality] == ["above"]


@pytest.mark.parametrize(
    ("flip", "sentence"),
    [
        (
            FlipPoint("assistant.questions_per_day", 500.0, 214.0, "below", "window", until=180.0),
            "assistant.questions_per_day from 214 down to 180 (now 500): window",
        ),
        (
            FlipPoint("load.requests_per_second", 1.0, 1200.0, "above", "redis", until=5000.0),
            "load.requests_per_second from 1,200 to 5,000 (now 1): redis",
        ),
        (
            FlipPoint("deployment.regions", 1.0, 2.0, "above", "vm", until=2.0),
            "deployment.regions at 2 (now 1): vm",
        ),
    ],
)
def test_a_choice_that_holds_only_for_a_while_says_to_where(flip: FlipPoint, sentence: str) -> None:
    assert flip.sentence == sentence

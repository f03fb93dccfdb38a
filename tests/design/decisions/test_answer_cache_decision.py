from collections.abc import Mapping

import pytest
from assistants import assistant, chosen
from briefs import Value, option

from architect.design.engine import design
from architect.design.flips import with_flip_points

MANY: Mapping[str, Value] = {
    "assistant.questions_per_day": 200_000.0,
    "budget.llm_usd_per_month": 100_000.0,
}


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "exact"),
        ({"assistant.questions_per_day": 500.0}, "none"),
        ({"assistant.data_stays": "own_servers"}, "none"),
        (MANY, "exact"),
        ({"prefer.answer_cache": "semantic_guarded"}, "semantic_guarded"),
        ({"prefer.answer_cache": "semantic"}, "semantic_guarded"),
        ({"prefer.answer_cache": "none"}, "none"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("answer_cache", values) == choice


def test_likeness_alone_is_told_to_be_dangerous() -> None:
    guarded = option(assistant(), "answer_cache", "semantic_guarded")
    assert "0.989" in guarded.costs[0]
    assert {each.source for each in guarded.figures if "likeness" in each.name} == {"measured"}


def test_likeness_is_never_chosen_by_weight_and_the_flip_says_how_it_is_had() -> None:
    made = with_flip_points(design(assistant(MANY))).decision("answer_cache")
    scores = {each.name: each.score for each in made.options}
    assert scores["semantic_guarded"] > scores["exact"]
    assert ("prefer.answer_cache", "semantic_guarded") in {(flip.path, flip.then) for flip in made.flips}


def test_it_says_what_it_must_save() -> None:
    """Its care is dearer by 3.75 hours, and of each dollar of tokens it saves two cents more."""
    told = option(assistant(), "answer_cache", "semantic_guarded").gives[-1]
    assert told == "saves more than its care costs from 14,062 USD of tokens a month"


def test_the_wish_is_told_beside_what_would_have_been_chosen() -> None:
    made = design(assistant({"prefer.answer_cache": "semantic_guarded"}))
    decision = made.decision("answer_cache")
    assert decision.wish is not None
    assert decision.wish.would_have_chosen == "exact"
    assert decision.chosen.infeasible is None
    assert not [warning for warning in made.warnings if "answer_cache" in warning]

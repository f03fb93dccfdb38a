import pytest
from assistants import assistant, chosen
from briefs import Value, option


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "exact"),
        ({"assistant.questions_per_day": 500.0}, "none"),
        ({"assistant.data_stays": "own_servers"}, "none"),
        (
            {"assistant.questions_per_day": 200_000.0, "budget.llm_usd_per_month": 100_000.0},
            "semantic_guarded",
        ),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("answer_cache", values) == choice


def test_likeness_alone_is_told_to_be_dangerous() -> None:
    guarded = option(assistant(), "answer_cache", "semantic_guarded")
    assert "0.989" in guarded.costs[0]
    assert {each.source for each in guarded.figures if "likeness" in each.name} == {"measured"}

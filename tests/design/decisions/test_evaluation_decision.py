import pytest
from assistants import assistant, chosen
from briefs import Value, option


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "judged_questions"),
        ({"assistant.questions_per_day": 300.0}, "shipped_questions"),
        ({"assistant.questions_per_day": 300.0, "assistant.quality": 0.8}, "judged_questions"),
        ({"assistant.questions_per_day": 9000.0}, "judge_model"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("evaluation", values) == choice


def test_a_judge_needs_a_model() -> None:
    quoted = assistant({"budget.llm_usd_per_month": 5.0})
    assert option(quoted, "evaluation", "judge_model").infeasible is not None


def test_a_target_is_shown_on_questions_of_ones_own() -> None:
    known = assistant({"assistant.quality": 0.8})
    assert "80%" in (option(known, "evaluation", "shipped_questions").infeasible or "")

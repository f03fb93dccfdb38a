import pytest
from assistants import assistant, chosen
from briefs import Value, option


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "data_only"),
        ({"prefer.language_model": "mistral-small", "assistant.questions_per_day": 60_000.0}, "classifier"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("prompt_injection", values) == choice


def test_passages_of_others_are_never_given_to_a_model_as_they_are() -> None:
    assert option(assistant(), "prompt_injection", "none").infeasible
    assert option(assistant({"assistant.access": "owner"}), "prompt_injection", "none").infeasible is None

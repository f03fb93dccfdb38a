import pytest
from assistants import assistant, chosen
from briefs import Value, option

from architect.design.engine import design

QUIET: dict[str, Value] = {"assistant.data_stays": "own_servers", "assistant.questions_per_day": 300.0}


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "provider_api"),
        ({"assistant.data_stays": "own_servers"}, "vllm"),
        ({"budget.llm_usd_per_month": 5.0}, "none"),
        ({"prefer.language_model": "vllm"}, "vllm"),
        ({"prefer.language_model": "ollama"}, "llama_cpp"),
        ({"prefer.language_model": "llama-3"}, "vllm"),
        (QUIET, "vllm"),
        ({**QUIET, "assistant.first_token_milliseconds": 90_000.0}, "llama_cpp"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("model_serving", values) == choice


def test_a_card_is_paid_and_drawn_into_the_bill() -> None:
    made = design(assistant({"assistant.data_stays": "own_servers"}))
    figures = {figure.name: figure.value for figure in made.sizing.figures}
    assert figures["cost: language model server"] == 587.5
    assert option(assistant(), "model_serving", "vllm").infeasible is not None

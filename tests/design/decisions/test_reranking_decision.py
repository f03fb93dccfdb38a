import pytest
from assistants import assistant, chosen
from briefs import Value, option


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "none"),
        ({"assistant.first_token_milliseconds": 20_000.0}, "cross_encoder"),
        ({"assistant.questions_per_day": 20_000.0}, "provider"),
        ({"assistant.questions_per_day": 20_000.0, "assistant.data_stays": "own_servers"}, "none"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("reranking", values) == choice


def test_a_model_of_ours_takes_its_time() -> None:
    figures = {each.name: each.value for each in option(assistant(), "reranking", "cross_encoder").figures}
    assert figures["time"] == pytest.approx(30 * (235 + 40) * 21.3 / 78, abs=1)

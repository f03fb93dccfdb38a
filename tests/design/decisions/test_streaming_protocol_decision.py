import pytest
from assistants import assistant, chosen
from briefs import Value, option


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "sse"),
        ({"services[].interfaces": ("grpc",)}, "grpc_stream"),
        ({"services[].interfaces": ("rest", "grpc")}, "sse"),
        ({"assistant.streaming": False, "assistant.questions_per_day": 5.0}, "plain"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("streaming_protocol", values) == choice


def test_what_is_to_be_streamed_is_streamed() -> None:
    assert option(assistant(), "streaming_protocol", "plain").infeasible == "answers are to be streamed"
    figures = {each.name: each.value for each in option(assistant(), "streaming_protocol", "sse").figures}
    assert figures["memory of streams"] == pytest.approx(figures["open streams"] * 0.5)

import pytest
from assistants import assistant, chosen
from briefs import Value, option


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "all-minilm-l6-v2"),
        ({"assistant.languages": ("de",)}, "multilingual-e5-small"),
        ({"assistant.questions_per_day": 50_000.0}, "mistral-embed"),
        (
            {"assistant.questions_per_day": 50_000.0, "assistant.data_stays": "own_servers"},
            "multilingual-e5-small",
        ),
        ({"assistant.questions_per_day": 1.0}, "none"),
        ({"prefer.embedding_model": "openai"}, "text-embedding-3-small"),
        ({"prefer.embedding_model": "voyage-3"}, "voyage-3"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("embedding_model", values) == choice


def test_text_that_may_not_leave_is_embedded_here() -> None:
    known = assistant({"assistant.data_stays": "own_servers"})
    assert option(known, "embedding_model", "mistral-embed").infeasible is not None
    assert option(known, "embedding_model", "all-minilm-l6-v2").infeasible is None
    assert (
        option(assistant({"assistant.data_stays": "eu"}), "embedding_model", "mistral-embed").infeasible
        is None
    )


@pytest.mark.parametrize(
    ("avoided", "choice"), [("mistral", "text-embedding-3-small"), ("ollama", "mistral-embed")]
)
def test_no_text_is_embedded_by_a_vendor_to_avoid(avoided: str, choice: str) -> None:
    values: dict[str, Value] = {"avoid": (avoided,), "assistant.questions_per_day": 50_000.0}
    assert chosen("embedding_model", values) == choice


def test_changes_that_may_wait_for_the_night_need_no_cores() -> None:
    soon = option(assistant(), "embedding_model", "all-minilm-l6-v2").figures[0]
    night = assistant({"assistant.searchable_within_minutes": 1440.0})
    assert soon.value > 0
    assert option(night, "embedding_model", "all-minilm-l6-v2").figures[0].value == 0

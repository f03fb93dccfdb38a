import pytest
from assistants import assistant, chosen
from briefs import Value, option


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "best"),
        ({"prefer.language_model": "mistral-small"}, "neighbours"),
        ({"assistant.pages_per_document": 0.2}, "documents"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("context_packing", values) == choice


def test_documents_that_are_too_long_are_not_packed_whole() -> None:
    whole = option(assistant({"assistant.pages_per_document": 100.0}), "context_packing", "documents")
    assert whole.infeasible == "150,000 tokens a question and 32,000 are the most"

import pytest
from assistants import assistant, chosen
from briefs import Value, option


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "structure"),
        ({"assistant.pages_per_document": 0.2}, "whole"),
        ({"assistant.questions_per_day": 100.0}, "window"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("chunking", values) == choice


def test_windows_tear_what_is_laid_out() -> None:
    text = option(assistant({"assistant.formats": ("text",)}), "chunking", "window")
    laid_out = option(assistant({"assistant.formats": ("pdf",)}), "chunking", "window")
    assert laid_out.score < text.score


def test_large_passages_need_an_embedder_that_reads_them() -> None:
    assert option(assistant(), "chunking", "large").infeasible is not None
    wide = assistant({"prefer.embedding_model": "text-embedding-3-small"})
    assert option(wide, "chunking", "large").infeasible is None

import pytest
from assistants import assistant, chosen
from briefs import Value, option

SMALL = 20_000


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "pgvector"),
        ({"prefer.database": "sqlite", "assistant.documents": SMALL}, "sqlite"),
        ({"assistant.documents": 50_000_000}, "qdrant"),
        ({"prefer.vector_store": "qdrant"}, "qdrant"),
        ({"prefer.vector_store": "weaviate"}, "weaviate"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("vector_store", values) == choice


def test_opensearch_is_taken_into_account_only_where_it_is_run() -> None:
    assert option(assistant(), "vector_store", "opensearch").infeasible is not None
    there = assistant({"integrations": ("search:opensearch",)})
    assert option(there, "vector_store", "opensearch").infeasible is None


def test_a_file_needs_one_machine() -> None:
    spread = assistant({"deployment.target": "kubernetes"})
    assert "moves replicas" in (option(spread, "vector_store", "sqlite").infeasible or "")
    small = assistant({"assistant.documents": SMALL})
    assert option(small, "vector_store", "sqlite").infeasible is None


def test_a_file_is_not_offered_where_comparing_takes_longer_than_a_question_may() -> None:
    many = option(assistant(), "vector_store", "sqlite")
    assert "comparing all" in (many.infeasible or "")
    assert "250 is the most" in (many.infeasible or "")


def test_filters_say_what_pgvector_needs() -> None:
    costs = " ".join(option(assistant(), "vector_store", "pgvector").costs)
    assert "iterative_scan" in costs
    public = option(assistant({"assistant.access": "everyone"}), "vector_store", "pgvector")
    assert "iterative_scan" not in " ".join(public.costs)

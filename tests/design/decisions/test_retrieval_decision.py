import pytest
from assistants import assistant, chosen
from briefs import Value, option


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "hybrid_convex"),
        ({"assistant.questions_per_day": 50.0}, "keyword"),
        ({"assistant.questions_per_day": 50.0, "assistant.languages": ("en", "de")}, "hybrid_convex"),
        ({"assistant.documents": 5_000_000}, "dense"),
        ({"prefer.retrieval": "keyword"}, "keyword"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("retrieval", values) == choice


def test_the_measured_figures_are_told_with_their_source() -> None:
    known = assistant()
    for name, ndcg in (("keyword", 0.756), ("hybrid_rrf", 0.731), ("hybrid_convex", 0.771)):
        figure = next(each for each in option(known, "retrieval", name).figures if each.name == "nDCG@10")
        assert (figure.value, figure.source) == (ndcg, "measured")
        assert "472 RAG questions over 2,128 chunks" in figure.because
    assert option(known, "retrieval", "dense").figures[2].source == "assumed"


def test_rank_fusion_is_never_better_than_scores_added() -> None:
    known = assistant()
    assert option(known, "retrieval", "hybrid_rrf").score < option(known, "retrieval", "hybrid_convex").score

import pytest
from assistants import assistant, chosen
from briefs import Value, option

from architect.design.tables import shipped
from architect.model.brief import Brief


@pytest.mark.parametrize(
    ("values", "choice"),
    [
        ({}, "hybrid_convex"),
        ({"assistant.questions_per_day": 50.0}, "hybrid_convex"),
        ({"assistant.questions_per_day": 50.0, "assistant.tasks": ("search",)}, "keyword"),
        ({"assistant.questions_per_day": 1.0}, "keyword"),
        ({"assistant.questions_per_day": 50.0, "assistant.languages": ("en", "de")}, "hybrid_convex"),
        ({"assistant.documents": 5_000_000}, "dense"),
        ({"prefer.retrieval": "keyword"}, "keyword"),
    ],
)
def test_the_choice_follows_the_brief(values: dict[str, Value], choice: str) -> None:
    assert chosen("retrieval", values) == choice


def test_the_measured_figures_are_told_with_their_source() -> None:
    known = assistant()
    found = {"keyword": 0.756, "hybrid_rrf": 0.731, "hybrid_convex": 0.771, "dense": 0.672}
    for name, ndcg in found.items():
        figure = next(each for each in option(known, "retrieval", name).figures if each.name == "nDCG@10")
        assert (figure.value, figure.source) == (ndcg, "measured")
        assert "472 RAG questions" in figure.because


def test_a_way_that_leaves_more_unanswered_is_told_and_charged_where_answers_are_asked_for() -> None:
    answering, searching = assistant(), assistant({"assistant.tasks": ("search",)})

    def lost(known: Brief, name: str) -> float:
        return {each.name: each.value for each in option(known, "retrieval", name).figures}["worse answers"]

    hour = shipped().constants["people.hour_usd"].value
    unanswered = 3000 * 730 / 24 * (0.955 - 0.507)
    more = lost(answering, "keyword") - lost(searching, "keyword")
    assert more == pytest.approx(unanswered * 0.5 / 60 * hour, abs=0.01)
    assert lost(answering, "hybrid_convex") == lost(searching, "hybrid_convex")


def test_rank_fusion_is_never_better_than_scores_added() -> None:
    known = assistant()
    assert option(known, "retrieval", "hybrid_rrf").score < option(known, "retrieval", "hybrid_convex").score

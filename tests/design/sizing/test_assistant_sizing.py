from math import ceil

import pytest
from assistants import assistant
from briefs import EMPTY, Value, case_of

from architect.design.case import Case
from architect.design.engine import design, outline
from architect.design.sizing.assistant_bill import assistant_items
from architect.design.sizing.corpus import (
    asked,
    changed_tokens,
    embedding_ms,
    passages,
    passages_by,
    tokens_per_document,
)
from architect.design.sizing.index import exact_ms, index, keyword_ms
from architect.design.sizing.serving import on_cards, on_cores
from architect.design.sizing.store import pgvector_usd, qdrant_usd
from architect.design.sizing.streams import open_streams, peak, wait
from architect.design.sizing.tokens import month_usd, question_usd, spent, writer, wrong_usd
from architect.design.tables import shipped


def case(values: dict[str, Value] | None = None, **chosen: str) -> Case:
    return case_of(assistant(values), **chosen)


def test_passages_are_documents_over_what_a_passage_holds() -> None:
    known = case()
    assert tokens_per_document(known) == 6 * 500
    each = ceil(3000 / (235 * 0.75))
    assert passages(known).count == 250_000 * each
    assert passages(known).tokens == pytest.approx(3000 / each + 15)
    windows = passages_by(known, "window")
    assert windows.count == 250_000 * ceil(3000 / (235 * 0.85))
    assert windows.tokens == 250
    assert passages_by(known, "large").infeasible is not None
    assert passages_by(known, "whole").infeasible is not None
    assert passages_by(case({"assistant.pages_per_document": 0.2}), "whole").infeasible is None


def test_stated_text_beats_pages() -> None:
    known = case({"assistant.gigabytes": 10.0})
    assert tokens_per_document(known) == pytest.approx(10e9 / 4 / 250_000)


def test_a_vector_takes_four_bytes_a_dimension_and_a_graph_its_links() -> None:
    found = index(case())
    assert found.vectors == passages(case()).count
    assert found.vector_bytes == found.vectors * 384 * 4
    assert found.graph_bytes == pytest.approx(found.vectors * (16 * (2 + 1 / 15) * 6 + 60))
    assert found.memory_gib == pytest.approx((found.vector_bytes + found.graph_bytes) / 2**30)
    assert index(case(retrieval="keyword")).vectors == 0


def test_search_grows_in_proportion_to_what_was_measured() -> None:
    known = case({"assistant.documents": 10_000})
    count = passages(known).count
    assert exact_ms(known) == pytest.approx(22 * count / 100_000)
    assert keyword_ms(known) == pytest.approx(3.6 * count / 100_000)


def test_a_question_costs_its_tokens() -> None:
    known, model = case(), shipped().language_models["gpt-4.1"]
    tokens = spent(known)
    assert tokens.read == pytest.approx(350 + 40 + 6 * passages(known).tokens)
    by_hand = (tokens.read * 2.0 + 250 * 8.0) / 1e6
    assert question_usd(known, model) == pytest.approx(by_hand)
    assert month_usd(known, model) == pytest.approx(by_hand * 3000 * 730 / 24)
    assert wrong_usd(known, 0.1) == pytest.approx(3000 * 730 / 24 * 0.1 * 0.5 / 60 * 75)


def test_a_summary_reads_the_document() -> None:
    known = case({"assistant.tasks": ("summarise",)})
    assert spent(known).context == tokens_per_document(known)


def test_streams_are_open_as_long_as_answers_take() -> None:
    known = case()
    assert peak(known) == pytest.approx(3000 * 0.15 / 3600)
    waited = wait(known, writer(known))
    mean, most = open_streams(known, waited.last_ms / 1000)
    assert mean == pytest.approx(peak(known) * waited.last_ms / 1000)
    assert most > mean
    assert waited.first_ms < waited.last_ms


def test_embedding_takes_the_measured_time_or_a_round_trip() -> None:
    known, models = case(), shipped().embedding_models
    assert embedding_ms(known, models["all-minilm-l6-v2"], 200) == pytest.approx(200 * 21.3 / 78)
    assert embedding_ms(known, models["text-embedding-3-small"], 200) == 150
    assert changed_tokens(known) == pytest.approx(passages(known).all_tokens / 250_000 * 500)


def test_own_models_take_whole_cards_or_the_cores_of_a_machine() -> None:
    few, many = case(), case({"assistant.questions_per_day": 300_000.0})
    assert on_cards(few).machines == 1
    seconds = spent(many).read / 3500 + spent(many).answer / 400
    assert on_cards(many).machines == ceil(peak(many) * seconds / 0.6)
    assert on_cards(many).usd == on_cards(many).machines * 587.5
    assert on_cores(many).infeasible is not None
    assert on_cores(few).first_ms == pytest.approx(spent(few).read / (5 * 16) * 1000)


def test_qdrant_needs_a_quarter_of_the_memory() -> None:
    large = case({"assistant.documents": 20_000_000, "deployment.target": "kubernetes"})
    assert qdrant_usd(large)[0] < pgvector_usd(large)[0]
    small = case({"assistant.documents": 1000})
    assert qdrant_usd(small)[0] > pgvector_usd(small)[0]


def test_the_bill_has_the_machines_of_the_assistant() -> None:
    names = {item.name for item in assistant_items(case())}
    assert names == {"passages and vectors", "embedding"}
    local = case({"assistant.data_stays": "own_servers"}, reranking="cross_encoder")
    assert {"language model server", "reranking"} <= {item.name for item in assistant_items(local)}


def test_the_assistant_is_told_in_figures() -> None:
    figures = {figure.name: figure for figure in design(assistant()).sizing.figures}
    for name in (
        "documents",
        "passages",
        "tokens embedded once",
        "vectors on disk",
        "graph on disk",
        "index in memory",
        "questions at the peak",
        "tokens read for a question",
        "language model",
        "language model by mistral-small",
        "streams open at the peak",
    ):
        assert name in figures, name
    assert figures["documents"].source == "stated"
    assert figures["pages of a document"].source == "assumed"
    plain = {figure.name for figure in design(EMPTY).sizing.figures}
    assert "passages" not in plain


def test_designs_are_compared_with_what_their_language_models_cost() -> None:
    provider, own = assistant(), assistant({"assistant.data_stays": "own_servers"})
    figures = {figure.name: figure.value for figure in design(provider).sizing.figures}
    infrastructure, tokens = figures["monthly cost"], figures["language model"]
    assert figures["monthly cost with language models"] == pytest.approx(infrastructure + tokens, abs=0.02)
    assert outline(provider).monthly_usd == pytest.approx(infrastructure + tokens, abs=0.02)
    bare = design(own).sizing
    assert outline(own).monthly_usd == bare.monthly_usd
    assert "monthly cost with language models" not in {figure.name for figure in bare.figures}


def test_the_whole_cost_holds_every_provider_that_is_asked() -> None:
    busy = assistant({"assistant.questions_per_day": 10_000.0})
    made = design(busy)
    assert (made.chosen("reranking"), made.chosen("embedding_model")) == ("provider", "mistral-embed")
    figures = {figure.name: figure.value for figure in made.sizing.figures}
    searches = {figure.name: figure for figure in made.decision("reranking").chosen.figures}["searches"]
    assert searches.value == pytest.approx(10_000 * 730 / 24 / 1000 * 2, abs=0.01)
    assert "2 USD / 1,000" in searches.because
    parts = ("monthly cost", "language model", "embedding by the provider")
    whole = sum(figures[name] for name in parts) + searches.value
    assert figures["monthly cost with language models"] == pytest.approx(whole, abs=0.03)
    assert outline(busy).monthly_usd == pytest.approx(whole, abs=0.03)


def test_a_file_is_not_told_to_hold_a_graph() -> None:
    values = {"assistant.documents": 20_000, "prefer.vector_store": "sqlite"}
    made = design(assistant(values))
    chosen = next(each for each in made.decisions if each.name == "vector_store")
    figures = {figure.name: figure for figure in made.sizing.figures}
    of_file = {figure.name: figure for figure in chosen.chosen.figures}
    assert chosen.choice == "sqlite"
    assert "graph on disk" not in figures
    vectors = figures["vectors on disk"].value * 1e9
    for told in (figures, of_file):
        assert told["index in memory"].value * 2**30 == pytest.approx(vectors, rel=0.02)
    beside = {option.name: option for option in chosen.options}["pgvector"]
    of_server = {figure.name: figure for figure in beside.figures}
    assert of_server["index on disk"].value > of_file["index on disk"].value
    assert "graph" in of_server["index on disk"].because


def test_a_case_without_an_assistant_has_no_corpus() -> None:
    with pytest.raises(LookupError, match="wants none"):
        asked(case_of(EMPTY))

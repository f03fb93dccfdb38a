import pytest
from assistants import CONTRACTS, assistant
from briefs import DEMO, EMPTY, Value, brief
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from architect.design.assistant import generates, read_assistant, retrieves, wants_assistant
from architect.design.assistant_assumptions import ASSISTANT_ASSUMPTIONS
from architect.design.assistant_unknowns import ASSISTANT_UNKNOWNS, unknowns_of
from architect.design.assumptions import complete
from architect.design.engine import choices, design
from architect.design.flips import moved, with_flip_points
from architect.design.order import in_order
from architect.design.questions import questions
from architect.design.unknowns import UNKNOWNS
from architect.model.brief import Brief
from architect.model.errors import InputError
from architect.model.fact import Fact
from architect.registry import walk

OURS = {name for name, rule in in_order() if rule.applies}
GATES = {module.rpartition(".")[2] for module in walk("architect.verify.gates")} | {
    "retrieval",
    "model_failure",
}

VALUES: dict[str, st.SearchStrategy[Value]] = {
    "assistant.tasks": st.lists(
        st.sampled_from(["question_answering", "chat", "search", "summarise", "extract", "classify"]),
        unique=True,
        min_size=1,
        max_size=3,
    ),
    "assistant.documents": st.integers(0, 10**9),
    "assistant.pages_per_document": st.floats(0.05, 2000).map(lambda value: round(value, 2)),
    "assistant.gigabytes": st.floats(0.001, 5000).map(lambda value: round(value, 3)),
    "assistant.formats": st.lists(st.sampled_from(["pdf", "scan", "html", "text"]), unique=True, max_size=2),
    "assistant.languages": st.lists(st.sampled_from(["en", "de", "many"]), unique=True, max_size=2),
    "assistant.changes_per_day": st.floats(0, 1e6).map(lambda value: round(value, 1)),
    "assistant.searchable_within_minutes": st.sampled_from([0.5, 5.0, 60.0, 1440.0]),
    "assistant.questions_per_day": st.floats(0, 1e7).map(lambda value: round(value, 1)),
    "assistant.streaming": st.booleans(),
    "assistant.first_token_milliseconds": st.floats(20, 200_000).map(lambda value: round(value, 1)),
    "assistant.answer_milliseconds": st.floats(100, 200_000).map(lambda value: round(value, 1)),
    "assistant.access": st.sampled_from(["everyone", "groups", "owner"]),
    "assistant.data_stays": st.sampled_from(["anywhere", "eu", "own_servers"]),
    "assistant.quality": st.floats(0, 1).map(lambda value: round(value, 3)),
    "budget.llm_usd_per_month": st.floats(0, 10_000).map(lambda value: round(value, 0)),
    "prefer.vector_store": st.sampled_from(["pgvector", "sqlite", "qdrant", "opensearch", "weaviate"]),
    "prefer.language_model": st.sampled_from(["gpt-4.1", "claude", "ollama", "extractive", "gemini"]),
    "prefer.embedding_model": st.sampled_from(["all-minilm-l6-v2", "openai", "voyage-3"]),
    "deployment.target": st.sampled_from(["kubernetes", "compose", "vm", "serverless"]),
    "prefer.database": st.sampled_from(["postgresql", "mysql", "sqlite", "mongodb"]),
    "services[].interfaces": st.sampled_from([("rest",), ("grpc",), ("rest", "grpc")]),
}


@st.composite
def assistants(draw: st.DrawFn) -> Brief:
    paths = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=8))
    values = {path: draw(VALUES[path]) for path in sorted(paths)}
    return brief({"assistant.tasks": ("question_answering",), **values})


many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(assistants())
def test_every_assistant_gets_a_whole_design(known: Brief) -> None:
    made = design(known)
    assert design(made.brief) == made
    rules = dict(in_order())
    for decision in made.decisions:
        names = [option.name for option in decision.options]
        assert decision.choice in names
        assert len(names) == len(set(names))
        assert decision.context
        assert decision.drivers
        assert decision.consequences
        gates = {
            name for part in decision.confirmed_by.split("; ") for name in part.split(": ")[0].split(", ")
        }
        assert gates <= GATES, decision.confirmed_by
        for option in decision.options:
            assert option.gives
            assert option.costs or option.name in {"standby", "rest"}
            for figure in option.figures:
                assert figure.because
        feasible = [option for option in decision.options if option.infeasible is None]
        if feasible and not rules[decision.name].wished(made.brief):
            assert decision.chosen.score == max(option.score for option in feasible)
    bill = sum(figure.value for figure in made.sizing.figures if figure.name.startswith("cost: "))
    assert bill == pytest.approx(made.sizing.monthly_usd, abs=0.2)
    assert all(figure.because for figure in made.sizing.figures)


def test_who_wants_an_assistant() -> None:
    assert not wants_assistant(DEMO)
    assert not wants_assistant(brief({"prefer.vector_store": "qdrant"}))
    assert wants_assistant(brief({"assistant.questions_per_day": 10.0}))
    search, summaries = brief({"assistant.tasks": ("search",)}), brief({"assistant.tasks": ("summarise",)})
    assert (retrieves(search), generates(search)) == (True, False)
    assert (retrieves(summaries), generates(summaries)) == (False, True)


def test_a_brief_without_an_assistant_is_as_before() -> None:
    for known in (EMPTY, DEMO):
        made = design(known)
        assert OURS.isdisjoint(decision.name for decision in made.decisions)
        assert made.brief.assistant == known.assistant
        assert unknowns_of(known) == UNKNOWNS
    asked = {question.path for question in questions(EMPTY).asked}
    assert not any(path.startswith("assistant.") for path in asked)


def test_a_search_needs_no_model_and_a_summary_no_store() -> None:
    search = choices(brief({"assistant.tasks": ("search",)}))
    assert {"vector_store", "retrieval", "evaluation"} <= set(search)
    assert not {"language_model", "model_serving", "answer_cache", "streaming_protocol"} & set(search)
    summaries = choices(brief({"assistant.tasks": ("summarise",)}))
    assert {"language_model", "model_serving"} <= set(summaries)
    assert not {"vector_store", "retrieval", "embedding_model", "chunking"} & set(summaries)


def test_every_unknown_of_an_assistant_is_filled_with_a_reason() -> None:
    whole = complete(brief({"assistant.tasks": ("chat",)}))
    for row in ASSISTANT_ASSUMPTIONS:
        held = whole.at(row.path)
        facts = held if isinstance(held, tuple) else (held,)
        assert facts
        assert all(isinstance(each, Fact) and each.because for each in facts), row.path
    assert complete(whole) == whole
    assert whole.assistant.tasks[0].value == "chat"


def test_documents_follow_from_text_and_requests_from_questions() -> None:
    whole = complete(brief({"assistant.gigabytes": 12.0, "assistant.tasks": ("chat",)}))
    assert whole.number("assistant.documents") == 1_000_000  # 12 GB / (6 pages x 500 tokens x 4 bytes)
    busy = complete(assistant({"assistant.questions_per_day": 60_000.0}))
    assert busy.number("load.requests_per_second") == 10.0  # 60,000 x 15% / 3,600 s x 4 requests


def test_gdpr_keeps_the_text_in_the_eu() -> None:
    whole = complete(assistant({"security.compliance": ("gdpr",)}))
    assert whole.assistant.data_stays is not None
    assert whole.assistant.data_stays.value == "eu"


@pytest.mark.parametrize(
    "values",
    [
        {"assistant.documents": -1},
        {"assistant.quality": 1.5},
        {"assistant.pages_per_document": 0.0},
        {"assistant.first_token_milliseconds": 0.0},
        {"budget.llm_usd_per_month": -1.0},
    ],
)
def test_what_cannot_be_is_refused(values: dict[str, Value]) -> None:
    path = next(iter(values))
    with pytest.raises(InputError, match=f"{path}: .* cannot be"):
        design(assistant(values))


def test_every_decision_of_an_assistant_turns_somewhere_and_where_it_says() -> None:
    made = with_flip_points(design(assistant()))
    for decision in made.decisions:
        if decision.name not in OURS:
            continue
        assert decision.flips, decision.name
        for flip in decision.flips:
            assert choices(moved(assistant(), flip))[decision.name] == flip.then, (decision.name, flip)
            assert flip.then != decision.choice


def test_the_questions_ask_what_changes_an_assistant() -> None:
    known = brief({"assistant.tasks": ("question_answering",)})
    found = questions(known)
    asked = {question.path: question for question in found.asked}
    assert {
        "assistant.documents",
        "assistant.questions_per_day",
        "assistant.data_stays",
        "assistant.languages",
        "budget.llm_usd_per_month",
    } <= set(asked)
    assert "assistant.tasks" not in asked
    told = {unknown.path for unknown in ASSISTANT_UNKNOWNS}
    assert told <= set(asked) | {each.path for each in found.not_asked} | {"assistant.tasks"}
    for question in found.asked:
        answers = [effect.answer for effect in question.effects]
        assert question.recommended in answers
        assert len(answers) == len(set(answers)) >= 2


def test_an_answer_that_does_away_with_a_decision_says_so() -> None:
    known = brief({"assistant.questions_per_day": 500.0})
    tasks = next(each for each in questions(known).asked if each.path == "assistant.tasks")
    changes = {change for effect in tasks.effects for change in effect.changes}
    assert any(name == "language_model" and after == "not needed" for name, _, after in changes)


def test_the_flat_needs_are_those_of_the_brief() -> None:
    needs = read_assistant(complete(assistant({"assistant.languages": ("en", "de")})))
    assert needs is not None
    assert needs.documents == CONTRACTS["assistant.documents"]
    assert needs.mixed
    assert needs.foreign
    assert needs.filtered
    assert needs.may_reach("own_servers")
    assert read_assistant(complete(EMPTY)) is None


def test_models_that_cannot_be_priced_are_designed_all_the_same() -> None:
    made = design(assistant({"prefer.language_model": "gemini-2.5-pro"}))
    assert made.choice("language_model") == "gemini-2.5-pro"
    assert "no figures" in made.decision("language_model").chosen.costs[0]
    assert made.choice("model_serving") == "provider_api"

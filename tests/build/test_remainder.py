from dataclasses import replace

import pytest
from designs import COLLECTOR, SPECIMEN, design, entity, fact

from architect import app
from architect.build.remainder import remainder
from architect.model.brief import Assistant, Integration, Service, Workflow, WorkflowStep
from architect.model.decision import Decision, Option
from architect.model.design import Design
from architect.model.entity import Field


def told(known: Design) -> str:
    return "\n".join(remainder(known))


def test_a_design_that_is_written_whole_leaves_nothing():
    assert remainder(design("x", SPECIMEN, COLLECTOR)) == ()


@pytest.mark.parametrize(
    ("decision", "choice", "said"),
    [
        ("cache", "redis", "every read goes to PostgreSQL"),
        ("messaging", "kafka", "publishes nothing"),
        ("consistency", "outbox", "no events leave the service"),
        ("identity", "mtls", "callers present JWTs instead"),
        ("observability", "traces", "traces are not written yet; metrics"),
        ("tenancy", "schema_per_tenant", "tenants share tables"),
        ("process_model", "separate", "one process serves both"),
        ("database_topology", "read_replicas", "everything goes to DATABASE_URL"),
        ("rate_limiting", "gateway", "counts in each process"),
    ],
)
def test_what_was_decided_and_is_not_written_is_told(decision: str, choice: str, said: str):
    assert said in told(design("x", COLLECTOR, **{decision: choice}))


def test_no_broker_is_nothing_to_tell():
    assert told(design("x", COLLECTOR, messaging="none")) == ""


def test_wishes_of_the_brief_are_told():
    known = design("x", COLLECTOR)
    (service,) = known.brief.services
    brief = replace(
        known.brief,
        services=(
            replace(service, interfaces=(fact("events"),), calls=(fact("inventory"),)),
            Service(name=fact("stock"), entities=(fact(entity("Item", Field("name", "string"))),)),
        ),
        integrations=(fact(Integration("payments", "http", "stripe")),),
        workflows=(fact(Workflow("checkout", (WorkflowStep("x", "pay"),))),),
        assistant=Assistant(tasks=(fact("question_answering"), fact("summarise"))),
    )
    said = told(replace(known, brief=brief))
    for part in (
        "x and stock",
        "inventory",
        "Events",
        "stripe",
        "checkout",
        "summarise is not written yet",
    ):
        assert part in said


def test_what_an_assistant_was_decided_to_have_and_has_not_is_told():
    known = design("x", SPECIMEN)
    wanted = replace(known.brief, assistant=Assistant(tasks=(fact("question_answering"),)))
    decided = [
        Decision(name, name, "", (Option(choice, choice, (), ()),), choice, (), (), "retrieval: it shows")
        for name, choice in (
            ("vector_store", "opensearch"),
            ("retrieval", "hybrid_convex"),
            ("streaming_protocol", "grpc_stream"),
        )
    ]
    said = told(replace(known, brief=wanted, decisions=tuple(decided)))
    assert "vector_store: opensearch is not written yet; vectors are kept in PostgreSQL by pgvector." in said
    assert "hybrid_convex" not in said
    assert "grpc_stream" not in said


@pytest.mark.parametrize("access", ["each team sees its own", "everyone may see everything"])
def test_documents_for_groups_and_for_everyone_are_written(access: str):
    wish = f"Answer questions over 2000 documents with citations; {access}; docker compose"
    assert not [said for said in remainder(app.design(app.brief(wish))) if said.startswith("Access")]


def test_groups_without_identity_are_told_to_be_none():
    wish = "Answer questions over 2000 documents with citations; each team sees its own; no authentication"
    assert "who belongs to no group" in " ".join(remainder(app.design(app.brief(wish))))


@pytest.mark.parametrize(("model", "told_of"), [("GPT-4o", "gpt-4o"), ("GPT-4.1", ""), ("Claude Sonnet", "")])
def test_a_wished_model_that_is_not_written_into_the_chain_is_told(model: str, told_of: str):
    wish = f"RAG over 10,000 documents with {model}, 1,000 questions a day, docker compose"
    said = [line for line in remainder(app.design(app.brief(wish))) if line.startswith("Language model")]
    assert [told_of in line and "MODEL_CHAIN" in line for line in said] == [True] * bool(told_of)


@pytest.mark.parametrize("words", ["OpenAI embeddings", "OpenAI for answers", "answers by Anthropic"])
def test_a_provider_of_models_is_nothing_left_out(words: str):
    wish = f"RAG over 10,000 documents, {words}, 1,000 questions a day, docker compose"
    assert not [line for line in remainder(app.design(app.brief(wish))) if line.startswith("Integrations")]

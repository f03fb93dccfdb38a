from dataclasses import replace

import pytest
from designs import COLLECTOR, design, entity, fact, without

from architect.build.choices import choices
from architect.build.entity.normalise import entities
from architect.model.brief import Assistant
from architect.model.design import Design
from architect.model.entity import Field
from architect.model.errors import InputError


def chosen(known: Design):
    return choices(known, entities(known.brief).named)


@pytest.mark.parametrize(
    ("style", "rest", "grpc"), [("both", True, True), ("rest", True, False), ("grpc", False, True)]
)
def test_the_interface_style_decides_the_doors(style: str, *, rest: bool, grpc: bool):
    found = chosen(design("x", COLLECTOR, interface_style=style))
    assert (found.rest, found.grpc) == (rest, grpc)


@pytest.mark.parametrize(
    ("decision", "choice", "attribute", "value"),
    [
        ("identity", "none", "identity", "none"),
        ("identity", "oidc", "identity", "jwt"),
        ("identity", "api_key", "identity", "jwt"),
        ("rate_limiting", "in_process", "counting", "memory"),
        ("rate_limiting", "gateway", "counting", "memory"),
        ("rate_limiting", "redis", "counting", "redis"),
        ("deployment", "vm", "deployment", "vm"),
        ("tenancy", "shared_tables", "multi_tenant", True),
        ("tenancy", "single", "multi_tenant", False),
    ],
)
def test_a_decision_decides_what_is_written(decision: str, choice: str, attribute: str, value: object):
    assert getattr(chosen(design("x", COLLECTOR, **{decision: choice})), attribute) == value


@pytest.mark.parametrize(
    ("decision", "choice", "mend"),
    [
        ("framework", "flask", "state prefer.framework: fastapi"),
        ("datastore", "mongodb", "state prefer.database: postgresql"),
        ("deployment", "serverless", "state deployment.target: compose"),
    ],
)
def test_what_everything_rests_on_and_cannot_be_written_is_refused(decision: str, choice: str, mend: str):
    with pytest.raises(InputError, match=f"{choice} cannot be written yet") as refused:
        chosen(design("x", COLLECTOR, **{decision: choice}))
    assert mend in refused.value.line()


def test_a_design_without_a_decision_takes_the_first_that_is_written():
    assert chosen(without(design("x", COLLECTOR), "deployment")).deployment == "kubernetes"


@pytest.mark.parametrize("task", ["question_answering", "search", "chat"])
def test_an_assistant_that_searches_documents_brings_its_block(task: str):
    known = design("x", COLLECTOR)
    wanted = replace(known.brief, assistant=Assistant(tasks=(fact(task),)))
    assert chosen(replace(known, brief=wanted)).assistant
    assert not chosen(known).assistant


@pytest.mark.parametrize("store", ["pgvector", "sqlite", "qdrant"])
def test_documents_are_kept_where_the_design_says(store: str):
    known = design("x", COLLECTOR, deployment="compose", vector_store=store)
    wanted = replace(known.brief, assistant=Assistant(tasks=(fact("search"),)))
    assert chosen(replace(known, brief=wanted)).vector_store == store


def test_a_file_of_documents_is_refused_where_replicas_move():
    known = design("x", COLLECTOR, deployment="kubernetes", vector_store="sqlite")
    wanted = replace(known.brief, assistant=Assistant(tasks=(fact("search"),)))
    with pytest.raises(InputError, match="a disk that stays") as refused:
        chosen(replace(known, brief=wanted))
    assert "deployment.target: compose" in refused.value.line()


def test_a_refused_sqlite_names_what_keeps_documents_in_a_file():
    known = design("x", COLLECTOR, datastore="sqlite")
    with pytest.raises(InputError) as refused:
        chosen(known)
    assert "vector_store" not in refused.value.line()
    wanted = replace(known.brief, assistant=Assistant(tasks=(fact("search"),)))
    with pytest.raises(InputError, match="sqlite cannot be written yet") as refused:
        chosen(replace(known, brief=wanted))
    assert "prefer.vector_store: sqlite keeps passages and vectors in a file" in refused.value.line()


@pytest.mark.parametrize(("name", "plural"), [("Document", "documents"), ("Answer", "answers")])
def test_an_entity_that_the_assistant_keeps_itself_is_refused(name: str, plural: str):
    known = design("x", entity(name, Field("name", "string")))
    assert chosen(known)
    wanted = replace(known.brief, assistant=Assistant(tasks=(fact("search"),)))
    with pytest.raises(InputError, match=f"the assistant keeps {plural} itself") as refused:
        chosen(replace(known, brief=wanted))
    assert f"{name}Record" in str(refused.value)


@pytest.mark.parametrize(
    ("way", "fusion"),
    [
        ("hybrid_convex", "convex"),
        ("hybrid_rrf", "reciprocal_rank"),
        ("keyword", "keyword"),
        ("dense", "dense"),
    ],
)
def test_a_search_goes_as_it_was_designed(way: str, fusion: str):
    known = design("x", COLLECTOR, retrieval=way)
    wanted = replace(known.brief, assistant=Assistant(tasks=(fact("search"),)))
    assert chosen(replace(known, brief=wanted)).fusion == fusion

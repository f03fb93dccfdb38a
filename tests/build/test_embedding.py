"""What a project is given of the embedder that its design chose."""

from dataclasses import replace

import pytest

from architect import app
from architect.build.embedders import BUILT_IN, SERVED
from architect.build.remainder import remainder
from architect.design.tables import shipped
from architect.model.decision import Option
from architect.model.design import Design

WISH = "Answer questions about 5,000 contracts in PDF, with PostgreSQL; docker compose"


def _designed(embedder: str) -> Design:
    design = app.design(app.complete(app.brief(WISH)))
    option = Option(embedder, embedder, (), ())
    decisions = tuple(
        replace(each, choice=embedder, options=(option,)) if each.name == "embedding_model" else each
        for each in design.decisions
    )
    return replace(design, decisions=decisions)


def _files(embedder: str) -> dict[str, str]:
    project = app.build(_designed(embedder))
    return {file.path: file.content.decode(errors="replace") for file in project.files}


def _compose(files: dict[str, str]) -> dict[str, str]:
    lines = [line.strip() for line in files["compose.yaml"].splitlines() if " EMBEDDING_" in line]
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.parametrize("name", sorted(SERVED))
def test_deployments_are_given_the_model_that_the_design_chose(name: str) -> None:
    served, given = SERVED[name], _compose(_files(name))
    assert given["EMBEDDING_MODEL"] == f"${{EMBEDDING_MODEL:-{served.model}}}"
    assert given["EMBEDDING_DIMENSIONS"] == f"${{EMBEDDING_DIMENSIONS:-{served.dimensions}}}"
    assert given["EMBEDDING_MAX_TOKENS"] == f"${{EMBEDDING_MAX_TOKENS:-{served.tokens}}}"
    assert ("EMBEDDING_QUESTION_PREFIX" in given) is bool(served.question)


def test_a_providers_address_is_given_and_an_own_servers_asked_for() -> None:
    provider, own = _compose(_files("mistral-embed")), _compose(_files("multilingual-e5-small"))
    assert provider["EMBEDDING_URL"] == "${EMBEDDING_URL:-https://api.mistral.ai/v1}"
    assert provider["EMBEDDING_API_KEY"] == "${EMBEDDING_API_KEY:-}"
    assert own["EMBEDDING_URL"].startswith("${EMBEDDING_URL:?")
    assert "EMBEDDING_API_KEY" not in own


def test_the_readme_says_how_an_own_server_is_run() -> None:
    assert "--model-id intfloat/multilingual-e5-small" in _files("multilingual-e5-small")["README.md"]
    assert "--model-id" not in _files(BUILT_IN)["README.md"]


def test_the_built_in_model_asks_deployments_for_nothing_and_starts_without_a_server() -> None:
    files = _files(BUILT_IN)
    assert _compose(files) == {}
    assert "EMBEDDING_URL=\n" in files[".env.example"]
    assert "EMBEDDING_URL=\n" in _files("mistral-embed")[".env.example"]


@pytest.mark.parametrize(("name", "written"), [*((name, True) for name in SERVED), ("voyage-3", False)])
def test_what_is_written_is_not_told_as_missing(name: str, *, written: bool) -> None:
    told = [line for line in remainder(_designed(name)) if line.startswith("Embedding model")]
    assert bool(told) is not written


def test_models_are_as_the_design_knows_them() -> None:
    known = shipped().embedding_models
    assert known.keys() == {BUILT_IN, *SERVED}
    for name, served in SERVED.items():
        model = known[name]
        assert (served.dimensions, served.tokens, served.own) == (model.dimensions, model.tokens, model.own)

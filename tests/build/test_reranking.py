"""What a project is given of the reranker that its design chose."""

from dataclasses import replace

import pytest

from architect import app
from architect.build.blocks.reranking import OWN_SECONDS, SERVED
from architect.build.remainder import remainder
from architect.design.decisions.reranking import DECISIONS
from architect.model.design import Design

WISH = "Answer questions about 5,000 contracts in PDF, with PostgreSQL; {deployment}"


def _designed(choice: str, deployment: str = "docker compose") -> Design:
    design = app.design(app.complete(app.brief(WISH.format(deployment=deployment))))
    decisions = tuple(
        replace(each, choice=choice) if each.name == "reranking" else each for each in design.decisions
    )
    return replace(design, decisions=decisions)


def _files(choice: str, deployment: str = "docker compose") -> dict[str, str]:
    project = app.build(_designed(choice, deployment))
    return {file.path: file.content.decode(errors="replace") for file in project.files}


def _compose(files: dict[str, str]) -> dict[str, str]:
    lines = [line.strip() for line in files["compose.yaml"].splitlines() if " RERANK_" in line]
    return dict(line.split(": ", 1) for line in lines)


def test_every_way_to_rerank_is_written():
    ways = {option.name for option in _designed("none").decision("reranking").options}
    assert ways == {"none", *SERVED}
    assert "reranking" in DECISIONS.items()
    for way in ways:
        assert not [line for line in remainder(_designed(way)) if "erank" in line]


def test_without_one_deployments_are_asked_for_nothing():
    files = _files("none")
    assert _compose(files) == {}
    assert "RERANK_URL=\n" in files[".env.example"]
    assert "vllm serve" not in files["README.md"]


def test_a_providers_address_is_given_and_its_key_may_be_set():
    given = _compose(_files("provider"))
    assert given["RERANK_URL"] == "${RERANK_URL:-https://api.cohere.com/v2}"
    assert given["RERANK_MODEL"] == "${RERANK_MODEL:-rerank-v3.5}"
    assert given["RERANK_API_KEY"] == "${RERANK_API_KEY:-}"


def test_an_own_servers_address_is_asked_for():
    files = _files("cross_encoder")
    given = _compose(files)
    assert given["RERANK_URL"].startswith("${RERANK_URL:?")
    assert given["RERANK_MODEL"] == f"${{RERANK_MODEL:-{SERVED['cross_encoder'].model}}}"
    assert "RERANK_API_KEY" not in given
    (figure,) = (
        each.value
        for option in _designed("none").decision("reranking").options
        if option.name == "cross_encoder"
        for each in option.figures
        if each.name == "time"
    )
    assert given["RERANK_TIMEOUT_SECONDS"] == f"${{RERANK_TIMEOUT_SECONDS:-{OWN_SECONDS}}}"
    assert 2 * figure <= 1000 * float(OWN_SECONDS) <= 3 * figure
    assert f"vllm serve {SERVED['cross_encoder'].model}" in " ".join(files["README.md"].split())


@pytest.mark.parametrize(("choice", "port"), [("provider", 443), ("cross_encoder", 8000)])
def test_a_cluster_lets_the_service_reach_it(choice: str, port: int):
    written = "".join(
        content for path, content in _files(choice, "Kubernetes").items() if "network" in path.lower()
    )
    assert f"port: {port}" in written

"""Where documents are kept decides what a project has, and what it does without."""

from dataclasses import replace

import pytest
from designs import COLLECTOR, design, fact

from architect import app
from architect.build.engine import build
from architect.build.remainder import remainder
from architect.model.brief import Assistant
from architect.model.errors import InputError

OF_POSTGRESQL = {"migrations/versions/0002_documents.py", "src/orders/adapters/corpus/postgresql.py"}


def files(store: str, deployment: str = "compose") -> dict[str, str]:
    """Return the files of a project that keeps documents there."""
    known = design("orders", COLLECTOR, deployment=deployment, vector_store=store)
    wanted = replace(known.brief, assistant=Assistant(tasks=(fact("search"),)))
    project = build(replace(known, brief=wanted), "name: x\n")
    return {file.path: file.content.decode(errors="replace") for file in project.files}


def test_a_project_with_a_file_has_nothing_of_postgresqls_documents():
    made = files("sqlite")
    assert not OF_POSTGRESQL & made.keys()
    assert "pgvector" not in made["compose.yaml"]
    assert "src/orders/adapters/sqlite/file.py" in made
    assert "corpus.ping" not in made["src/orders/bootstrap.py"]
    assert "file.ping" in made["src/orders/bootstrap.py"]


def test_a_file_has_a_place_that_outlives_the_container():
    made = files("sqlite")
    assert "CORPUS_PATH: /var/lib/orders/corpus.sqlite3" in made["compose.yaml"]
    assert "- corpus:/var/lib/orders" in made["compose.yaml"]
    assert "--owner=10001 --group=10001 --mode=0700 /var/lib/orders" in made["Dockerfile"]


def test_a_unit_has_a_state_directory_for_the_file():
    made = files("sqlite", "vm")
    assert "StateDirectory=orders\n" in made["deploy/systemd/orders.service"]
    assert "CORPUS_PATH=/var/lib/orders/corpus.sqlite3" in made["deploy/systemd/orders.env"]
    assert "StateDirectory" not in files("pgvector", "vm")["deploy/systemd/orders.service"]


def test_a_project_with_qdrant_keeps_documents_in_postgresql():
    made = files("qdrant")
    assert made.keys() >= OF_POSTGRESQL
    assert "src/orders/adapters/corpus/settling.py" not in made
    assert "QDRANT_API_KEY: ${QDRANT_API_KEY:?set QDRANT_API_KEY}" in made["compose.yaml"]
    assert "no server was tried" in " ".join(made["README.md"].split())


@pytest.mark.parametrize(("store", "pinned"), [("pgvector", False), ("sqlite", False), ("qdrant", True)])
def test_the_client_of_qdrant_is_pinned_where_it_is_needed(store: str, *, pinned: bool):
    made = files(store)
    for name in ("runtime", "development"):
        assert ("qdrant-client==" in made[f"requirements/{name}.txt"]) is pinned
    assert ("qdrant-client>=" in made["pyproject.toml"]) is pinned


def test_a_file_is_refused_where_replicas_move():
    with pytest.raises(InputError, match="a disk that stays"):
        files("sqlite", "kubernetes")


@pytest.mark.parametrize(
    "wish",
    [
        "RAG over 20,000 documents in one SQLite file on docker compose; 1,000 questions a day",
        "RAG over 20,000 documents, keep the vectors in SQLite, records in PostgreSQL, docker compose",
        "RAG with SQLite as the vector store, docker compose, 1,000 questions a day",
    ],
)
def test_a_wish_for_a_file_in_words_is_written(wish: str):
    settled = app.design(app.brief(wish))
    assert settled.chosen("vector_store") == "sqlite"
    assert "CORPUS_PATH" in next(
        file.content.decode() for file in app.build(settled).files if file.path == "compose.yaml"
    )


def test_records_that_were_meant_for_the_file_are_told_to_be_in_postgresql():
    settled = app.design(
        app.brief("RAG over 20,000 documents, everything in one SQLite file; docker compose")
    )
    assert any("records stay in PostgreSQL" in warning for warning in settled.warnings)
    assert any("records are kept in PostgreSQL" in said for said in remainder(settled))

    settled = app.design(
        app.brief("RAG over documents, vectors in SQLite, records in PostgreSQL; docker compose")
    )
    assert not any("records stay" in warning for warning in settled.warnings)
    assert not any("records are kept" in said for said in remainder(settled))


def test_a_search_by_keywords_alone_is_written():
    wish = "Search over 100,000 documents by keyword only, no vectors, no embeddings; docker compose"
    settled = app.design(app.brief(wish))
    example = next(file.content for file in app.build(settled).files if file.path == ".env.example")
    assert settled.chosen("retrieval") == "keyword"
    assert b"RETRIEVAL_FUSION=keyword" in example
    assert any("all-MiniLM-L6-v2 embeds" in said for said in remainder(settled))

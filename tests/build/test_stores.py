"""Where documents are kept decides what a project has, and what it does without."""

from dataclasses import replace

import pytest
from designs import COLLECTOR, design, fact

from architect.build.engine import build
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

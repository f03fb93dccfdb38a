"""Kept answers serve other words where the design was asked for that, and nothing of it is elsewhere."""

import pytest
from designs import COLLECTOR, design, fact

from architect import app
from architect.build.remainder import remainder
from architect.model.design import Design
from architect.model.project import Project

TEXT = "Lawyers ask questions over 20,000 contracts and get streamed answers; docker compose"
OWN = ("/rewording/", "wordings.py")


def chosen(cache: str, store: str = "pgvector") -> Design:
    brief = app.brief(TEXT).put("prefer.answer_cache", fact(cache)).put("prefer.vector_store", fact(store))
    return app.design(app.complete(brief))


def files(known: Design) -> dict[str, str]:
    project: Project = app.build(known)
    return {file.path: file.content.decode(errors="replace") for file in project.files}


@pytest.mark.parametrize(
    ("store", "kept", "migrated"),
    [
        ("pgvector", "PostgresqlWordings(database,settings.model.kept)", True),
        ("sqlite", "SqliteWordings(file,settings.model.kept)", False),
    ],
)
def test_where_it_was_asked_for_the_gateway_is_given_it(store: str, kept: str, *, migrated: bool) -> None:
    known = chosen("semantic_guarded", store)
    made = files(known)
    bootstrap = next(text for path, text in made.items() if path.endswith("/bootstrap.py"))
    plain = "".join(bootstrap.split())
    assert f"reuse=Rewordings({kept},embedder,settings.rewording)" in plain
    assert "completions,model_metrics,reuse,)" in plain
    assert ("migrations/versions/0005_wordings.py" in made) is migrated
    assert "MODEL_CACHE: ${MODEL_CACHE:-exact}" in made["compose.yaml"]
    assert "MODEL_CACHE_REWORDED: ${MODEL_CACHE_REWORDED:-true}" in made["compose.yaml"]
    assert "`MODEL_CACHE_LEAST_SIMILAR`" in made["README.md"]
    assert not [told for told in remainder(known) if "cache" in told]


@pytest.mark.parametrize("cache", ["exact", "none"])
def test_elsewhere_there_is_nothing_of_it(cache: str) -> None:
    made = files(chosen(cache))
    assert not [path for path in made if any(part in path for part in OWN)]
    assert not [path for path, text in made.items() if "MODEL_CACHE_REWORDED" in text]
    bootstrap = next(text for path, text in made.items() if path.endswith("/bootstrap.py"))
    assert "Rewordings" not in bootstrap


def test_without_a_model_that_answers_nothing_is_kept() -> None:
    known = design("orders", COLLECTOR, answer_cache="semantic_guarded")
    assert not [path for path in files(known) if any(part in path for part in OWN)]

"""The database's container is given the memory that the design computed for its index."""

from dataclasses import replace

import pytest
import yaml
from checks import texts
from designs import design, fact
from shapes import SHAPES

from architect.build.engine import build
from architect.build.index_memory import FIGURE
from architect.model.brief import Assistant
from architect.model.design import Design
from architect.model.fact import Figure


def _with_index(store: str, gibibytes: float) -> Design:
    known = design("papers", *SHAPES["exemplar"], deployment="compose", vector_store=store)
    decision = known.decision("vector_store")
    figure = Figure(FIGURE, gibibytes, "GiB", "computed", "vectors and graph")
    options = tuple(
        replace(option, figures=(figure,)) if option.name == store else option for option in decision.options
    )
    decisions = tuple(
        replace(each, options=options) if each.name == "vector_store" else each for each in known.decisions
    )
    brief = replace(known.brief, assistant=Assistant(tasks=(fact("question_answering"),)))
    return replace(known, brief=brief, decisions=decisions)


@pytest.mark.parametrize(
    ("store", "gibibytes", "service", "memory"),
    [
        ("pgvector", 0.1, "postgres", "1G"),
        ("pgvector", 7.52, "postgres", "9G"),
        ("qdrant", 7.52, "qdrant", "9G"),
        ("qdrant", 7.52, "postgres", "1G"),
    ],
)
def test_the_database_has_room_for_its_index(store: str, gibibytes: float, service: str, memory: str):
    written = texts(build(_with_index(store, gibibytes), "name: x\n"))
    services = yaml.safe_load(written["compose.yaml"])["services"]

    assert services[service]["deploy"]["resources"]["limits"]["memory"] == memory


def test_postgresql_is_told_what_it_may_keep_in_memory():
    services = yaml.safe_load(texts(build(_with_index("pgvector", 7.52), "name: x\n"))["compose.yaml"])[
        "services"
    ]

    assert services["postgres"]["command"] == [
        *("postgres", "-c", "shared_buffers=2304MB", "-c", "effective_cache_size=6912MB")
    ]

"""What searches and evaluations of a project are told of how its design finds passages."""

from dataclasses import replace

import pytest

from architect import app
from architect.model.design import Design

WISH = "Answer questions about 5,000 contracts in PDF, with PostgreSQL; docker compose"


def _designed(retrieval: str, packing: str) -> Design:
    design = app.design(app.complete(app.brief(WISH)))
    chosen = {"retrieval": retrieval, "context_packing": packing}
    decisions = tuple(replace(each, choice=chosen.get(each.name, each.choice)) for each in design.decisions)
    return replace(design, decisions=decisions)


@pytest.mark.parametrize(
    ("retrieval", "packing", "says"),
    [
        ("keyword", "best", ('= "keyword"', "= 0")),
        ("dense", "neighbours", ('= "dense"', "= 1")),
        ("hybrid_rrf", "best", ('= "reciprocal_rank"', "= 0")),
        ("hybrid_convex", "neighbours", ('= "convex"', "= 1")),
    ],
)
def test_services_and_evaluations_search_as_the_design_says(
    retrieval: str, packing: str, says: tuple[str, str]
):
    files = {
        file.path: file.content.decode()
        for file in app.build(_designed(retrieval, packing)).files
        if file.path.endswith(".py")
    }
    (designed,) = (content for path, content in files.items() if path.endswith("/designed.py"))
    fusion, window = designed.strip().splitlines()[-2:]
    assert fusion.endswith(says[0])
    assert window.endswith(says[1])
    searching = [path for path, content in files.items() if ".ranking(FUSION, WINDOW)" in content]
    assert [path.rpartition("/")[2] for path in sorted(searching)] == ["bootstrap.py", "__main__.py"]

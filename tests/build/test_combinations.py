"""Every pair of options together, in memory: it compiles, lints and resolves its imports."""

from dataclasses import replace
from pathlib import Path

import pytest
from allpairspy import AllPairs
from checks import lint, problems
from designs import design, fact
from shapes import SHAPES

from architect.build.engine import build
from architect.model.brief import Assistant

OPTIONS = {
    "shape": list(SHAPES),
    "interface_style": ["both", "rest", "grpc"],
    "identity": ["jwt", "none", "oidc"],
    "rate_limiting": ["redis", "in_process"],
    "deployment": ["kubernetes", "compose", "vm"],
    "tenancy": ["owner_rows", "shared_tables"],
    "assistant": ["none", "question_answering"],
    "vector_store": ["pgvector", "sqlite", "qdrant"],
    "name": ["orders", "order-desk", "types", "fleet-management-and-maintenance-planning"],
}


def _goes_together(values: list[str]) -> bool:
    """A file of documents is on one machine."""
    chosen = dict(zip(OPTIONS, values, strict=False))
    return (chosen.get("deployment"), chosen.get("vector_store")) != ("kubernetes", "sqlite")


COMBINATIONS = [
    dict(zip(OPTIONS, values, strict=True))
    for values in AllPairs(list(OPTIONS.values()), filter_func=_goes_together)
]


@pytest.mark.parametrize("chosen", COMBINATIONS, ids=lambda chosen: "-".join(chosen.values()))
def test_options_go_together(chosen: dict[str, str], tmp_path: Path):
    options = dict(chosen)
    task = options.pop("assistant")
    known = design(options.pop("name"), *SHAPES[options.pop("shape")], **options)
    assistant = Assistant(tasks=(fact(task),)) if task != "none" else Assistant()
    project = build(replace(known, brief=replace(known.brief, assistant=assistant)), "name: x\n")

    assert problems(project) == []
    assert lint(project, tmp_path) == ""

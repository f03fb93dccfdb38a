"""Every pair of options together, in memory: it compiles, lints and resolves its imports."""

from pathlib import Path

import pytest
from allpairspy import AllPairs
from checks import lint, problems
from designs import design
from shapes import SHAPES

from architect.build.engine import build

OPTIONS = {
    "shape": list(SHAPES),
    "interface_style": ["both", "rest", "grpc"],
    "identity": ["jwt", "none", "oidc"],
    "rate_limiting": ["redis", "in_process"],
    "deployment": ["kubernetes", "compose", "vm"],
    "tenancy": ["owner_rows", "shared_tables"],
    "name": ["orders", "order-desk", "types", "fleet-management-and-maintenance-planning"],
}

COMBINATIONS = [dict(zip(OPTIONS, values, strict=True)) for values in AllPairs(list(OPTIONS.values()))]


@pytest.mark.parametrize("chosen", COMBINATIONS, ids=lambda chosen: "-".join(chosen.values()))
def test_options_go_together(chosen: dict[str, str], tmp_path: Path):
    options = dict(chosen)
    project = build(design(options.pop("name"), *SHAPES[options.pop("shape")], **options), "name: x\n")

    assert problems(project) == []
    assert lint(project, tmp_path) == ""

"""Whole briefs and what must come of them: ``tests/cases/design/*.yaml``."""

from pathlib import Path
from typing import TypedDict

import pytest
import yaml
from briefs import Value, brief

from architect.design.engine import design

CASES = sorted((Path(__file__).parents[1] / "cases" / "design").glob("*.yaml"))


class Case(TypedDict):
    brief: dict[str, Value]
    choices: dict[str, str]
    sizing: dict[str, tuple[float, float]]
    warnings: list[str]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_comes_out_as_written(path: Path) -> None:
    case: Case = yaml.safe_load(path.read_text(encoding="utf-8"))
    made = design(brief(case["brief"]))
    assert {name: made.choice(name) for name in case["choices"]} == case["choices"]
    sizing = made.sizing
    seen = {
        "processes": sizing.replicas * sizing.workers_per_replica,
        "cpu_millicores": sizing.cpu_millicores,
        "monthly_usd": sizing.monthly_usd,
    }
    for name, (least, most) in case["sizing"].items():
        assert least <= seen[name] <= most, (name, seen[name])
    assert len(made.warnings) >= len(case["warnings"])
    for start in case["warnings"]:
        assert any(warning.startswith(start) for warning in made.warnings), (start, made.warnings)
    if not case["warnings"]:
        assert made.warnings == ()


def test_there_are_cases() -> None:
    assert len(CASES) >= 7

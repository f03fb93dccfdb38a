"""Answers for other words: with a guard removed, the check fails; as the project is built, it passes."""

import asyncio
from pathlib import Path

import pytest
from rows_rewording import CHECK, ROWS
from wiring_built import WHOLE, built, outcomes
from wiring_harness import Row, matching, told

from architect.model.report import GateResult
from architect.verify.gates.model_failure import run

BRIEF = """\
intent: build
name: quillwort
purpose: Lawyers ask questions over 20,000 contracts.
load: {requests_per_second: 20}
deployment: {target: compose}
assistant: {tasks: [question_answering], documents: 20000, questions_per_day: 3000, streaming: true}
prefer: {framework: fastapi, database: postgresql, answer_cache: semantic_guarded}
services:
  - name: quillwort
    interfaces: [rest]
    entities:
      Matter: {owned: true, fields: {name: string}}
"""


@pytest.fixture(scope="module")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, GateResult]:
    """Build the project once, and give what comes of the check on it and without each wiring asked for."""
    asked = {
        item.callspec.params["row"].key
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and item.originalname == test_the_check_fails_without_the_wiring.__name__
        and item.path == Path(__file__)
    }
    rows = [row for row in ROWS if row.key in asked]
    return asyncio.run(outcomes(BRIEF, tmp_path_factory.mktemp("rewording"), rows, run, (CHECK,)))


@pytest.mark.project
def test_the_check_passes(results: dict[str, GateResult]):
    assert results[WHOLE].outcome == "passed", told(results[WHOLE])


@pytest.mark.project
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_the_check_fails_without_the_wiring(row: Row, results: dict[str, GateResult]):
    result = results[row.key]
    assert result.outcome == "failed", told(result)
    assert list(matching(result, row)), told(result)


def test_every_edit_finds_its_place(tmp_path: Path):
    design, project = built(BRIEF, tmp_path)
    assert design.choice("answer_cache") == "semantic_guarded"
    for row in ROWS:
        for edit in row.edits:
            assert (project / edit.path).read_text(encoding="utf-8").count(edit.old) == 1, row.key

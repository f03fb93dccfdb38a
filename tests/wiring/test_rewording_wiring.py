"""Answers for other words: with a guard removed, the check fails; as the project is built, it passes."""

import asyncio
from pathlib import Path

import pytest
from rows_rewording import CHECK, ROWS
from wiring_harness import Row, matching, opened, told

from architect import app
from architect.model.design import Design
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
    return asyncio.run(_run(tmp_path_factory.mktemp("rewording"), rows))


@pytest.mark.project
def test_the_check_passes(results: dict[str, GateResult]):
    assert results[""].outcome == "passed", told(results[""])


@pytest.mark.project
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_the_check_fails_without_the_wiring(row: Row, results: dict[str, GateResult]):
    result = results[row.key]
    assert result.outcome == "failed", told(result)
    assert list(matching(result, row)), told(result)


def test_every_edit_finds_its_place(tmp_path: Path):
    design, project = _built(tmp_path)
    assert design.choice("answer_cache") == "semantic_guarded"
    for row in ROWS:
        for edit in row.edits:
            assert (project / edit.path).read_text(encoding="utf-8").count(edit.old) == 1, row.key


def _built(directory: Path) -> tuple[Design, Path]:
    (directory / "architect.yaml").write_text(BRIEF, encoding="utf-8")
    design = app.design(app.complete(app.brief(str(directory / "architect.yaml"))))
    app.write(app.build(design), directory / "project", lambda _: None)
    return design, directory / "project"


async def _run(directory: Path, rows: list[Row]) -> dict[str, GateResult]:
    design, project = _built(directory)
    async with opened(project, design.brief, design) as workshop:

        async def whole() -> GateResult:
            async with workshop.places:
                return await workshop.run(workshop.subject(workshop.project), run, (CHECK,))

        outcomes = await asyncio.gather(whole(), *map(workshop.result, rows))
        return dict(zip(["", *(row.key for row in rows)], outcomes, strict=True))

"""No feature by name only: with its wiring removed, the check of every claimed feature fails."""

import asyncio
from pathlib import Path

import pytest
import rows_answers
import rows_embedding
import rows_evaluation
import rows_grpc
import rows_ingestion
import rows_metrics
import rows_models
import rows_operations
import rows_reranking
import rows_rest
import rows_retrieval
import rows_rewording
import rows_security
import rows_static
from wiring_exemplar import EXEMPLAR, wanted
from wiring_harness import Row, Workshop, matching, opened, told

from architect.model.report import GateResult
from architect.verify.gate import GATES, Gate

ROWS = (
    *rows_security.ROWS,
    *rows_rest.ROWS,
    *rows_grpc.ROWS,
    *rows_operations.ROWS,
    *rows_metrics.ROWS,
    *rows_retrieval.ROWS,
    *rows_models.ROWS,
    *rows_answers.ROWS,
    *rows_embedding.ROWS,
    *rows_ingestion.ROWS,
    *rows_reranking.ROWS,
    *rows_evaluation.ROWS,
    *rows_static.ROWS,
)
KEYS = {row.key: row for row in ROWS}
UNTOUCHED = "untouched"


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest) -> dict[str, list[GateResult]]:
    """Run every row that was asked for, some side by side, and give what came of each."""
    asked = [item.callspec.params["key"] for item in request.session.items if _is_row(item)]
    return asyncio.run(_run([KEYS[key] for key in asked if key in KEYS], untouched=UNTOUCHED in asked))


# The first of them runs them all.
@pytest.mark.timeout(2700)
@pytest.mark.project
@pytest.mark.parametrize("key", [UNTOUCHED, *KEYS])
def test_a_check_fails_without_the_wiring_and_passes_with_it(key: str, results: dict[str, list[GateResult]]):
    if key == UNTOUCHED:
        for result in results[key]:
            assert result.outcome == "passed", told(result)
        return
    row, (result,) = KEYS[key], results[key]
    assert result.outcome == "failed", told(result)
    assert list(matching(result, row)), told(result)


def test_every_check_has_a_row():
    checks = {check for gate in GATES.items().values() for check in gate.checks}
    rowed = {row.check for row in (*ROWS, *rows_rewording.ROWS)}
    assert rowed <= checks
    assert checks - rowed == set(rows_static.WITHOUT_ROW)


def test_no_two_gates_share_a_check():
    checks = [check for gate in GATES.items().values() for check in gate.checks]
    assert sorted(checks) == sorted(set(checks))


def test_no_two_rows_share_a_name():
    assert len(KEYS) == len(ROWS)


def test_every_edit_finds_its_place(tmp_path: Path):
    lost = []
    for number, row in enumerate(ROWS):
        for edit in row.edits:
            target = tmp_path / str(number) / edit.path
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes((EXEMPLAR / edit.path).read_bytes())
            try:
                edit.apply(tmp_path / str(number))
            except AssertionError as error:
                lost.append(f"{row.key}: {error}")
    assert not lost, "\n".join(lost)


async def _run(rows: list[Row], *, untouched: bool) -> dict[str, list[GateResult]]:
    brief, design = wanted()
    async with opened(EXEMPLAR, brief, design) as workshop:
        tasks = {row.key: asyncio.create_task(_one(workshop, row)) for row in rows}
        if untouched:
            tasks[UNTOUCHED] = asyncio.create_task(_as_it_is(workshop))
        return dict(zip(tasks, await asyncio.gather(*tasks.values()), strict=True))


async def _one(workshop: Workshop, row: Row) -> list[GateResult]:
    try:
        return [await workshop.result(row)]
    except AssertionError as error:
        return [GateResult(row.gate.name, "error", 0.0, reason=str(error))]


async def _as_it_is(workshop: Workshop) -> list[GateResult]:
    """Run the checks that the rows name on the project as it is, a gate at a time in each place."""
    named = {row.check for row in ROWS}

    async def one(gate: Gate) -> GateResult:
        checks = tuple(check for check in gate.checks if check in named)
        async with workshop.place(gate):
            return await workshop.run(workshop.subject(workshop.project), gate, checks)

    gates = [gate for gate in GATES.items().values() if named & set(gate.checks)]
    return list(await asyncio.gather(*map(one, gates)))


def _is_row(item: pytest.Item) -> bool:
    """Return whether a test is one of this module's rows; the stores have some of their own."""
    name = test_a_check_fails_without_the_wiring_and_passes_with_it.__name__
    return isinstance(item, pytest.Function) and item.originalname == name

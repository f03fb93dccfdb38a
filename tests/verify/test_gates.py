"""The gates that the wiring table cannot hold: the project's own tests, and load, which measures."""

import asyncio
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from architect import app
from architect.model.report import GateResult
from architect.verify.environment import environment
from architect.verify.run import verify
from architect.verify.subject import Subject, subject_of

pytestmark = pytest.mark.project

EXEMPLAR = Path(__file__).parents[2] / "exemplar"
BESIDE = shutil.ignore_patterns(".venv", ".local", "__pycache__", ".*_cache", ".hypothesis", "*qdrant*")
"""What a project is copied without: what it made, and what its own requirements do not install."""


@pytest.fixture(scope="module")
def python() -> Path:
    return asyncio.run(environment(EXEMPLAR, lambda _: None))


def result(directory: Path, python: Path, gate: str) -> GateResult:
    wanted = app.brief(str(EXEMPLAR / "architect.yaml"))
    known = subject_of(directory, wanted, app.design(wanted))
    on = Subject(known.directory, known.name, known.package, known.brief, known.design, python)
    (only,) = asyncio.run(verify(on, lambda _: None, gates=(gate,))).results
    return only


@pytest.fixture
def untested(tmp_path: Path) -> Path:
    copy = shutil.copytree(EXEMPLAR, tmp_path / "quillwort", ignore=BESIDE)
    shutil.rmtree(copy / "tests")
    (copy / "tests").mkdir()
    return copy


def test_a_failing_test_is_found_by_name_with_counts(untested: Path, python: Path):
    source = "def test_fine(): pass\n\ndef test_broken():\n    assert 1 == 2\n"
    (untested / "tests" / "test_some.py").write_text(source, encoding="utf-8")
    found = result(untested, python, "tests")
    assert [finding.where for finding in found.findings] == ["tests/test_some.py::test_broken"]
    assert "assert 1 == 2" in found.findings[0].evidence
    assert [figure.value for figure in found.figures] == [1, 0]


def test_a_suite_without_tests_fails(untested: Path, python: Path):
    assert result(untested, python, "tests").outcome == "failed"


def test_load_measures_and_keeps_a_calibration_of_a_quiet_machine(
    python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found = result(EXEMPLAR, python, "load")
    measured = {comparison.measured.name: comparison for comparison in found.comparisons}
    wanted = {"p50", "p95", "p99", "throughput", "saturation of one process", "memory under load"}
    assert wanted <= set(measured)
    assert measured["p95"].target is not None
    assert measured["p95"].predicted is not None
    file = tmp_path / "backend-architect" / "calibration.json"
    if "calibration" not in found.checks:
        assert "other programs kept" in found.reason
        assert not file.exists()
        return
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert set(kept["operations"]) == {"get", "list", "create", "update", "grpc_get"}
    assert all(0.05 < cost["cpu_ms"] < 20 for cost in kept["operations"].values())


def test_the_exemplar_passes_the_gates_that_run_its_tools_and_starts(python: Path, tmp_path: Path):
    """The wiring's table runs all other gates on the exemplar as it is, beside what it takes apart."""
    project = tmp_path / "exemplar"
    shutil.copytree(EXEMPLAR, project, ignore=BESIDE)
    wanted = app.brief(str(project / "architect.yaml"))
    known = subject_of(project, wanted, app.design(wanted))
    on = Subject(known.directory, known.name, known.package, known.brief, known.design, python)
    report = asyncio.run(verify(on, lambda _: None, gates=("tests", "types", "lint", "boot")))
    found = [
        f"{each.gate}: {finding.where} {finding.message}"
        for each in report.results
        for finding in each.findings
    ]
    assert report.passed, "\n".join(found)


def test_a_service_without_rest_is_loaded_and_its_queries_are_heard_by_grpc(python: Path):
    wanted = app.brief(str(EXEMPLAR / "architect.yaml"))
    (service,) = wanted.services
    spoken = tuple(fact for fact in service.interfaces if fact.value == "grpc")
    silent = replace(wanted, services=(replace(service, interfaces=spoken),))
    known = subject_of(EXEMPLAR, silent, app.design(silent))
    on = Subject(known.directory, known.name, known.package, known.brief, known.design, python)
    assert not on.speaks("rest")
    report = asyncio.run(verify(on, lambda _: None, gates=("load", "query_plans")))
    checks = {check for each in report.results for check in each.checks}
    assert {"open_loop", "saturation", "no_sequential_scan"} <= checks
    errors = [finding for each in report.results for finding in each.findings if "fail" in finding.message]
    assert errors == []

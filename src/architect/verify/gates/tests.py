"""The project's own tests, on the run's PostgreSQL."""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from architect.model.fact import Figure
from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.gate import gate, run_probes
from architect.verify.sheet import bounded

SECONDS = 900.0
"""A limit for suites that hang: one of 1,600 tests takes a slow machine that does other things 300."""
_PERCENT = re.compile(r"\[\s*(\d+)%\]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a suite said: counts, and the name with the last words of every test that did not pass."""

    passed: int
    skipped: int
    broken: tuple[tuple[str, str], ...]


async def _suite_passes(bench: Bench) -> list[Finding]:
    scratch = bench.scratch("tests")
    report = scratch / "junit.xml"
    arguments = (
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "--verbose",
        "--junitxml",
        str(report),
        "--tb=short",
    )
    done = await bench.run(
        *arguments,
        within=SECONDS,
        settings={
            "TEST_POSTGRES_URL": (await bench.server()).address("postgres"),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(scratch / "hypothesis"),
        },
        on_line=lambda line: _tell(bench, line),
    )
    if not report.exists():
        message = f"pytest ended with status {done.status} and wrote no report"
        return [Finding("suite_passes", "error", message, evidence=bounded(done.output))]
    outcome = read_junit(report)
    because = "pytest, its JUnit report"
    bench.sheet.figure(Figure("tests passed", outcome.passed, "tests", "measured", because))
    bench.sheet.figure(Figure("tests skipped", outcome.skipped, "tests", "measured", because))
    findings = [
        Finding("suite_passes", "error", "a test of the project fails", where, "`make test`", bounded(said))
        for where, said in outcome.broken
    ]
    if not findings and (outcome.passed == 0 or done.status != 0):
        message = "no test ran" if outcome.passed == 0 else f"pytest ended with status {done.status}"
        findings.append(Finding("suite_passes", "error", message, "tests", evidence=bounded(done.output)))
    return findings


def read_junit(report: Path) -> Outcome:
    """Return what a JUnit report says.

    Raises:
        xml.etree.ElementTree.ParseError: it is none.
    """
    root = ET.parse(report).getroot()  # noqa: S314 - written by the pytest we started
    passed, skipped, broken = 0, 0, []
    for case in root.iter("testcase"):
        trouble = [each for each in case if each.tag in ("failure", "error")]
        if trouble:
            where = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
            broken.append((where, "\n".join(each.text or "" for each in trouble)))
        elif any(each.tag == "skipped" for each in case):
            skipped += 1
        else:
            passed += 1
    return Outcome(passed, skipped, tuple(broken))


def _tell(bench: Bench, line: str) -> None:
    percent = _PERCENT.search(line)
    if percent is not None:
        bench.progress(f"{percent.group(1)}% of the project's tests")


@gate(
    "tests",
    title="The project's own tests",
    checks=("suite_passes",),
    needs=("postgresql",),
    seconds=SECONDS + 10,
)
async def tests(bench: Bench) -> None:
    """Run pytest in the project; every failed test is a finding, and so is a suite without tests."""
    await run_probes(bench, {"suite_passes": _suite_passes}, bench)

"""Lint and formatting, by the project's own configuration: zero findings."""

import json

from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.gate import gate, run_probes
from architect.verify.sheet import bounded

SECONDS = 60.0
FINDINGS_SHOWN = 50


async def _ruff_check(bench: Bench) -> list[Finding]:
    arguments = ("-m", "ruff", "check", "--no-cache", "--output-format", "json", ".")
    done = await bench.run(*arguments, within=SECONDS)
    try:
        entries = json.loads(done.output)
    except ValueError:
        return [Finding("ruff_check", "error", "ruff could not check", evidence=bounded(done.output))]
    return [_finding(bench, entry) for entry in entries[:FINDINGS_SHOWN]]


def _finding(bench: Bench, entry: dict[str, Plain]) -> Finding:
    location = entry.get("location")
    row = location.get("row") if isinstance(location, dict) else "?"
    file = str(entry.get("filename")).removeprefix(f"{bench.subject.directory}/")
    return Finding(
        check="ruff_check",
        severity="error",
        message=f"{entry.get('code')}: {entry.get('message')}",
        where=f"{file}:{row}",
        mend="`make lint` shows it; `ruff check --fix` mends what it can",
    )


async def _ruff_format(bench: Bench) -> list[Finding]:
    done = await bench.run("-m", "ruff", "format", "--no-cache", "--check", ".", within=SECONDS)
    if done.status == 0:
        return []
    unformatted = [
        line.removeprefix("Would reformat: ")
        for line in done.output.splitlines()
        if line.startswith("Would reformat: ")
    ]
    if not unformatted:
        return [Finding("ruff_format", "error", "ruff could not format", evidence=bounded(done.output))]
    return [
        Finding("ruff_format", "error", "is not formatted", where=file, mend="`ruff format`")
        for file in unformatted[:FINDINGS_SHOWN]
    ]


async def _proto_lint(bench: Bench) -> list[Finding]:
    findings = []
    for arguments, mend in (
        (("lint",), "see `buf lint`"),
        (("format", "--diff", "--exit-code"), "`buf format -w`"),
    ):
        done = await bench.tool("buf", *arguments, within=SECONDS)
        if done.status != 0:
            message = f"`buf {arguments[0]}` finds fault with the protos"
            findings.append(
                Finding("proto_lint", "error", message, "proto", mend, evidence=bounded(done.output))
            )
    return findings


async def _migration_lint(bench: Bench) -> list[Finding]:
    files = sorted((bench.subject.directory / "migrations" / "versions").glob("*.sql"))
    done = await bench.tool("squawk", *map(str, files), within=SECONDS)
    if done.status == 0:
        return []
    return [
        Finding(
            "migration_lint",
            "error",
            "squawk finds fault with a migration",
            where="migrations/versions",
            evidence=bounded(done.output),
        )
    ]


@gate(
    "lint",
    title="Lint and formatting, no finding",
    checks=("ruff_check", "ruff_format", "proto_lint", "migration_lint"),
    seconds=90,
)
async def lint(bench: Bench) -> None:
    """Run ruff over everything written by hand, buf over the protos, squawk over SQL migrations."""
    probes = {"ruff_check": _ruff_check, "ruff_format": _ruff_format}
    if (bench.subject.directory / "buf.yaml").exists():
        probes["proto_lint"] = _proto_lint
    else:
        bench.sheet.leave_out("proto_lint", "the project has no protos")
    if any((bench.subject.directory / "migrations" / "versions").glob("*.sql")):
        probes["migration_lint"] = _migration_lint
    else:
        bench.sheet.leave_out("migration_lint", "the project has no migrations in SQL files")
    await run_probes(bench, probes, bench)

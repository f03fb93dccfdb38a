"""A service in operation: its logs, its settings, and what it does when its database hangs or is gone."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from architect.model.report import Finding
from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, Notes, run_checks
from architect.verify.gate import gate
from architect.verify.probes import logs, outage
from architect.verify.scene import Scene, opened

SETTINGS: Final = "settings_checked"
_SECONDS: Final = 30.0
_WRONG: Final = {"DATABASE_POOL_SIZE": "many", "RATE_LIMIT_REQUESTS": "-1"}
CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "requests_logged": Check(logs.requests_logged),
    "statements_time_out": Check(outage.statements_time_out),
    "pool_waits_end": Check(outage.pool_waits_end),
    "slow_bodies_end": Check(outage.slow_bodies_end, applies.rest),
    "outage_answered": Check(outage.outage_answered),
    "readiness_follows_database": Check(outage.readiness_follows_database),
    "log_is_json": Check(logs.log_is_json),
}


@gate(
    "operations",
    title="Logs, settings, timeouts and readiness do their work",
    checks=(SETTINGS, *CHECKS),
    needs=("service",),
    seconds=120.0,
    applies=applies.entities,
)
async def operations(bench: Bench) -> None:
    """Start it with wrong settings, then hang its database and take it away."""
    if bench.sheet.wants(SETTINGS):
        bench.sheet.ran(SETTINGS, await _settings_checked(bench))
    await run_checks(bench, CHECKS, partial(opened, settings=outage.SETTINGS))


async def _settings_checked(bench: Bench) -> list[Finding]:
    """Wrong settings keep it from starting, each named in a line, without a traceback."""
    notes = Notes(SETTINGS, "validate every setting on start, and name the variable that is wrong")
    settings = {**bench.settings("postgresql://nobody@127.0.0.1:1/nothing"), **_WRONG}
    done = await bench.run("-m", bench.subject.package, "all", within=_SECONDS, settings=settings)
    lines = [line for line in done.output.splitlines() if line.strip()]
    for name, value in _WRONG.items():
        notes.expect(
            holds=done.status not in (0, None) and any(name in line for line in lines),
            message=f"{name}={value} is not refused by name",
            where="settings",
            seen=f"status {done.status}: {done.output}",
        )
    notes.expect(
        holds="Traceback" not in done.output and len(lines) <= 2 * len(_WRONG),
        message="wrong settings are told by a traceback or many lines",
        where="settings",
        seen=done.output,
    )
    return notes.findings

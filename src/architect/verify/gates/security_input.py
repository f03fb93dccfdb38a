"""Hostile input over every way in: SQL, sizes, depths, numbers and texts that break readers."""

from collections.abc import Mapping
from typing import Final

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import hostile, injection
from architect.verify.scene import Scene, opened

CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "injection_in_parameters": Check(injection.injection_in_parameters),
    "injection_in_keys": Check(injection.injection_in_keys),
    "injection_in_bodies": Check(injection.injection_in_bodies),
    "nul_bytes_refused": Check(hostile.nul_bytes_refused),
    "invalid_unicode_refused": Check(hostile.invalid_unicode_refused),
    "deep_json_refused": Check(hostile.deep_json_refused, applies.rest),
    "huge_numbers_refused": Check(hostile.huge_numbers_refused, applies.rest),
    "large_headers_refused": Check(hostile.large_headers_refused, applies.rest),
    "large_messages_refused": Check(hostile.large_messages_refused, applies.grpc),
}


@gate(
    "security_input",
    title="Hostile input is refused and breaks nothing",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=120.0,
    applies=applies.entities,
)
async def security_input(bench: Bench) -> None:
    """Send it through every door."""
    await run_checks(bench, CHECKS, opened)
